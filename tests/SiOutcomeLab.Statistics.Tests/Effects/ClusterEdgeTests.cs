using SiOutcomeLab.Statistics.Attrition;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Effects.OutcomeModels;
using SiOutcomeLab.Statistics.Effects.Resampling;
using SiOutcomeLab.Statistics.Effects.Survival;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Effects;

/// <summary>
/// An arm within one cluster adds nothing to a clustered sum of squares, since its influence values add up to zero there: the standard
/// error would be that of the other arm alone, or rounding.
/// </summary>
public sealed class ClusterEdgeTests
{
    private static readonly Simulated Sample = Simulated.Draw(120, 5);
    private static readonly BalancingWeights Equal = BalancingWeights.Equal(120, Estimand.Treated);

    public static TheoryData<string> Estimators =>
    [
        "weighted", "augmented", "cross-fitted", "regression", "g-computation", "smearing", "cluster-robust", "survival"
    ];

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Estimate_EachArmInOneCluster_IsRefused(string estimator)
    {
        int[] clusters = [.. Sample.Treated.Select(t => t ? 1 : 0)];

        Assert.Equal(NotEstimableReason.TooFewObservations, Run(estimator, clusters).Refusal().Reason);
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Estimate_TreatedInOneOfManyClusters_IsRefused(string estimator)
    {
        int[] clusters = [.. Sample.Treated.Select((t, i) => t ? -1 : i)];
        var refusal = Run(estimator, clusters).Refusal();

        Assert.Equal(NotEstimableReason.TooFewObservations, refusal.Reason);
        Assert.Contains("treated", refusal.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Estimate_SparseClustersWithBothArms_IsEstimated(string estimator)
    {
        int[] clusters = [.. Enumerable.Range(0, 120).Select(i => (i % 10) * 200_000_000)];

        Assert.True(Run(estimator, clusters).Value().StandardError > 0);
    }

    [Fact]
    public void LeeBounds_OneCluster_IsRefused()
    {
        var observed = Enumerable.Range(0, 120).Select(i => i % 7 != 0).ToArray();

        Assert.Equal(
            NotEstimableReason.TooFewObservations,
            LeeBounds.Estimate(Sample.Outcome, Sample.Treated, observed, default, new int[120]).Refusal().Reason);
        Assert.Equal(
            NotEstimableReason.TooFewObservations,
            WorstCaseBounds.Estimate(Sample.Outcome, Sample.Treated, observed, -10, 20, default, new int[120]).Refusal().Reason);
    }

    // At a low level the bounds themselves hold the effect often enough, wherever it lies between them.
    [Fact]
    public void EffectBounds_LevelUnderOneHalf_IntervalIsTheBounds()
    {
        var observed = Enumerable.Range(0, 120).Select(i => i % 3 != 0).ToArray();
        var bounds = WorstCaseBounds.Estimate(Sample.Outcome, Sample.Treated, observed, -10, 20, level: 0.3).Value();

        Assert.Equal(bounds.Low, bounds.ConfidenceLow);
        Assert.Equal(bounds.High, bounds.ConfidenceHigh);
    }

    [Fact]
    public void Jackknife_ClustersTheEstimatorDoesNotKnow_AreTheResultsClusters()
    {
        int[] clusters = [.. Enumerable.Range(0, 120).Select(i => i / 6)];
        var effect = Jackknife.Estimate(120, Of, 18, clusters, null, TestContext.Current.CancellationToken).Value();
        var sums = new double[20];
        for (var i = 0; i < 120; i++) sums[effect.Clusters.Span[i]] += effect.InfluenceValues.Span[i];

        Assert.Equal(effect.StandardError, Math.Sqrt(sums.Sum(s => s * s)), 1e-12);

        static Estimable<EffectResult> Of(int[] rows) => WeightedDifference.Estimate(
            [.. rows.Select(i => Sample.Outcome[i])], [.. rows.Select(i => Sample.Treated[i])],
            BalancingWeights.Equal(rows.Length, Estimand.Treated));
    }

    // Stabilising scales an arm's weights; the augmented sums are divided by what they then add up to.
    [Fact]
    public void AttritionWeights_EarlierOnesStabilised_LeaveTheAugmentedEffectAlone()
    {
        var observed = Enumerable.Range(0, 120).Select(i => i % 5 != 0).ToArray();
        var fit = new LogisticRegression().Fit(Sample.X, Sample.Treated, TestContext.Current.CancellationToken).Value();
        var plain = Augmented(false);
        var stabilised = Augmented(true);

        Assert.Equal(plain.Estimate, stabilised.Estimate, 1e-9);
        Assert.Equal(plain.StandardError, stabilised.StandardError, 1e-9);

        EffectResult Augmented(bool stabilise)
        {
            var earlier = InversePropensity.Weights(fit, Sample.Treated, Estimand.Everyone, stabilised: stabilise).Value();
            var weights = InverseProbabilityOfAttrition.Weights(
                Sample.X, Sample.Treated, observed, earlier, cancellationToken: TestContext.Current.CancellationToken).Value().Weights;
            return AugmentedInversePropensity.Estimate(Sample.Outcome, Sample.Treated, weights, Sample.X).Value();
        }
    }

    private static Estimable<EffectResult> Run(string estimator, int[] clusters)
    {
        var (y, t, x) = (Sample.Outcome, Sample.Treated, Sample.X);
        switch (estimator)
        {
            case "weighted":
                return WeightedDifference.Estimate(y, t, Equal, clusters);
            case "augmented":
                return AugmentedInversePropensity.Att(y, t, Equal, x, clusters: clusters);
            case "cross-fitted":
                return CrossFittedAugmentation.FromPredictions(y, t, Equal, default, new double[120], clusters: clusters);
            case "regression":
                return RegressionAdjustment.Estimate(y, t, x, Equal, clusters: clusters);
            case "g-computation":
                return GComputation.Estimate(
                    y, t, x, Equal, clusters: clusters, cancellationToken: TestContext.Current.CancellationToken)
                    .Map(result => result.Difference);
            case "smearing":
                double[] positive = [.. y.Select(Math.Exp)];
                return SmearingRegression.Estimate(
                    positive, t, x, Equal, clusters, cancellationToken: TestContext.Current.CancellationToken)
                    .Map(result => result.Difference);
            case "cluster-robust":
                return ClusterRobustRegression.Estimate(y, t, x, Equal, clusters);
            default:
                double[] times = [.. y.Select(value => Math.Abs(value) + 0.01)];
                bool[] happened = [.. Enumerable.Repeat(true, 120)];
                return RestrictedMeanSurvival.Difference(times, happened, t, Equal, 2, clusters);
        }
    }
}
