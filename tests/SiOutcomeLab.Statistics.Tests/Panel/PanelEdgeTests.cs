using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Statistics.Tests.Panel;

public sealed class PanelEdgeTests
{
    // Observed every other year; cohorts that start in 2001 and 2002 are treated in the same observed years.
    [Fact]
    public void GoodmanBacon_StartsBetweenPeriods_AddsUpToTheCoefficient()
    {
        int[] periods = [2000, 2002, 2004, 2006];
        int[] first = [2001, 2002, 2005, PanelRows.NeverTreated, PanelRows.NeverTreated, 2002];
        var random = new Random(3);
        var outcome = periods.Select(_ => first.Select(_ => random.NextDouble()).ToArray()).ToArray();
        var comparisons = GoodmanBacon.Decompose(new PanelData(periods, outcome, first)).Value();

        List<long> units = [];
        List<int> time = [], start = [];
        List<double> y = [];
        for (var t = 0; t < periods.Length; t++)
        {
            for (var i = 0; i < first.Length; i++)
            {
                units.Add(i);
                time.Add(periods[t]);
                start.Add(first[i]);
                y.Add(outcome[t][i]);
            }
        }

        var coefficient = TwoWayFixedEffects.Static(new PanelRows([.. units], [.. time], [.. start], [.. y])).Value().Coefficients[0];
        Assert.Equal(1, comparisons.Sum(c => c.Weight), 1e-12);
        Assert.Equal(coefficient, comparisons.Sum(c => c.Weight * c.Estimate), 1e-10);
    }

    [Fact]
    public void CallawaySantAnna_OneCluster_IsRefused()
    {
        int[] first = [3, 3, 3, 3, 4, 4, 4, .. Enumerable.Repeat(PanelRows.NeverTreated, 8)];
        var random = new Random(4);
        var outcome = Enumerable.Range(0, 4).Select(_ => first.Select(_ => random.NextDouble()).ToArray()).ToArray();
        var data = new PanelData([1, 2, 3, 4], outcome, first, clusters: new int[first.Length]);

        var answer = CallawaySantAnna.Estimate(data, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(NotEstimableReason.TooFewObservations, answer.Refusal().Reason);
    }

    // Two clusters' sums are each other's negatives: half of the draws are exactly 0, and quartiles say nothing.
    [Fact]
    public void Band_DrawsOfTooFewValues_IsRefused()
    {
        var answer = MultiplierBootstrap.Run([[1, -1, 0, 0]], new(Seed: 1, Draws: 101), 0.95, 1, TestContext.Current.CancellationToken);
        if (answer is Estimated<UniformBand> band)
        {
            Assert.All(band.Value.StandardErrors, error => Assert.True(error > 0));
            Assert.True(double.IsFinite(band.Value.CriticalValue));
        }

        var middle = MultiplierBootstrap.Run([[1, -1, 1e-30, 0]], new(Seed: 2, Draws: 11), 0.95, 1, TestContext.Current.CancellationToken);
        Assert.True(middle is NotEstimable<UniformBand> || double.IsFinite(middle.Value().CriticalValue));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e6)]
    [InlineData(1e8)]
    public void TwoWayFixedEffects_UnbalancedRowsWithAShift_CoefficientStays(double shift)
    {
        var random = new Random(8);
        List<int> units = [], time = [];
        List<double> y = [], d = [];
        for (var i = 0; i < 40; i++)
        {
            for (var t = 0; t < 8; t++)
            {
                if (random.NextDouble() < 0.35) continue;
                units.Add(i);
                time.Add(t);
                d.Add(random.NextDouble());
                y.Add((0.3 * i) + (0.1 * t * t) + (2 * d[^1]));
            }
        }

        var x = DesignMatrix.FromColumns([("d", d.ToArray())]);
        var fit = TwoWayFixedEffects.Fit([.. y.Select(value => value + shift)], x, [.. units], [.. time]).Value();

        Assert.Equal(2, fit.Coefficients[0], 1e-11 + (1e-15 * shift));
    }

    [Fact]
    public void TwoWayFixedEffects_OutcomeOfUnitsAndPeriodsOnly_IsRefused()
    {
        int[] units = [0, 0, 0, 1, 1, 1, 2, 2, 2], time = [0, 1, 2, 0, 1, 2, 0, 1, 2];
        double[] y = [.. units.Select((u, i) => (0.1 * u) + (0.7 * time[i]))];
        var x = DesignMatrix.FromColumns([("d", [0.3, 0.1, 0.9, 0.4, 0.8, 0.2, 0.6, 0.5, 0.7])]);

        Assert.Equal(NotEstimableReason.NoVariation, TwoWayFixedEffects.Fit(y, x, units, time).Refusal().Reason);
    }

    [Fact]
    public void WaldTest_FarOut_KeepsItsDigits()
    {
        var test = WaldTest.OfZero([12, 9], new double[,] { { 1, 0 }, { 0, 1 } }).Value();

        // With two degrees of freedom the tail is exp(−x/2).
        Assert.Equal(1, test.PValue / Math.Exp(-112.5), 1e-9);
    }

    [Fact]
    public void Smoothness_NumbersThatAreNone_AreRefusedByName()
    {
        double[] after = [1];
        var covariance = new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };

        Assert.Throws<ArgumentException>(() => RambachanRoth.Smoothness([0.1, double.NaN], after, covariance, 0.1));
        Assert.Throws<ArgumentException>(() => RambachanRoth.RelativeMagnitude([], 1, 1));
        covariance[1, 1] = double.PositiveInfinity;
        Assert.Throws<ArgumentException>(() => RambachanRoth.Smoothness([0.1, 0.2], after, covariance, 0.1));
    }
}
