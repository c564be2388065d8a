using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Statistics.Tests.Panel;

/// <summary>Truth without noise, a second route cell by cell, refusals, and what must not change a result.</summary>
public sealed class CallawaySantAnnaTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DifferenceMethod.DoublyRobust, ControlGroup.NeverTreated)]
    [InlineData(DifferenceMethod.ImprovedDoublyRobust, ControlGroup.NotYetTreated)]
    [InlineData(DifferenceMethod.OutcomeRegression, ControlGroup.NotYetTreated)]
    public void Estimate_NoNoise_GivesTheTruth(DifferenceMethod method, ControlGroup controls)
    {
        var options = new CallawaySantAnnaOptions { Method = method, Controls = controls };
        var effects = CallawaySantAnna.Estimate(StaggeredPanel.Draw(300, 1, noise: 0).Data(), options, cancellationToken: Stop).Value();
        Assert.Equal(21, effects.Cells.Count);
        foreach (var cell in effects.Cells)
        {
            // Influence is rounding here, so the standard error may or may not be zero; the value is what counts.
            var value = cell.Effect.Match(point => point.Value, (_, _) => StaggeredPanel.Effect(cell.Group, cell.Period));
            Assert.Equal(StaggeredPanel.Effect(cell.Group, cell.Period), value, 1e-9);
        }
    }

    [Theory]
    [InlineData(BasePeriod.Varying, ControlGroup.NotYetTreated, 0)]
    [InlineData(BasePeriod.Universal, ControlGroup.NotYetTreated, 1)]
    [InlineData(BasePeriod.Universal, ControlGroup.NeverTreated, 0)]
    [InlineData(BasePeriod.Varying, ControlGroup.NotYetTreated, 1)]
    public void Estimate_AnyDesign_IsTwoByTwoCellByCell(BasePeriod from, ControlGroup controls, int anticipation)
    {
        var made = StaggeredPanel.Draw(250, 2);
        var options = new CallawaySantAnnaOptions { Base = from, Controls = controls, Anticipation = anticipation };
        var effects = CallawaySantAnna.Estimate(made.Data(), options, cancellationToken: Stop).Value();
        Assert.Equal(from == BasePeriod.Varying ? 21 : 24, effects.Cells.Count);
        foreach (var cell in effects.Cells)
        {
            var universal = cell.Group - anticipation - 1;
            Assert.Equal(from == BasePeriod.Universal || cell.Period >= cell.Group ? universal : cell.Period - 1, cell.BasePeriod);
            if (cell.IsBase) continue;

            var until = controls == ControlGroup.NeverTreated ? 8 : Math.Max(cell.Period, cell.BasePeriod) + anticipation;
            int[] members = [.. Enumerable.Range(0, 250).Where(i => made.First[i] == cell.Group || made.First[i] > until)];
            var alone = DifferenceInDifferences.Panel(
                [.. members.Select(i => made.Outcome[cell.BasePeriod - 1][i])],
                [.. members.Select(i => made.Outcome[cell.Period - 1][i])],
                [.. members.Select(i => made.First[i] == cell.Group)],
                made.X.SelectRows(members)).Value();
            Assert.Equal(alone.Estimate, cell.Effect.Value().Value, 1e-10);
            Assert.Equal(alone.StandardError, cell.Effect.Value().StandardError, 1e-10);
            Assert.Equal((alone.TreatedUsed, members.Length - alone.TreatedUsed), (cell.Treated, cell.Comparison));
        }
    }

    [Theory]
    [InlineData(DifferenceMethod.OutcomeRegression)]
    [InlineData(DifferenceMethod.DoublyRobust)]
    public void Estimate_OneOrTwoThreads_SameBytes(DifferenceMethod method)
    {
        var data = StaggeredPanel.Draw(3_000, 4).Data();
        var options = new CallawaySantAnnaOptions { Controls = ControlGroup.NotYetTreated, Method = method };
        var one = CallawaySantAnna.Estimate(data, options, 1, Stop).Value();
        var two = CallawaySantAnna.Estimate(data, options, 2, Stop).Value();
        Assert.Equal(one.Cells.Select(cell => cell.Effect.Value()), two.Cells.Select(cell => cell.Effect.Value()));
        Assert.Equal(one.Cells.SelectMany(cell => cell.Influence), two.Cells.SelectMany(cell => cell.Influence));
        var bootstrap = new MultiplierBootstrapOptions(7, 100);
        var first = one.Aggregate(Aggregation.Dynamic).Value().Band(bootstrap, threads: 1, cancellationToken: Stop).Value();
        var second = two.Aggregate(Aggregation.Dynamic).Value().Band(bootstrap, threads: 2, cancellationToken: Stop).Value();
        Assert.Equal(first.StandardErrors, second.StandardErrors);
        Assert.Equal(first.CriticalValue, second.CriticalValue);
    }

    [Fact]
    public void Estimate_RowsShuffledScaledOrDoubled_SameResult()
    {
        var made = StaggeredPanel.Draw(300, 6);
        var plain = Simple(CallawaySantAnna.Estimate(made.Rows().Balanced(), cancellationToken: Stop));
        var shuffled = Simple(CallawaySantAnna.Estimate(made.Rows(null, [.. Enumerable.Range(0, 300).Select(i => i * 7 % 300)]).Balanced(), cancellationToken: Stop));
        Near(plain, shuffled, 1e-11);

        double[] scaled = [.. made.X.Column(0).ToArray().Select(x => (1_000 * x) - 5)];
        var x = DesignMatrix.FromColumns([("x1", scaled), ("x2", made.X.Column(1).ToArray())]);
        var rescaled = new PanelData([.. Enumerable.Range(1, 8)], made.Outcome, made.First, x);
        Near(plain, Simple(CallawaySantAnna.Estimate(rescaled, cancellationToken: Stop)), 1e-10);

        // Each unit twice with half its weight: the same estimate; the error is that of twice the units.
        int[] twice = [.. Enumerable.Range(0, 600).Select(i => i / 2)];
        var half = new double[600];
        Array.Fill(half, 0.5);
        var doubled = new PanelData(
            [.. Enumerable.Range(1, 8)],
            [.. made.Outcome.Select(y => twice.Select(i => y[i]).ToArray())],
            [.. twice.Select(i => made.First[i])],
            made.X.SelectRows(twice),
            half,
            twice);
        Near(plain, Simple(CallawaySantAnna.Estimate(doubled, cancellationToken: Stop)), 1e-10);
    }

    [Fact]
    public void Estimate_NobodyNeverTreated_LastCohortComparesOnly()
    {
        var data = StaggeredPanel.Draw(300, 9, neverTreated: false).Data();
        Assert.Equal(NotEstimableReason.NoComparison, CallawaySantAnna.Estimate(data, cancellationToken: Stop).Refusal().Reason);
        var effects = CallawaySantAnna.Estimate(data, new() { Controls = ControlGroup.NotYetTreated }, cancellationToken: Stop).Value();
        Assert.Equal(7, effects.LastCohortAsControl);
        Assert.Equal([4, 5], effects.Cells.Select(cell => cell.Group).Distinct());
        Assert.Equal(6, effects.Cells.Max(cell => cell.Period));
    }

    [Fact]
    public void Estimate_SmallOrSplitCohort_IsRefusedAloneWithItsReason()
    {
        var made = StaggeredPanel.Draw(300, 10);
        // Cohort 7 shrinks to two units, fewer than the propensity model's coefficients.
        var seen = 0;
        for (var i = 0; i < 300; i++)
        {
            if (made.First[i] == 7 && ++seen > 2) made.First[i] = PanelRows.NeverTreated;
        }

        made.First[0] = 1;
        var effects = CallawaySantAnna.Estimate(made.Data(), cancellationToken: Stop).Value();
        Assert.Equal(1, effects.AlwaysTreated);
        Assert.All(effects.Cells.Where(cell => cell.Group == 7), cell => Assert.IsType<NotEstimable<PointEstimate>>(cell.Effect));
        Assert.All(effects.Cells.Where(cell => cell.Group != 7), cell => Assert.IsType<Estimated<PointEstimate>>(cell.Effect));
        Assert.Equal(7, effects.Aggregate(Aggregation.Simple).Value().CellsLeftOut);
        Assert.Equal(NotEstimableReason.NoTreated, effects.Aggregate(Aggregation.Dynamic, new() { LastEventTime = -1 }).Refusal().Reason);
    }

    [Fact]
    public void PanelRows_FaultyRows_AreNamed()
    {
        var twice = Assert.Throws<ArgumentException>(() => new PanelRows([1, 1], [2, 2], [3, 3], [0, 0]));
        Assert.Contains("Row 1", twice.Message, StringComparison.Ordinal);
        var changing = Assert.Throws<ArgumentException>(() => new PanelRows([1, 1], [1, 2], [3, 4], [0, 0]));
        Assert.Contains("'firstTreated' in row 1", changing.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new PanelRows([1, 1], [1, 2], [3, 3], [0, double.NaN]));
        Assert.Throws<ArgumentException>(() => new PanelRows([1, 1], [1, 2], [3, 3], [0, 0], weights: [1, 0]));
    }

    [Fact]
    public void Balanced_MissingRow_LeavesUnitOut()
    {
        var rows = new PanelRows([1, 1, 2, 3, 3], [1, 2, 1, 2, 1], [2, 2, 9, 9, 9], [1, 5, 0, 3, 2]);
        var panel = rows.Balanced();
        Assert.Equal((2, 1), (panel.Units, panel.LeftOut));
        var change = CallawaySantAnna.Estimate(panel, cancellationToken: Stop).Value();
        Assert.Equal((1, 1), (change.Cells[0].Treated, change.Cells[0].Comparison));
    }

    private static (double, double) Simple(Estimable<GroupTimeEffects> effects)
    {
        var found = effects.Value().Aggregate(Aggregation.Simple).Value().Overall;
        return (found.Value, found.StandardError);
    }

    private static void Near((double Value, double Error) expected, (double Value, double Error) actual, double tolerance)
    {
        Assert.Equal(expected.Value, actual.Value, tolerance);
        Assert.Equal(expected.Error, actual.Error, tolerance);
    }
}
