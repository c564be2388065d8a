using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Reading;
using SiOutcomeLab.Cli.Tests.Samples;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Mapping;
using Wire = SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Cli.Tests.Reading;

public sealed class PlanFilesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_ShippedPlans_BecomeWirePlansWithEveryField()
    {
        var plans = await PlanFiles.ReadPlansAsync(Path.Combine(HubFixture.Datasets, "nsw", "plans.json"), Stop);
        var wire = PlanMapping.ToWire(plans.Single(p => p.Id == "nsw-nearest-neighbour"));
        Assert.Equal("1976", wire.FirstIndex);
        Assert.Equal(Wire.EvaluationPlan.BalancingOneofCase.NearestNeighbour, wire.BalancingCase);
        Assert.Equal(1, wire.NearestNeighbour.Ratio);
        Assert.False(wire.NearestNeighbour.HasCaliper);
        Assert.Equal(Wire.Estimator.Matched, wire.Estimator);
        Assert.Equal(Wire.TieOrder.AsDelivered, wire.TieOrder);
        Assert.Equal(7, wire.Covariates.Count);
        Assert.Equal("black", wire.Covariates.Single(c => c.Variable == "race_us").Baseline);
        Assert.Equal("1979-07-01", wire.LookDueOn);
        Assert.Equal(1976, wire.Seed);
    }

    [Fact]
    public async Task Read_SinglePlan_IsAListOfOne()
    {
        using var folder = new TemporaryFolder();
        var plans = await PlanFiles.ReadPlansAsync(Path.Combine(HubFixture.Datasets, "nsw", "plans.json"), Stop);
        var path = folder.Write("one.json", System.Text.Encoding.UTF8.GetString(PlanHash.CanonicalJson(plans[0])));
        Assert.Equal(PlanHash.Of(plans[0]), PlanHash.Of(Assert.Single(await PlanFiles.ReadPlansAsync(path, Stop))));
    }

    [Theory]
    [InlineData("{}", "Id, Organisation")]
    [InlineData("""[{"Id":"a","Unheard":1}]""", "Unheard")]
    [InlineData("[]", "empty")]
    [InlineData("[null]", "empty")]
    [InlineData("not json", "cannot be read")]
    public async Task ReadPlans_NotPlans_SaysWhatIsWrong(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("plans.json", text);
        var e = await Assert.ThrowsAsync<CommandException>(() => PlanFiles.ReadPlansAsync(path, Stop));
        Assert.Equal(ExitCode.InputUnreadable, e.Failure.Code);
        Assert.Contains(expected, string.Join(' ', [e.Failure.What.En, .. e.Failure.Details]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadInterventions_Shipped_BecomeWireInterventions()
    {
        var interventions = await PlanFiles.ReadInterventionsAsync(
            Path.Combine(HubFixture.Datasets, "made-country", "9911", "interventions.json"), Stop);
        var wire = InterventionMapping.ToWire(interventions[0]);
        Assert.Equal(("9911", "ips", "52000", 2023), (wire.Organisation, wire.Method, wire.CostPerParticipantSek, wire.PriceYear));
    }
}
