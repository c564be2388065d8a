using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Effects.Resampling;

namespace SiOutcomeLab.Statistics.Tests.Effects.Resampling;

/// <summary>
/// The fast bootstrap against one that fits every sample from the beginning by the ordinary path, with the same drawn counts.
/// </summary>
public sealed class BootstrapInversePropensityTests
{
    private const int Rows = 700;
    private static readonly Simulated Data = Simulated.Draw(Rows, 61);
    private static readonly int[] Persons = [.. Enumerable.Range(0, Rows).Select(i => i / 2)];

    [Theory]
    [InlineData(Estimand.Treated, false, false)]
    [InlineData(Estimand.Everyone, false, true)]
    [InlineData(Estimand.Untreated, false, false)]
    [InlineData(Estimand.Overlap, true, false)]
    public void Estimate_EveryReplicate_IsTheFitFromTheBeginning(Estimand estimand, bool clustered, bool byArm)
    {
        var options = new BootstrapOptions { Seed = 5, Replicates = 60, StratifiedByArm = byArm };
        int[] clusters = clustered ? Persons : [];
        var fast = Run(estimand, options, clusters);
        var plain = Bootstrap.Run(
            counts => BootstrapInversePropensity.FromTheBeginning(Data.Outcome, Data.Treated, Data.X, estimand, counts),
            Rows, options, Data.Treated, clusters, cancellationToken: TestContext.Current.CancellationToken).Value();
        var (one, other) = (fast.Distribution.Values.ToArray(), plain.Values.ToArray());
        Assert.Equal(60, one.Length);
        for (var b = 0; b < one.Length; b++) Assert.Equal(other[b], one[b], 1e-9);
        Assert.Equal(plain.Estimate, fast.Effect.Estimate, 1e-10);
        Assert.Equal(plain.StandardError, fast.Effect.StandardError, 1e-9);
        Assert.Equal(clustered ? StandardErrorType.ClusterBootstrap : StandardErrorType.Bootstrap, fast.Effect.StandardErrorType);
    }

    [Fact]
    public void Estimate_ManyReplicates_AgreesWithMEstimation()
    {
        var fast = Run(Estimand.Treated, new() { Seed = 7, Replicates = 2000 }, []);
        var analytic = fast.Effect.Alternatives[0];
        Assert.Equal(StandardErrorType.MEstimation, analytic.Type);
        // The bootstrap's own noise is 1/√(2B) = 1.6 %; the rest is what is of second order at 700 rows.
        Assert.InRange(fast.Effect.StandardError / analytic.Value, 0.93, 1.1);
        Assert.Equal(
            fast.Effect.StandardError, Math.Sqrt(fast.Effect.InfluenceValues.ToArray().Sum(value => value * value)), 1e-12);
    }

    [Fact]
    public void Estimate_OneOrTwoThreads_GivesTheSameBytes()
    {
        var runs = new[] { 1, 2 }.Select(threads => Run(Estimand.Treated, new() { Seed = 8, Replicates = 120, Threads = threads }, []))
            .ToArray();
        Assert.Equal(runs[0].Distribution.Values.ToArray(), runs[1].Distribution.Values.ToArray());
        Assert.Equal(runs[0].Effect.StandardError, runs[1].Effect.StandardError);
        var other = Run(Estimand.Treated, new() { Seed = 9, Replicates = 120 }, []);
        Assert.NotEqual(runs[0].Effect.StandardError, other.Effect.StandardError);
    }

    [Fact]
    public void Estimate_RareCategoryMissingFromSamples_FitsThemWithoutIt()
    {
        // Four rows of a category: it is missing from e⁻⁴ of the samples, and separates the arms in many more.
        double[] rare = [.. Enumerable.Range(0, Rows).Select(i => i is 3 or 90 or 200 or 333 ? 1.0 : 0.0)];
        var treated = (bool[])Data.Treated.Clone();
        (treated[3], treated[90], treated[200], treated[333]) = (true, true, false, false);
        var x = DesignMatrix.FromColumns([("x1", Data.X.Column(0).ToArray()), ("rare", rare)]);
        var options = new BootstrapOptions { Seed = 10, Replicates = 200 };
        var answer = BootstrapInversePropensity.Estimate(
            Data.Outcome, treated, x, Estimand.Treated, options, cancellationToken: TestContext.Current.CancellationToken);
        // Both treated rows of it are missing from e⁻² of the samples, which then cannot be fitted: more than one in ten.
        var refusal = answer.Refusal();
        Assert.Equal(NotEstimableReason.TooFewObservations, refusal.Reason);
        var plain = Bootstrap.Run(
            counts => BootstrapInversePropensity.FromTheBeginning(Data.Outcome, treated, x, Estimand.Treated, counts),
            Rows, options, cancellationToken: TestContext.Current.CancellationToken).Refusal();
        Assert.Equal(plain.Detail, refusal.Detail);
    }

    private static BootstrapEffect Run(Estimand estimand, BootstrapOptions options, int[] clusters) => BootstrapInversePropensity.Estimate(
        Data.Outcome, Data.Treated, Data.X, estimand, options, clusters, TestContext.Current.CancellationToken).Value();
}
