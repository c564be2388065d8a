using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Weighting;

public sealed class InversePropensityTests
{
    [Fact]
    public void Weights_Overlap_BalanceExactly()
    {
        // Li, Morgan and Zaslavsky (2018), theorem 3: with a logistic score by maximum likelihood, overlap weights balance every mean.
        var data = Simulated.Draw(600, 1);
        var weights = Weights(data, Estimand.Overlap).Weights.ToArray();
        for (var j = 0; j < 3; j++) Assert.Equal(Mean(data, weights, j, true), Mean(data, weights, j, false), 1e-9);
    }

    [Fact]
    public void Weights_Treated_AreOddsForComparisonRows()
    {
        var data = Simulated.Draw(600, 2);
        var scores = Fit(data).Scores.ToArray();
        var weights = Weights(data, Estimand.Treated).Weights.ToArray();
        for (var i = 0; i < 600; i++)
        {
            Assert.Equal(data.Treated[i] ? 1 : scores[i] / (1 - scores[i]), weights[i], 1e-12 * Math.Max(1, weights[i]));
        }
    }

    [Fact]
    public void Weights_MatchedTreated_IsRefusedAsMisuse() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Weights(Simulated.Draw(100, 3), Estimand.MatchedTreated));

    [Fact]
    public void Of_EffectiveSampleSize_IsKish()
    {
        Assert.Equal(4, EffectiveSampleSize.Of([2, 2, 2, 2]));
        Assert.Equal(36.0 / 14, EffectiveSampleSize.Of([1, 2, 3, 0]), 1e-14);
        Assert.Equal(0, EffectiveSampleSize.Of([]));
        Assert.Equal(2, EffectiveSampleSize.Of([5, 1, 1], [true, false, false], false));
    }

    private static BalancingWeights Weights(Simulated data, Estimand estimand) =>
        InversePropensity.Weights(Fit(data), data.Treated, estimand).Value();

    private static PropensityFit Fit(Simulated data) =>
        new LogisticRegression().Fit(data.X, data.Treated, TestContext.Current.CancellationToken).Value();

    private static double Mean(Simulated data, double[] weights, int column, bool arm)
    {
        int[] rows = [.. Enumerable.Range(0, weights.Length).Where(i => data.Treated[i] == arm)];
        return rows.Sum(i => weights[i] * data.X[i, column]) / rows.Sum(i => weights[i]);
    }
}
