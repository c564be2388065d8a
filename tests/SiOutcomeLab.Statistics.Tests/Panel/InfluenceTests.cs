using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Statistics.Tests.Panel;

/// <summary>
/// Influence values against derivatives: how an estimate moves with one unit's sampling weight, by central differences, is that unit's
/// influence, through propensity score, outcome regression and cohort shares alike. Differences are good to some 1e-8.
/// </summary>
public sealed class InfluenceTests
{
    private const int Units = 150;
    private static readonly int[] Tried = [0, 17, 42, 77, 103, 149];
    private static readonly StaggeredPanel Made = StaggeredPanel.Draw(Units, 5);

    [Theory]
    [InlineData(DifferenceMethod.DoublyRobust)]
    [InlineData(DifferenceMethod.InversePropensity)]
    [InlineData(DifferenceMethod.OutcomeRegression)]
    [InlineData(DifferenceMethod.HorvitzThompson)]
    public void Panel_AnyUnit_MovesByItsInfluence(DifferenceMethod method)
    {
        bool[] treated = [.. Made.First.Select(first => first < 6)];
        Check(
            weights => DifferenceInDifferences.Panel(Made.Outcome[2], Made.Outcome[5], treated, Made.X, method, weights).Value().Estimate,
            DifferenceInDifferences.Panel(Made.Outcome[2], Made.Outcome[5], treated, Made.X, method).Value().InfluenceValues.ToArray());
    }

    [Theory]
    [InlineData(DifferenceMethod.DoublyRobust)]
    [InlineData(DifferenceMethod.InversePropensity)]
    [InlineData(DifferenceMethod.OutcomeRegression)]
    public void RepeatedCrossSections_AnyRow_MovesByItsInfluence(DifferenceMethod method)
    {
        // Odd units are seen after, even ones before: the rows of one period are other units than those of the other.
        bool[] treated = [.. Made.First.Select(first => first < 6)];
        bool[] after = [.. Enumerable.Range(0, Units).Select(i => i % 2 == 1)];
        double[] outcome = [.. Enumerable.Range(0, Units).Select(i => Made.Outcome[after[i] ? 5 : 2][i])];
        Check(
            weights => DifferenceInDifferences.RepeatedCrossSections(outcome, after, treated, Made.X, method, weights).Value().Estimate,
            DifferenceInDifferences.RepeatedCrossSections(outcome, after, treated, Made.X, method).Value().InfluenceValues.ToArray());
    }

    [Theory]
    [InlineData(Aggregation.Simple)]
    [InlineData(Aggregation.Group)]
    [InlineData(Aggregation.Calendar)]
    [InlineData(Aggregation.Dynamic)]
    public void Aggregate_AnyUnit_MovesByItsInfluence(Aggregation aggregation)
    {
        var options = new CallawaySantAnnaOptions { Controls = ControlGroup.NotYetTreated };
        var made = StaggeredPanel.Draw(Units * 2, 8);
        AggregatedEffects Estimate(double[]? weights) =>
            CallawaySantAnna.Estimate(made.Data(weights), options, 1, TestContext.Current.CancellationToken).Value().Aggregate(aggregation).Value();
        var at = Estimate(null);
        Check(weights => Estimate(weights).Overall.Value, at.OverallInfluence.ToArray());
        for (var k = 0; k < at.ByKey.Count; k += 3) Check(weights => Estimate(weights).ByKey[k].Estimate.Value, at.InfluenceByKey[k]);
    }

    [Theory]
    [InlineData(DifferenceMethod.DoublyRobust)]
    [InlineData(DifferenceMethod.OutcomeRegression)]
    [InlineData(DifferenceMethod.InversePropensity)]
    [InlineData(DifferenceMethod.ImprovedDoublyRobust)]
    public void EstimateCrossSections_CompletePanel_IsThePanel(DifferenceMethod method)
    {
        var options = new CallawaySantAnnaOptions { Method = method };
        var made = StaggeredPanel.Draw(400, 3);
        var panel = CallawaySantAnna.Estimate(made.Data(), options, 1, TestContext.Current.CancellationToken).Value();
        var rows = CallawaySantAnna.EstimateCrossSections(made.Rows(), options, 1, TestContext.Current.CancellationToken).Value();
        foreach (var (first, second) in panel.Cells.Zip(rows.Cells))
        {
            Assert.Equal(first.Effect.Value().Value, second.Effect.Value().Value, 1e-9);
            Assert.Equal(first.Effect.Value().StandardError, second.Effect.Value().StandardError, 1e-9);
        }
    }

    private static void Check(Func<double[], double> estimate, double[] influence)
    {
        Assert.Equal(0, influence.Sum(), 1e-9);
        foreach (var unit in Tried)
        {
            double At(double weight)
            {
                var weights = new double[influence.Length];
                Array.Fill(weights, 1);
                weights[unit] = weight;
                return estimate(weights);
            }

            Assert.Equal((At(1 + 1e-4) - At(1 - 1e-4)) / 2e-4, influence[unit], 1e-8);
        }
    }
}
