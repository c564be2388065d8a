using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Effects.OutcomeModels;
using SiOutcomeLab.Statistics.Matching;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Effects;

/// <summary>What no estimator of an effect may depend on, asked of all of them in the same way.</summary>
public sealed class EstimatorInvarianceTests
{
    private const int Rows = 240;
    private static readonly Simulated Sample = Simulated.Draw(Rows, 77);

    private delegate Estimable<EffectResult> Estimator(double[] outcome, bool[] treated, DesignMatrix x, int[] clusters);

    public static TheoryData<string, Estimand> All
    {
        get
        {
            var data = new TheoryData<string, Estimand>();
            string[] all = ["ipw", "entropy", "cbps", "aipw", "aipw hajek", "interacted", "additive", "g", "g additive", "cr2"];
            foreach (var name in all)
            {
                foreach (var estimand in new[] { Estimand.Treated, Estimand.Untreated, Estimand.Everyone }) data.Add(name, estimand);
            }

            foreach (var name in new[] { "ipw", "interacted", "g" }) data.Add(name, Estimand.Overlap);
            data.Add("nearest", Estimand.Treated);
            data.Add("mahalanobis", Estimand.Treated);
            data.Add("full", Estimand.Treated);
            data.Add("full", Estimand.Everyone);
            data.Add("subclasses", Estimand.Everyone);
            data.Add("ties", Estimand.Treated);
            data.Add("ties", Estimand.Everyone);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Estimate_RowsInAnotherOrder_Stays(string name, Estimand estimand)
    {
        var order = new Permutation(Rows, 3);
        var (here, there) = (
            Run(name, estimand, Sample.Outcome, Sample.Treated, Sample.X),
            Run(name, estimand, order.Of<double>(Sample.Outcome), order.Of<bool>(Sample.Treated), order.Of(Sample.X), order));

        Same(here, there, 1, 0);
        for (var i = 0; i < Rows; i++) Assert.Equal(here.InfluenceValues.Span[order[i]], there.InfluenceValues.Span[i], 1e-8);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Estimate_OutcomeInAnotherUnit_MovesWithIt(string name, Estimand estimand)
    {
        var here = Run(name, estimand, Sample.Outcome, Sample.Treated, Sample.X);
        double[] moved = [.. Sample.Outcome.Select(y => 1e5 - (250 * y))];

        Same(here, Run(name, estimand, moved, Sample.Treated, Sample.X), -250, 1e5);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Estimate_CovariatesInOtherUnits_Stays(string name, Estimand estimand)
    {
        double[] scale = [1e4, -0.003, 1], shift = [3e5, 7, 0];
        var moved = new DesignMatrix(
            Rows, Sample.X.Names,
            [.. Enumerable.Range(0, Rows).SelectMany(i => Sample.X.Row(i).Select((v, j) => (scale[j] * v) + shift[j]))]);

        Same(
            Run(name, estimand, Sample.Outcome, Sample.Treated, Sample.X),
            Run(name, estimand, Sample.Outcome, Sample.Treated, moved), 1, 0);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Estimate_ArmsSwapped_TurnsTheSign(string name, Estimand estimand)
    {
        if (name is "nearest" or "mahalanobis") return;
        var other = estimand switch { Estimand.Treated => Estimand.Untreated, Estimand.Untreated => Estimand.Treated, _ => estimand };
        var here = Run(name, estimand, Sample.Outcome, Sample.Treated, Sample.X);
        var there = Run(name, other, Sample.Outcome, [.. Sample.Treated.Select(t => !t)], Sample.X);

        Near(here.Estimate, -there.Estimate);
        Near(here.StandardError, there.StandardError);
        Near(here.MeanTreated, there.MeanCounterfactual);
        Assert.Equal((here.TreatedUsed, here.ComparisonUsed), (there.ComparisonUsed, there.TreatedUsed));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Influence_SummedOverItsClusters_IsTheStandardError(string name, Estimand estimand)
    {
        var effect = Run(name, estimand, Sample.Outcome, Sample.Treated, Sample.X);
        var sums = new Dictionary<int, double>();
        for (var i = 0; i < Rows; i++)
        {
            var unit = effect.Clusters.IsEmpty ? i : effect.Clusters.Span[i];
            sums[unit] = sums.GetValueOrDefault(unit) + effect.InfluenceValues.Span[i];
        }

        Near(effect.StandardError, Math.Sqrt(sums.Values.Sum(s => s * s)));
    }

    // A cluster per row is no clustering: the same error, up to a documented factor where there is one.
    [Theory]
    [InlineData("ipw")]
    [InlineData("entropy")]
    [InlineData("aipw")]
    [InlineData("interacted")]
    [InlineData("additive")]
    [InlineData("g")]
    public void Estimate_EachRowItsOwnCluster_HasTheSameError(string name)
    {
        var alone = Run(name, Estimand.Treated, Sample.Outcome, Sample.Treated, Sample.X);
        int[] own = [.. Enumerable.Range(0, Rows).Select(i => (i * 7_919_011) - 1_000_000_000)];
        var clustered = Of(name, Estimand.Treated, null)(Sample.Outcome, Sample.Treated, Sample.X, own).Value();

        Near(alone.Estimate, clustered.Estimate);
        Near(alone.StandardError, clustered.StandardError);
        Assert.Equal(Rows - 1, clustered.DegreesOfFreedom);
    }

    // Without noise, and with one effect for all, whoever adjusts for what made the outcome must return the effect.
    [Theory]
    [InlineData("aipw")]
    [InlineData("aipw hajek")]
    [InlineData("interacted")]
    [InlineData("additive")]
    [InlineData("g")]
    [InlineData("g additive")]
    [InlineData("entropy")]
    [InlineData("cbps")]
    [InlineData("cr2")]
    public void Estimate_OutcomeWithoutNoise_IsTheTruth(string name)
    {
        double[] y =
        [
            .. Enumerable.Range(0, Rows).Select(i =>
                5 + (2 * Sample.X[i, 0]) - (3 * Sample.X[i, 1]) + Sample.X[i, 2] + (Sample.Treated[i] ? 0.75 : 0))
        ];
        foreach (var estimand in new[] { Estimand.Treated, Estimand.Untreated, Estimand.Everyone })
        {
            var answer = Of(name, estimand, null)(
                y, Sample.Treated, Sample.X, name == "cr2" ? [.. Enumerable.Range(0, Rows)] : []);
            if (answer is NotEstimable<EffectResult> none)
            {
                // An error of zero may be refused; then nothing is claimed.
                Assert.Equal(NotEstimableReason.NoVariation, none.Reason);
                continue;
            }

            Assert.Equal(0.75, answer.Value().Estimate, 1e-8);
        }
    }

    private static EffectResult Run(
        string name, Estimand estimand, double[] outcome, bool[] treated, DesignMatrix x, Permutation? order = null) =>
        Of(name, estimand, order)(
            outcome, treated, x, name == "cr2" ? [.. Enumerable.Range(0, Rows).Select(i => order is null ? i : order[i])] : []).Value();

    private static Estimator Of(string name, Estimand estimand, Permutation? order)
    {
        long[] keys = [.. Enumerable.Range(0, Rows).Select(i => (long)(order is null ? i : order[i]))];
        return (y, t, x, clusters) => name switch
        {
            "ipw" => Ipw(x, t, estimand).Then(w => WeightedDifference.Estimate(y, t, w, clusters)),
            "entropy" => EntropyBalancing.Weights(x, t, estimand).Then(w => WeightedDifference.Estimate(y, t, w, clusters)),
            "cbps" => new CovariateBalancingPropensityScore(estimand).Fit(x, t)
                .Then(fit => InversePropensity.Weights(fit, t, estimand))
                .Then(w => WeightedDifference.Estimate(y, t, w, clusters)),
            "aipw" => Ipw(x, t, estimand).Then(w => AugmentedInversePropensity.Estimate(y, t, w, x, clusters: clusters)),
            "aipw hajek" => Ipw(x, t, estimand).Then(w => AugmentedInversePropensity.Estimate(y, t, w, x, true, clusters)),
            "interacted" => Ipw(x, t, estimand).Then(w => RegressionAdjustment.Estimate(y, t, x, w, clusters: clusters)),
            "additive" => Ipw(x, t, estimand).Then(w => RegressionAdjustment.Estimate(
                y, t, x, w, RegressionForm.Additive, clusters: clusters)),
            "g" => Ipw(x, t, estimand).Then(w => GComputation.Estimate(y, t, x, w, clusters: clusters)).Map(r => r.Difference),
            "g additive" => Ipw(x, t, estimand)
                .Then(w => GComputation.Estimate(y, t, x, w, new() { Form = RegressionForm.Additive }, clusters)).Map(r => r.Difference),
            "cr2" => ClusterRobustRegression.Estimate(y, t, x, BalancingWeights.Equal(Rows, estimand), clusters),
            "nearest" => NearestNeighbour.Match(Scores(x, t), t, keys, new()).Then(m => MatchedDifference.Estimate(y, t, m, clusters)),
            "mahalanobis" => MahalanobisMatching.Match(x, t, keys, new() { Order = MatchingOrder.AsGiven })
                .Then(m => MatchedDifference.Estimate(y, t, m, clusters)),
            "full" => FullMatching.Match(Scores(x, t), t, keys, new() { Estimand = estimand })
                .Then(m => MatchedDifference.Estimate(y, t, m, clusters)),
            "subclasses" => Subclassification.Match(Scores(x, t), t, new() { Subclasses = 5, Estimand = estimand, MinimumPerArm = 2 })
                .Then(m => StratifiedDifference.Estimate(y, t, m)),
            _ => TiedMatching.Match(x, t, new() { Estimand = estimand, Matches = 2 }).Then(m => AbadieImbens.Estimate(y, t, m))
        };
    }

    private static Estimable<BalancingWeights> Ipw(DesignMatrix x, bool[] treated, Estimand estimand) =>
        new LogisticRegression().Fit(x, treated).Then(fit => InversePropensity.Weights(fit, treated, estimand));

    private static double[] Scores(DesignMatrix x, bool[] treated) =>
        new LogisticRegression().Fit(x, treated).Value().LinearPredictors.ToArray();

    private static void Same(EffectResult here, EffectResult there, double factor, double shift)
    {
        Near(factor * here.Estimate, there.Estimate);
        Near(Math.Abs(factor) * here.StandardError, there.StandardError);
        Near((factor * here.MeanTreated) + shift, there.MeanTreated);
        Near(here.EffectiveTreated, there.EffectiveTreated);
        Near(here.EffectiveComparison, there.EffectiveComparison);
        Near(here.DegreesOfFreedom, there.DegreesOfFreedom);
        Assert.Equal(
            (here.Estimand, here.StandardErrorType, here.TreatedUsed, here.ComparisonUsed),
            (there.Estimand, there.StandardErrorType, there.TreatedUsed, there.ComparisonUsed));
        Assert.Equal(here.Alternatives.Count, there.Alternatives.Count);
        foreach (var (one, other) in here.Alternatives.Zip(there.Alternatives)) Near(Math.Abs(factor) * one.Value, other.Value);
    }

    private static void Near(double expected, double actual)
    {
        if (expected.Equals(actual)) return;
        Assert.Equal(expected, actual, 1e-8 * (1 + Math.Abs(expected)));
    }
}
