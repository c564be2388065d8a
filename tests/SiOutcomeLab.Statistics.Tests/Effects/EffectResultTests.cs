using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Matching;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Effects;

public sealed class EffectResultTests
{
    private const int Rows = 500;
    private static readonly Simulated Data = Simulated.Draw(Rows, 21);
    private static readonly int[] Groups = [.. Enumerable.Range(0, Rows).Select(i => i / 10)];

    public static TheoryData<string> Estimators => ["ipw", "ebal", "aipw", "aipw-hajek", "nn", "nn-rep", "nn-caliper"];

    [Theory, MemberData(nameof(Estimators))]
    public void Estimate_AnyEstimator_ErrorFollowsFromInfluenceValues(string estimator)
    {
        // With replacement and without clusters each row stands alone; sets are the clusters without replacement.
        foreach (var clusters in new int[][] { [], Groups })
        {
            var effect = Estimate(estimator, clusters);
            if (effect.StandardErrorType == StandardErrorType.TwoWayHc1) continue;
            var influence = effect.InfluenceValues.ToArray();
            Assert.Equal(Rows, influence.Length);
            var sums = influence.Select((value, i) => (value, Cluster: effect.Clusters.IsEmpty ? i : effect.Clusters.Span[i]))
                .GroupBy(entry => entry.Cluster, entry => entry.value).Select(group => group.Sum());
            Assert.Equal(effect.StandardError, Math.Sqrt(sums.Sum(sum => sum * sum)), 1e-10);
            Assert.Equal(0, influence.Sum(), 1e-9);
        }
    }

    [Theory, MemberData(nameof(Estimators))]
    public void Estimate_PermutedRows_SameEffectAndError(string estimator)
    {
        var before = Estimate(estimator, []);
        var after = Estimate(estimator, [], new Permutation(Rows, 5));
        Assert.Equal(before.Estimate, after.Estimate, 1e-10);
        Assert.Equal(before.StandardError, after.StandardError, 1e-10);
        Assert.Equal(before.EffectiveComparison, after.EffectiveComparison, 1e-8);
    }

    [Theory]
    [InlineData("ipw")]
    [InlineData("ebal")]
    [InlineData("aipw")]
    public void Estimate_EveryRowOwnCluster_IsTheUnclusteredErrorWithT(string estimator)
    {
        var plain = Estimate(estimator, []);
        var own = Estimate(estimator, [.. Enumerable.Range(0, Rows)]);
        Assert.Equal(plain.StandardError, own.StandardError, 1e-12);
        Assert.Equal(StandardErrorType.ClusteredMEstimation, own.StandardErrorType);
        Assert.Equal(Rows - 1, own.DegreesOfFreedom);
        Assert.True(double.IsPositiveInfinity(plain.DegreesOfFreedom));
    }

    [Theory]
    [InlineData("ipw")]
    [InlineData("ebal")]
    [InlineData("aipw")]
    public void Estimate_EveryPersonTwice_ClusteredErrorIsUnchanged(string estimator)
    {
        // Copies bring no knowledge: with persons as clusters the error stays, without them it shrinks by √2.
        var once = Estimate(estimator, []);
        var twice = Repeat(estimator, clustered: true);
        Assert.Equal(once.Estimate, twice.Estimate, 1e-9);
        Assert.Equal(once.StandardError, twice.StandardError, 1e-9);
        Assert.Equal(once.StandardError / Math.Sqrt(2), Repeat(estimator, clustered: false).StandardError, 1e-9);
    }

    [Fact]
    public void Estimate_Interval_IsNormalOrT()
    {
        var normal = Estimate("ipw", []);
        Assert.Equal(normal.Estimate - (1.959963984540054 * normal.StandardError), normal.ConfidenceLow, 1e-9);
        Assert.Equal(normal.Estimate + (1.959963984540054 * normal.StandardError), normal.ConfidenceHigh, 1e-9);
        var t = Estimate("ipw", Groups);
        Assert.Equal(49, t.DegreesOfFreedom);
        // qt(0.975, 49) in R.
        Assert.Equal(2.009575234489209, (t.ConfidenceHigh - t.Estimate) / t.StandardError, 1e-8);
    }

    [Fact]
    public void PValue_KnownRatio_IsTwoSided()
    {
        var effect = Estimate("ipw", []);
        var ratio = Math.Abs(effect.Estimate / effect.StandardError);
        var at = MathNet.Numerics.SpecialFunctions.Erfc(ratio / Math.Sqrt(2));
        Assert.Equal(at, effect.PValue, 1e-12);
    }

    [Fact]
    public void Estimate_Matched_CountsWhoIsKept()
    {
        var all = Estimate("nn", []);
        Assert.Equal(Estimand.Treated, all.Estimand);
        Assert.Equal(1, all.ShareOfTreatedRetained);
        var some = Estimate("nn-caliper", []);
        Assert.Equal(Estimand.MatchedTreated, some.Estimand);
        Assert.InRange(some.ShareOfTreatedRetained, 0.1, 0.99);
        Assert.Equal(some.TreatedUsed, some.ComparisonUsed);
        Assert.Equal(some.MeanTreated - some.Estimate, some.MeanCounterfactual, 1e-12);
    }

    [Fact]
    public void Estimate_MatchedWithGroups_IsTwoWayAndNoSmallerThanEither()
    {
        var both = Estimate("nn", Groups);
        Assert.Equal(StandardErrorType.TwoWayHc1, both.StandardErrorType);
        Assert.True(both.StandardError >= Estimate("nn", []).StandardError);
        Assert.Equal(StandardErrorType.ClusterHc1, Estimate("nn-rep", Groups).StandardErrorType);
    }

    [Fact]
    public void Estimate_NothingToTell_IsNotEstimable()
    {
        var weights = BalancingWeights.Known([1, 1, 1, 1], Estimand.Treated);
        bool[] treated = [true, true, false, false];
        Assert.Equal(
            NotEstimableReason.NoVariation, WeightedDifference.Estimate([5, 5, 3, 3], treated, weights).Refusal().Reason);
        Assert.Equal(
            NotEstimableReason.TooFewObservations,
            WeightedDifference.Estimate([1, 2, 3, 4], treated, weights, [7, 7, 7, 7]).Refusal().Reason);
        Assert.Equal(
            NotEstimableReason.TooFewObservations,
            WeightedDifference.Estimate([1, 2, 3, 4], [true, false, false, false], weights).Refusal().Reason);
        Assert.Equal(
            NotEstimableReason.NoComparison,
            WeightedDifference.Estimate([1, 2, 3, 4], treated, BalancingWeights.Known([1, 1, 0, 0], Estimand.Treated)).Refusal().Reason);
    }

    [Fact]
    public void Estimate_ConstantOutcomeUnderUnevenWeights_IsNoVariationNotRounding()
    {
        // Weighted means of a constant miss it by a last bit, and a standard error of 1e-17 would look like certainty.
        var odds = Odds(Data.X, Data.Treated);
        double[] constant = [.. Enumerable.Repeat(0.1, Rows)];
        Assert.Equal(NotEstimableReason.NoVariation, WeightedDifference.Estimate(constant, Data.Treated, odds).Refusal().Reason);
        Assert.Equal(
            NotEstimableReason.NoVariation,
            AugmentedInversePropensity.Att(constant, Data.Treated, odds, Data.X).Refusal().Reason);
    }

    [Theory, MemberData(nameof(Estimators))]
    public void Estimate_ShiftedAndScaledCovariatesAndOutcome_EffectScalesWithTheOutcome(string estimator)
    {
        double[] values = [.. Data.X.RowMajor()];
        for (var i = 0; i < values.Length; i += 3) (values[i], values[i + 1]) = ((values[i] * 3e4) + 2e5, 7 - (values[i + 1] * 1e-3));
        double[] outcome = [.. Data.Outcome.Select(y => (y * 1000) + 5)];
        var before = Estimate(estimator, []);
        var after = Estimate(estimator, [], new DesignMatrix(Rows, Data.X.Names, values), Data.Treated, outcome);
        Assert.Equal(before.Estimate * 1000, after.Estimate, 1e-6);
        Assert.Equal(before.StandardError * 1000, after.StandardError, 1e-6);
    }

    [Fact]
    public void Att_OutcomeCovariatesCollinearAmongComparison_IsNotEstimable()
    {
        var x = DesignMatrix.FromColumns([("a", [1, 2, 3, 1, 2, 3, 4, 5]), ("b", [4, 9, 1, 2, 3, 4, 5, 6])]);
        bool[] treated = [true, true, true, false, false, false, false, false];
        var weights = BalancingWeights.Known([1, 1, 1, 1, 1, 1, 1, 1], Estimand.Treated);
        var answer = AugmentedInversePropensity.Att([1, 2, 3, 4, 5, 7, 7, 8], treated, weights, x);
        Assert.Equal(NotEstimableReason.Collinear, answer.Refusal().Reason);
    }

    [Fact]
    public void Estimate_BadArguments_Throws()
    {
        var weights = BalancingWeights.Known([1, 1], Estimand.Everyone);
        bool[] treated = [true, false];
        Assert.Throws<ArgumentException>(() => WeightedDifference.Estimate([1], treated, weights));
        Assert.Throws<ArgumentException>(() => WeightedDifference.Estimate([1, double.NaN], treated, weights));
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightedDifference.Estimate([1, 2], treated, weights, default, 1));
        Assert.Throws<ArgumentException>(() => BalancingWeights.Known([-1], Estimand.Treated));
        var x = new DesignMatrix(2, ["a"], [1, 2]);
        Assert.Throws<ArgumentException>(() => AugmentedInversePropensity.Att([1, 2], treated, weights, x));
    }

    private static BalancingWeights Odds(DesignMatrix x, bool[] treated) =>
        new LogisticRegression().Fit(x, treated, TestContext.Current.CancellationToken)
            .Then(fit => InversePropensity.Weights(fit, treated, Estimand.Treated)).Value();

    private static EffectResult Repeat(string estimator, bool clustered)
    {
        var x = new DesignMatrix(2 * Rows, Data.X.Names, [.. Data.X.RowMajor(), .. Data.X.RowMajor()]);
        int[] persons = clustered ? [.. Enumerable.Range(0, 2 * Rows).Select(i => i % Rows)] : [];
        return Estimate(estimator, persons, x, [.. Data.Treated, .. Data.Treated], [.. Data.Outcome, .. Data.Outcome]);
    }

    private static EffectResult Estimate(string estimator, int[] clusters, Permutation? permutation = null) =>
        permutation is null
            ? Estimate(estimator, clusters, Data.X, Data.Treated, Data.Outcome)
            : Estimate(
                estimator, clusters, permutation.Of(Data.X), permutation.Of<bool>(Data.Treated), permutation.Of<double>(Data.Outcome));

    private static EffectResult Estimate(string estimator, int[] clusters, DesignMatrix x, bool[] treated, double[] outcome)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var fit = new LogisticRegression().Fit(x, treated, cancellation).Value();
        var odds = Odds(x, treated);
        return estimator switch
        {
            "ipw" => WeightedDifference.Estimate(outcome, treated, odds, clusters).Value(),
            "ebal" => WeightedDifference.Estimate(
                outcome, treated, EntropyBalancing.Att(x, treated, cancellation).Value(), clusters).Value(),
            "aipw" => AugmentedInversePropensity.Att(outcome, treated, odds, x, clusters: clusters).Value(),
            "aipw-hajek" => AugmentedInversePropensity.Att(outcome, treated, odds, x, normalised: true, clusters).Value(),
            "nn" => Matched(new()),
            "nn-rep" => Matched(new() { Replacement = true, Ratio = 2 }),
            _ => Matched(new() { Caliper = Caliper.Raw(0.002) })
        };

        EffectResult Matched(NearestNeighbourOptions options)
        {
            var sample = NearestNeighbour.Match(fit.Scores.Span, treated, new long[treated.Length], options).Value();
            return MatchedDifference.Estimate(outcome, treated, sample, clusters).Value();
        }
    }
}
