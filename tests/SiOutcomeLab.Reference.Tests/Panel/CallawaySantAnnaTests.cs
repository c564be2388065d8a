using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Reference.Tests.Panel;

/// <summary>Group-time effects, their aggregations and the pre-test against R's did 2.5.1, on balanced panels.</summary>
public sealed class CallawaySantAnnaTests
{
    // did fits its scores at glm's own stopping rule.
    private const double Relative = 1e-7;
    private static readonly FlatValues R = FlatValues.Did;

    [Theory]
    [InlineData("sim_dr_nevertreated", DifferenceMethod.DoublyRobust, ControlGroup.NeverTreated)]
    [InlineData("sim_dr_notyettreated", DifferenceMethod.DoublyRobust, ControlGroup.NotYetTreated)]
    [InlineData("sim_ipw_nevertreated", DifferenceMethod.InversePropensity, ControlGroup.NeverTreated)]
    [InlineData("sim_ipw_notyettreated", DifferenceMethod.InversePropensity, ControlGroup.NotYetTreated)]
    [InlineData("sim_reg_nevertreated", DifferenceMethod.OutcomeRegression, ControlGroup.NeverTreated)]
    [InlineData("sim_reg_notyettreated", DifferenceMethod.OutcomeRegression, ControlGroup.NotYetTreated)]
    [InlineData("sim_uncond_never", DifferenceMethod.DoublyRobust, ControlGroup.NeverTreated)]
    [InlineData("sim_uncond_notyet", DifferenceMethod.DoublyRobust, ControlGroup.NotYetTreated)]
    [InlineData("sim_dr_universal", DifferenceMethod.DoublyRobust, ControlGroup.NeverTreated, BasePeriod.Universal)]
    [InlineData("sim_dr_antic1", DifferenceMethod.DoublyRobust, ControlGroup.NeverTreated, BasePeriod.Varying, 1)]
    [InlineData("sim_dr_weights", DifferenceMethod.DoublyRobust, ControlGroup.NeverTreated)]
    [InlineData("sim_unbalanced_drop", DifferenceMethod.DoublyRobust, ControlGroup.NeverTreated)]
    public void Estimate_SimulatedPanel_GivesEveryEffect(
        string block, DifferenceMethod method, ControlGroup controls, BasePeriod from = BasePeriod.Varying, int anticipation = 0)
    {
        int[] leftOut = block.Contains("unbalanced", StringComparison.Ordinal) ? DidBlock.Dropped : [];
        var rows = SimulatedPanel.Rows(!block.Contains("uncond", StringComparison.Ordinal), block.Contains("weights", StringComparison.Ordinal), leaveOut: leftOut);
        var options = new CallawaySantAnnaOptions { Method = method, Controls = controls, Base = from, Anticipation = anticipation };
        var effects = Lalonde.Value(CallawaySantAnna.Estimate(rows.Balanced(), options, cancellationToken: TestContext.Current.CancellationToken));
        DidBlock.Check(block, effects, Relative, Relative);
    }

    [Fact]
    public void Band_ClusteredBootstrap_AgreesWithinItsDraws()
    {
        // 20 000 draws on either side; the files' own rule is 3 %.
        var stop = TestContext.Current.CancellationToken;
        var bootstrap = new MultiplierBootstrapOptions(20240901, 20_000);
        var effects = Lalonde.Value(CallawaySantAnna.Estimate(SimulatedPanel.Rows(clusters: true).Balanced(), cancellationToken: stop));
        var band = Lalonde.Value(effects.Band(bootstrap, cancellationToken: stop));
        Close.To(R["sim_cluster_boot.crit_simultaneous"], band.CriticalValue, 0.03);
        for (var i = 0; i < effects.Cells.Count; i++)
        {
            Assert.Equal(R[$"sim_cluster_boot.att_gt.group{i + 1}"], effects.Cells[i].Group);
            Assert.Equal(R[$"sim_cluster_boot.att_gt.t{i + 1}"], effects.Cells[i].Period);
            Close.To(R[$"sim_cluster_boot.att_gt.att{i + 1}"], Lalonde.Value(effects.Cells[i].Effect).Value, Relative);
            Close.To(R[$"sim_cluster_boot.att_gt.se{i + 1}"], band.StandardErrors[i], 0.03, $"{i}");
        }

        var dynamic = Lalonde.Value(effects.Aggregate(Aggregation.Dynamic));
        var dynamicBand = Lalonde.Value(dynamic.Band(bootstrap, cancellationToken: stop));
        Close.To(R["sim_cluster_boot.dyn_crit"], dynamicBand.CriticalValue, 0.03);
        Close.To(R["sim_cluster_boot.overall_se"], dynamic.Overall.StandardError, 0.03);
        for (var k = 0; k < dynamic.ByKey.Count; k++)
        {
            Assert.Equal(R[$"sim_cluster_boot.dynamic.e{k + 1}"], dynamic.ByKey[k].Key);
            Close.To(R[$"sim_cluster_boot.dynamic.att{k + 1}"], dynamic.ByKey[k].Estimate.Value, Relative);
            Close.To(R[$"sim_cluster_boot.dynamic.se{k + 1}"], dynamicBand.StandardErrors[k], 0.03, $"{k}");
        }
    }
}
