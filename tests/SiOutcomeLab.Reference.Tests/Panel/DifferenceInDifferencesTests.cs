using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Reference.Tests.Panel;

/// <summary>Two periods of the simulated panel, cohorts 4 and 5 against never treated, against DRDID 1.2.3.</summary>
public sealed class DifferenceInDifferencesTests
{
    private static readonly FlatValues R = FlatValues.Did;

    [Theory]
    [InlineData("DRDID_drdid_panel", DifferenceMethod.DoublyRobust)]
    [InlineData("DRDID_drdid_imp_panel", DifferenceMethod.ImprovedDoublyRobust)]
    [InlineData("DRDID_ipw_did_panel", DifferenceMethod.HorvitzThompson)]
    [InlineData("DRDID_std_ipw_did_panel", DifferenceMethod.InversePropensity)]
    [InlineData("DRDID_reg_did_panel", DifferenceMethod.OutcomeRegression)]
    public void Panel_TwoPeriods_GivesEffectAndError(string block, DifferenceMethod method)
    {
        var effect = Lalonde.Value(DifferenceInDifferences.Panel(At(3), At(5), [.. Rows(3).Select(IsTreated)], Covariates, method));
        Close.To(R[$"{block}.att"], effect.Estimate, 1e-7, block);
        Close.To(R[$"{block}.se"], effect.StandardError, 1e-7, block);
    }

    private static DesignMatrix Covariates { get; } = DesignMatrix.FromColumns(
        [("x1", [.. Rows(3).Select(row => SimulatedPanel.X1[row])]), ("x2", [.. Rows(3).Select(row => SimulatedPanel.X2[row])])]);

    private static int[] Rows(int time) =>
        [.. Enumerable.Range(0, SimulatedPanel.File.Count).Where(row => SimulatedPanel.Time[row] == time && SimulatedPanel.First[row] != 7)];

    private static double[] At(int time) => [.. Rows(time).Select(row => SimulatedPanel.Outcome[row])];

    private static bool IsTreated(int row) => SimulatedPanel.First[row] != PanelRows.NeverTreated;
}
