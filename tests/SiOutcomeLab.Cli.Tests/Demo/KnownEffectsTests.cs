using SiOutcomeLab.Cli.Demo;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Tests.Samples;
using SiOutcomeLab.Mapping;

namespace SiOutcomeLab.Cli.Tests.Demo;

public sealed class KnownEffectsTests
{
    private const string Header = "municipality_code,method,measure,horizon,summary,participants,effect\n";

    [Fact]
    public async Task IsCovered_TruthInsideAndOutside_TellsThem()
    {
        var known = await ReadAsync(Header + "9913,ips,employment_months,4,SumToHorizon,40,1.500000\n");
        Assert.Equal(1.5, known.Of(SampleEffects.Estimated()));
        Assert.True(known.IsCovered(SampleEffects.Estimated(point: 2, low: 1, high: 3)));
        Assert.False(known.IsCovered(SampleEffects.Estimated(point: 2, low: 1.6, high: 3)));
    }

    [Fact]
    public async Task IsCovered_NoIntervalOrNoTruth_IsUnknown()
    {
        var known = await ReadAsync(Header + "9911,ips,employment_months,4,SumToHorizon,8,1\n");
        Assert.Null(known.IsCovered(SampleEffects.NotEstimable()));
        Assert.Null(known.IsCovered(SampleEffects.Estimated("9901")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("other,header\n1,2\n")]
    [InlineData(Header + "9911,ips,x,four,SumToHorizon,8,1\n")]
    public async Task Read_DamagedFile_Refuses(string text)
    {
        var e = await Assert.ThrowsAsync<CommandException>(() => ReadAsync(text));
        Assert.Equal(ExitCode.InputUnreadable, e.Failure.Code);
    }

    [Fact]
    public async Task Read_ShippedTruth_KnowsEveryPlan()
    {
        var known = await KnownEffects.ReadAsync(HubFixture.Datasets, TestContext.Current.CancellationToken);
        foreach (var dataset in DemoDataset.MadeCountry(HubFixture.Datasets))
        {
            foreach (var plan in await Cli.Reading.PlanFiles.ReadPlansAsync(dataset.Plans, TestContext.Current.CancellationToken))
            {
                var effect = SampleEffects.Estimated(plan.Organisation.Code, plan.Intervention.Code);
                effect.Outcome = PlanMapping.ToWire(plan).Primary;
                Assert.NotNull(known.Of(effect));
            }
        }
    }

    private static async Task<KnownEffects> ReadAsync(string text)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "made-country"));
        folder.Write(Path.Combine("made-country", "truth.csv"), text);
        return await KnownEffects.ReadAsync(folder.Path, TestContext.Current.CancellationToken);
    }
}
