using SiOutcomeLab.Cli.Demo.Reference;
using SiOutcomeLab.Cli.Tests.Samples;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Cli.Tests.Demo;

public sealed class ReferenceChecksTests
{
    // Dehejia and Wahba's sample in R, as the shipped reference file has it.
    private static readonly (Estimator Estimator, double Point, double Error)[] Released =
    [
        (Estimator.EntropyBalancing, 1273.261814, 789.7448001),
        (Estimator.InversePropensity, 1214.071223, 798.154628),
        (Estimator.AugmentedInversePropensity, 1226.543741, 801.623454),
    ];

    [Fact]
    public async Task Compute_HubAgrees_PassesEveryCheck()
    {
        var checks = await ComputeAsync(shift: 0);
        Assert.True(checks.Passed);
        Assert.Equal(9, checks.Propensity.Count);
        Assert.All(checks.Propensity, c => Assert.True(c.Difference < 1e-10, c.Quantity));
        Assert.Equal(8, checks.Effects.Sum(e => e.Checks.Count));
    }

    [Fact]
    public async Task Compute_HubDiffersInTheFifthDecimal_Fails()
    {
        var checks = await ComputeAsync(shift: 2e-5);
        Assert.False(checks.Passed);
        Assert.False(checks.Of(Effect(Released[0], 0))!.Passed);
    }

    [Fact]
    public async Task Compute_HubGivesNothing_Fails()
    {
        var (file, reference) = await ReadAsync();
        Assert.False(ReferenceChecks.Compute(file, reference, [], TestContext.Current.CancellationToken).Passed);
    }

    [Fact]
    public async Task Compute_NearestNeighbour_IsLabelledWithTheLargestDifference()
    {
        var matched = (await ComputeAsync(0)).Effects.Single(e => e.Estimator == "Matched");
        Assert.Equal(1.03, matched.LargestSmd!.Value, 0.005);
        Assert.Contains("1,03", matched.Label!.Sv, StringComparison.Ordinal);
        Assert.Equal(
            [185, 39.6927987, 894.367480],
            matched.Checks.Select(c => Math.Round(c.Own, c.Quantity == "summedDistance" ? 7 : 6)),
            (a, b) => Math.Abs(a - b) <= 1.01e-7);
        Assert.All(matched.Checks, c => Assert.Null(c.Hub));
    }

    private static async Task<ReferenceChecks> ComputeAsync(double shift)
    {
        var (file, reference) = await ReadAsync();
        return ReferenceChecks.Compute(file, reference, [.. Released.Select(r => Effect(r, shift))], TestContext.Current.CancellationToken);
    }

    private static async Task<(PublicFile File, ReferenceFile Reference)> ReadAsync()
    {
        var nsw = Path.Combine(HubFixture.Datasets, "nsw");
        var stop = TestContext.Current.CancellationToken;
        return (
            await PublicFile.ReadAsync(Path.Combine(nsw, "nsw.csv"), stop),
            await ReferenceFile.ReadAsync(Path.Combine(nsw, "reference.json"), stop));
    }

    private static Effect Effect((Estimator Estimator, double Point, double Error) released, double shift)
    {
        var effect = SampleEffects.Estimated("9901", "supported-work", released.Point + shift);
        effect.Plan = "nsw-entropy-balancing";
        effect.Estimator = released.Estimator;
        effect.Estimate.StandardError = SampleEffects.Shown(released.Error);
        return effect;
    }
}
