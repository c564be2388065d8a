using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Weighting;

public sealed class PropensityTrimmingTests
{
    private static readonly Simulated Data = Simulated.Draw(800, 71);
    private static readonly PropensityFit Fit =
        new LogisticRegression().Fit(Data.X, Data.Treated, TestContext.Current.CancellationToken).Value();

    private static readonly double[] Scores = Fit.Scores.ToArray();

    [Fact]
    public void Weights_Range_KeepsScoresBetweenAndSaysSo()
    {
        var weights = Weights(Estimand.Treated, PropensityTrimming.Range(0.2, 0.5));
        Assert.Equal(Estimand.Trimmed, weights.Estimand);
        Assert.Equal("inverse propensity, scores in (0.2, 0.5)", weights.Method);
        for (var i = 0; i < Scores.Length; i++) Assert.Equal(Scores[i] > 0.2 && Scores[i] < 0.5, weights.Weights.Span[i] > 0);
        foreach (var effect in new[]
        {
            WeightedDifference.Estimate(Data.Outcome, Data.Treated, weights).Value(),
            AugmentedInversePropensity.Att(Data.Outcome, Data.Treated, weights, Data.X).Value()
        })
        {
            Assert.Equal(Estimand.Trimmed, effect.Estimand);
            Assert.InRange(effect.ShareOfTreatedRetained, 0.3, 0.95);
        }
    }

    [Fact]
    public void Weights_NothingTrimmed_KeepsTheEstimand() =>
        Assert.Equal(Estimand.Everyone, Weights(Estimand.Everyone, PropensityTrimming.Range(0, 1)).Estimand);

    [Fact]
    public void Weights_Optimal_IsTheCutWithTheLeastVariance()
    {
        // Crump et al. (2009): the cut minimises Σ g/k² over the k kept, g = 1/(e(1 − e)); tried here at every score.
        double[] scores = [.. Enumerable.Range(1, 400).Select(i => i / 401.0 * (i % 3 == 0 ? 0.2 : 0.98))];
        bool[] treated = [.. scores.Select((_, i) => i % 2 == 0)];
        var kept = InversePropensity.FromScores(scores, treated, Estimand.Everyone, PropensityTrimming.Optimal()).Value().Weights.ToArray();
        double[] g = [.. scores.Select(e => 1 / (e * (1 - e))).Order()];
        var best = Enumerable.Range(1, g.Length).MinBy(k => g.Take(k).Sum() / k / k);
        Assert.Equal(best, kept.Count(w => w > 0));
        Assert.True(best < g.Length);
    }

    [Fact]
    public void Weights_OptimalWithGoodOverlap_KeepsAll()
    {
        double[] scores = [.. Enumerable.Range(1, 100).Select(i => 0.4 + (i * 0.002))];
        bool[] treated = [.. scores.Select((_, i) => i % 2 == 0)];
        var weights = InversePropensity.FromScores(scores, treated, Estimand.Everyone, PropensityTrimming.Optimal()).Value();
        Assert.Equal(Estimand.Everyone, weights.Estimand);
    }

    [Fact]
    public void Weights_Percentiles_AreStuermersCuts()
    {
        double[] scores = [.. Enumerable.Range(0, 202).Select(i => i < 101 ? 0.3 + (i * 0.005) : 0.1 + ((i - 101) * 0.005))];
        bool[] treated = [.. scores.Select((_, i) => i < 101)];
        var weights = InversePropensity.FromScores(scores, treated, Estimand.Treated, PropensityTrimming.Percentiles(0.1)).Value();
        // The treated's 10th percentile is 0.35, the comparison rows' 90th is 0.55.
        Assert.Equal("inverse propensity, scores in [0.35, 0.55]", weights.Method);
        for (var i = 0; i < scores.Length; i++)
        {
            Assert.Equal(scores[i] > 0.35 - 1e-9 && scores[i] < 0.55 + 1e-9, weights.Weights.Span[i] > 0);
        }
    }

    [Fact]
    public void Weights_Truncation_CapsTheWeightedArmOnly()
    {
        var plain = Weights(Estimand.Treated, null).Weights.ToArray();
        var weights = Weights(Estimand.Treated, PropensityTrimming.Truncation(0.8));
        Assert.Equal(Estimand.Treated, weights.Estimand);
        Assert.Contains("weights truncated at quantile 0.8", weights.Method, StringComparison.Ordinal);
        double[] sorted = [.. plain.Where((_, i) => !Data.Treated[i]).Order()];
        var at = (sorted.Length - 1) * 0.8;
        var cap = sorted[(int)at] + ((at - (int)at) * (sorted[(int)at + 1] - sorted[(int)at]));
        for (var i = 0; i < plain.Length; i++)
        {
            Assert.Equal(Data.Treated[i] ? 1 : Math.Min(plain[i], cap), weights.Weights.Span[i], 1e-14);
        }
    }

    [Fact]
    public void Weights_TrimmedArmIsEmpty_SaysWhich()
    {
        double[] scores = [0.95, 0.9, 0.2, 0.3];
        bool[] treated = [true, true, false, false];
        Assert.Equal(NotEstimableReason.NoTreated, Trim(PropensityTrimming.Range(0.1, 0.8)));
        Assert.Equal(NotEstimableReason.NoComparison, Trim(PropensityTrimming.Range(0.5, 1)));

        NotEstimableReason Trim(PropensityTrimming trimming) =>
            InversePropensity.FromScores(scores, treated, Estimand.Everyone, trimming).Refusal().Reason;
    }

    [Fact]
    public void Makers_BadArguments_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PropensityTrimming.Range(0.5, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => PropensityTrimming.Percentiles(0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => PropensityTrimming.Truncation(1));
        var weights = Weights(Estimand.Overlap, null);
        Assert.Throws<ArgumentException>(() => WeightedDifference.Estimate(Data.Outcome, Data.Treated, weights, normalised: false));
    }

    [Fact]
    public void Weights_ScoresFarOut_KeepTheirDigits()
    {
        // η = ±36: 1 − e has two digits left, computed from e; from the log odds all of them.
        double[] scores = [0.5, 0.5, 1e-12, 1e-300];
        bool[] treated = [true, false, true, false];
        var matching = InversePropensity.FromScores(scores, treated, Estimand.Matching).Value().Weights.ToArray();
        Assert.Equal([1, 1], matching[..2]);
        Assert.Equal(1, matching[2]);
        Assert.Equal(1e-300, matching[3], 1e-312);
        var entropy = InversePropensity.FromScores(scores, treated, Estimand.EntropyOverlap).Value().Weights.ToArray();
        Assert.Equal(2 * Math.Log(2), entropy[0], 1e-14);
        Assert.Equal(1 - Math.Log(1e-12), entropy[2], 1e-9);
    }

    private static BalancingWeights Weights(Estimand estimand, PropensityTrimming? trimming) =>
        InversePropensity.Weights(Fit, Data.Treated, estimand, trimming).Value();
}
