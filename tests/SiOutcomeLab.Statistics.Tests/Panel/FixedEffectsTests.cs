using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Statistics.Tests.Panel;

/// <summary>Fixed effects by alternating projections against dense dummies, and Sun–Abraham against group-time effects.</summary>
public sealed class FixedEffectsTests
{
    private static readonly StaggeredPanel Made = StaggeredPanel.Draw(40, 12);

    [Fact]
    public void Fit_UnbalancedRows_IsLeastSquaresWithDummies()
    {
        var random = new Random(4);
        var kept = Enumerable.Range(0, 40 * 8).Where(_ => random.NextDouble() < 0.8).Select(i => (Unit: i / 8, Time: i % 8)).ToArray();
        double[] y = [.. kept.Select(row => Made.Outcome[row.Time][row.Unit])];
        double[] d = [.. kept.Select(row => Made.First[row.Unit] <= row.Time + 1 ? 1.0 : 0)];
        double[] noise = [.. kept.Select(_ => Simulated.Normal(random))];
        var x = DesignMatrix.FromColumns([("treated", d), ("x", noise), ("twice", [.. noise.Select(v => 2 * v)])]);
        var fit = TwoWayFixedEffects.Fit(y, x, [.. kept.Select(row => row.Unit)], [.. kept.Select(row => row.Time)]).Value();
        Assert.Equal(["twice"], fit.Dropped);

        // Columns: treated, x, a dummy per unit, a dummy per period but the first.
        double[] Row(int i) => [d[i], noise[i], .. Enumerable.Range(0, 40).Select(u => kept[i].Unit == u ? 1.0 : 0), .. Enumerable.Range(1, 7).Select(t => kept[i].Time == t ? 1.0 : 0)];
        var rows = Enumerable.Range(0, y.Length).Select(Row).ToArray();
        var products = new double[49, 49];
        foreach (var row in rows)
        {
            for (var j = 0; j < 49; j++)
            {
                for (var k = 0; k < 49; k++) products[j, k] += row[j] * row[k];
            }
        }

        var inverse = SlowAlgebra.Invert(products);
        var moment = Enumerable.Range(0, 49).Select(j => rows.Select((row, i) => row[j] * y[i]).Sum()).ToArray();
        var beta = Enumerable.Range(0, 49).Select(j => moment.Select((m, k) => inverse[j, k] * m).Sum()).ToArray();
        Assert.Equal(beta[0], fit.Coefficients[0], 1e-9);
        Assert.Equal(beta[1], fit.Coefficients[1], 1e-9);

        double[] residual = [.. rows.Select((row, i) => y[i] - row.Zip(beta, (a, b) => a * b).Sum())];
        var classical = inverse[0, 0] * residual.Sum(r => r * r) / (y.Length - 49);
        Assert.Equal(Math.Sqrt(classical), fit.Covariance(StandardErrorType.Classical).Value().StandardError(0), 1e-9);
        var clustered = kept.Select((row, i) => (row.Unit, Pull: rows[i].Select((v, k) => inverse[0, k] * v).Sum() * residual[i]))
            .GroupBy(pair => pair.Unit, pair => pair.Pull).Sum(unit => unit.Sum() * unit.Sum());
        Assert.Equal(Math.Sqrt(clustered), fit.Covariance(finiteSample: false).Value().StandardError(0), 1e-9);
    }

    [Fact]
    public void SunAbraham_NoCovariates_IsGroupTimeEffectsFromUniversalBase()
    {
        var made = StaggeredPanel.Draw(200, 13);
        var plain = new PanelData([.. Enumerable.Range(1, 8)], made.Outcome, made.First);
        var options = new CallawaySantAnnaOptions { Base = BasePeriod.Universal, Method = DifferenceMethod.OutcomeRegression };
        var groups = CallawaySantAnna.Estimate(plain, options, cancellationToken: TestContext.Current.CancellationToken).Value();
        var effects = SunAbraham.Estimate(WithoutCovariates(made)).Value();
        Assert.Equal(21, effects.Cells.Count);
        foreach (var (cohort, time, estimate) in effects.Cells)
        {
            var cell = groups.Cells.Single(cell => cell.Group == cohort && cell.EventTime == time);
            Assert.Equal(cell.Effect.Value().Value, estimate.Value, 1e-9);
        }

        Assert.Equal(groups.Aggregate(Aggregation.Simple).Value().Overall.Value, effects.Overall!.Value.Value, 1e-9);
    }

    [Fact]
    public void SunAbraham_NobodyNeverTreated_LastCohortCompares()
    {
        var made = StaggeredPanel.Draw(200, 14, noise: 0, neverTreated: false);
        var effects = SunAbraham.Estimate(WithoutTrends(made)).Value();
        Assert.Equal(7, effects.LastCohortAsControl);
        Assert.All(effects.Cells, cell => Assert.Equal(StaggeredPanel.Effect(cell.Cohort, cell.Cohort + cell.EventTime), cell.Estimate.Value, 1e-9));
        Assert.DoesNotContain(effects.Cells, cell => cell.Cohort == 7);
    }

    [Fact]
    public void Decompose_GrowingEffects_SumsToCoefficientAndWarns()
    {
        var rows = WithoutCovariates(StaggeredPanel.Draw(150, 15, neverTreated: false));
        var parts = GoodmanBacon.Decompose(rows.Balanced()).Value();
        Assert.Equal(TwoWayFixedEffects.Static(rows).Value().Coefficients[0], parts.Sum(part => part.Weight * part.Estimate), 1e-10);
        Assert.Equal(1, parts.Sum(part => part.Weight), 1e-12);
        Assert.Equal(3, parts.Count(part => part.Kind == ComparisonKind.LaterAgainstEarlier));
    }

    [Fact]
    public void Static_NothingVaries_IsRefused()
    {
        var rows = new PanelRows([1, 1, 2, 2], [1, 2, 1, 2], [9, 9, 9, 9], [1, 2, 3, 5]);
        Assert.Equal(NotEstimableReason.NoVariation, TwoWayFixedEffects.Static(rows).Refusal().Reason);
        Assert.Equal(NotEstimableReason.NoTreated, SunAbraham.Estimate(rows).Refusal().Reason);
    }

    private static PanelRows WithoutCovariates(StaggeredPanel made) => Long(made, (t, i) => made.Outcome[t][i]);

    private static PanelRows WithoutTrends(StaggeredPanel made) => Long(made, (t, i) => made.Outcome[t][i] - (0.15 * (t + 1) * made.X[i, 0]));

    private static PanelRows Long(StaggeredPanel made, Func<int, int, double> outcome)
    {
        var pairs = made.First.SelectMany((_, unit) => Enumerable.Range(0, 8).Select(t => (unit, t))).ToArray();
        return new PanelRows(
            [.. pairs.Select(pair => (long)pair.unit)],
            [.. pairs.Select(pair => pair.t + 1)],
            [.. pairs.Select(pair => made.First[pair.unit])],
            [.. pairs.Select(pair => outcome(pair.t, pair.unit))]);
    }
}
