using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Effects;

public sealed class RegressionAdjustmentTests
{
    private const int Rows = 300;
    private static readonly Simulated Data = Simulated.Draw(Rows, 51);
    private static readonly int[] Groups = [.. Enumerable.Range(0, Rows).Select(i => i / 6)];

    [Theory]
    [InlineData(RegressionForm.Interacted)]
    [InlineData(RegressionForm.Additive)]
    public void Estimate_NoNoise_IsTheTruth(RegressionForm form)
    {
        // y = 3 + x1 − 2 x2 + t (0.5 + x3): the treated's average effect is 0.5 plus their share of x3; additive with one effect for all.
        var interacted = form == RegressionForm.Interacted;
        double[] outcome =
        [
            .. Enumerable.Range(0, Rows).Select(i => 3 + Data.X[i, 0] - (2 * Data.X[i, 1]) +
                (Data.Treated[i] ? 0.5 + (interacted ? Data.X[i, 2] : 0) : 0))
        ];
        double truth = interacted ? 0.5 + Enumerable.Range(0, Rows).Where(i => Data.Treated[i]).Average(i => Data.X[i, 2]) : 0.5;
        var weights = Odds();
        Assert.Equal(truth, Estimate(outcome, weights, form).Estimate, 1e-10);
        Assert.Equal(truth, Estimate(outcome, BalancingWeights.Equal(Rows, Estimand.Treated), form).Estimate, 1e-10);
        if (interacted)
        {
            Assert.Equal(truth, AugmentedInversePropensity.Att(outcome, Data.Treated, weights, Data.X).Value().Estimate, 1e-10);
        }
    }

    [Theory]
    [InlineData(StandardErrorType.MEstimation)]
    [InlineData(StandardErrorType.Hc0)]
    [InlineData(StandardErrorType.Hc1)]
    [InlineData(StandardErrorType.Hc2)]
    [InlineData(StandardErrorType.Hc3)]
    [InlineData(StandardErrorType.Classical)]
    public void Estimate_AnyErrorType_FollowsFromInfluenceValues(StandardErrorType type)
    {
        foreach (var form in new[] { RegressionForm.Interacted, RegressionForm.Additive })
        {
            var effect = Estimate(Data.Outcome, Odds(), form, type);
            Assert.Equal(type, effect.StandardErrorType);
            Assert.Equal(effect.StandardError, Math.Sqrt(effect.InfluenceValues.ToArray().Sum(value => value * value)), 1e-12);
            Assert.Equal(5, effect.Alternatives.Count);
            Assert.DoesNotContain(effect.Alternatives, other => other.Type == type);
            Assert.Equal(
                type == StandardErrorType.MEstimation ? double.PositiveInfinity : Rows - (form == RegressionForm.Additive ? 5 : 8),
                effect.DegreesOfFreedom);
        }
    }

    [Fact]
    public void Estimate_Clusters_FollowsFromSums()
    {
        var plain = Clustered(StandardErrorType.MEstimation);
        var adjusted = Clustered(StandardErrorType.ClusterHc1);
        Assert.Equal(StandardErrorType.ClusteredMEstimation, plain.StandardErrorType);
        foreach (var effect in new[] { plain, adjusted })
        {
            var sums = effect.InfluenceValues.ToArray().Select((value, i) => (value, Groups[i])).GroupBy(e => e.Item2, e => e.value);
            Assert.Equal(effect.StandardError, Math.Sqrt(sums.Sum(g => g.Sum() * g.Sum())), 1e-12);
            Assert.Equal(49, effect.DegreesOfFreedom);
        }

        EffectResult Clustered(StandardErrorType type) => RegressionAdjustment.Estimate(
            Data.Outcome, Data.Treated, Data.X, Odds(), errorType: type, clusters: Groups).Value();
    }

    [Fact]
    public void Estimate_RowsTwiceWithHalfTheWeight_SameEffect()
    {
        double[] w = [.. Odds().Weights.Span];
        var known = BalancingWeights.Known(w, Estimand.Treated);
        var half = BalancingWeights.Known([.. w.Concat(w).Select(value => value / 2)], Estimand.Treated);
        var x = Data.X.SelectRows([.. Enumerable.Range(0, 2 * Rows).Select(i => i % Rows)]);
        double[] outcome = [.. Data.Outcome, .. Data.Outcome];
        bool[] treated = [.. Data.Treated, .. Data.Treated];
        foreach (var form in new[] { RegressionForm.Interacted, RegressionForm.Additive })
        {
            var twice = RegressionAdjustment.Estimate(outcome, treated, x, half, form).Value();
            Assert.Equal(Estimate(Data.Outcome, known, form).Estimate, twice.Estimate, 1e-10);
        }

        Assert.Equal(
            WeightedDifference.Estimate(Data.Outcome, Data.Treated, known).Value().Estimate,
            WeightedDifference.Estimate(outcome, treated, half).Value().Estimate, 1e-12);
    }

    [Fact]
    public void Estimate_PermutedRescaledRows_SameEffectAndError()
    {
        var permutation = new Permutation(Rows, 3);
        var x = permutation.Of(Data.X);
        double[] first = [.. x.Column(0).ToArray().Select(v => (v * 3e4) + 1e5)];
        var scaled = DesignMatrix.FromColumns([("x1", first), ("x2", x.Column(1).ToArray()), ("x3", x.Column(2).ToArray())]);
        foreach (var form in new[] { RegressionForm.Interacted, RegressionForm.Additive })
        {
            var before = Estimate(Data.Outcome, BalancingWeights.Equal(Rows, Estimand.Everyone), form, StandardErrorType.Hc3);
            var after = RegressionAdjustment.Estimate(
                permutation.Of<double>(Data.Outcome), permutation.Of<bool>(Data.Treated), scaled,
                BalancingWeights.Equal(Rows, Estimand.Everyone), form, StandardErrorType.Hc3).Value();
            Assert.Equal(before.Estimate, after.Estimate, 1e-10);
            Assert.Equal(before.StandardError, after.StandardError, 1e-10);
        }
    }

    [Fact]
    public void Estimate_Refusals_SayWhy()
    {
        var equal = BalancingWeights.Equal(8, Estimand.Everyone);
        bool[] treated = [true, true, true, true, false, false, false, false];
        double[] outcome = [1, 2, 3, 5, 3, 2, 1, 7];
        var arm = new DesignMatrix(8, ["t"], [1, 1, 1, 1, 0, 0, 0, 0]);
        var copy = RegressionAdjustment.Estimate(outcome, treated, arm, equal, RegressionForm.Additive);
        Assert.Equal(NotEstimableReason.Collinear, copy.Refusal().Reason);
        Assert.Equal(NotEstimableReason.Collinear, RegressionAdjustment.Estimate(outcome, treated, arm, equal).Refusal().Reason);
        var wide = DesignMatrix.FromColumns(
            [("a", [1, 5, 2, 8, 3, 9, 4, 0]), ("b", [2, 1, 7, 3, 5, 8, 1, 6]), ("c", [0, 4, 4, 1, 9, 2, 7, 7])]);
        Assert.Equal(NotEstimableReason.TooFewObservations, RegressionAdjustment.Estimate(outcome, treated, wide, equal).Refusal().Reason);
        Assert.Throws<ArgumentException>(() => RegressionAdjustment.Estimate(
            outcome, treated, wide, equal, errorType: StandardErrorType.ClusterHc1));
        Assert.Throws<ArgumentException>(() => RegressionAdjustment.Estimate(
            outcome, treated, wide, equal, errorType: StandardErrorType.Hc2, clusters: [1, 1, 2, 2, 3, 3, 4, 4]));
    }

    private static BalancingWeights Odds() =>
        new LogisticRegression().Fit(Data.X, Data.Treated, TestContext.Current.CancellationToken)
            .Then(fit => InversePropensity.Weights(fit, Data.Treated, Estimand.Treated)).Value();

    private static EffectResult Estimate(
        double[] outcome, BalancingWeights weights, RegressionForm form, StandardErrorType type = StandardErrorType.MEstimation) =>
        RegressionAdjustment.Estimate(outcome, Data.Treated, Data.X, weights, form, type).Value();
}
