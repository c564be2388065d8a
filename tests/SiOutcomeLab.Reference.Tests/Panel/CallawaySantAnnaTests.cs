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
}
