using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Effects;

public sealed class CrossFittedAugmentationTests
{
    private const int Rows = 500;
    private static readonly Simulated Data = Simulated.Draw(Rows, 41);
    private static readonly int[] Folds = [.. Enumerable.Range(0, Rows).Select(i => i % 4)];

    [Theory]
    [InlineData(Estimand.Treated, false)]
    [InlineData(Estimand.Treated, true)]
    [InlineData(Estimand.Everyone, false)]
    [InlineData(Estimand.Untreated, true)]
    public void Estimate_FoldByFold_IsThePlainComputation(Estimand estimand, bool normalised)
    {
        var scores = Scores(Data, Folds);
        var effect = CrossFittedAugmentation.Estimate(
            Data.Outcome, Data.Treated, scores, Folds, Data.X, estimand, normalised).Value();
        var (m1, m0) = (Predictions(true), Predictions(false));
        var weights = InversePropensity.FromScores(scores, Data.Treated, estimand).Value();
        var given = CrossFittedAugmentation.FromPredictions(Data.Outcome, Data.Treated, weights, m1, m0, normalised).Value();
        Assert.Equal(given.Estimate, effect.Estimate, 1e-9);
        Assert.Equal(given.StandardError, effect.StandardError, 1e-9);
        Assert.Equal(StandardErrorType.InfluenceFunction, effect.StandardErrorType);

        double size = 0, sum = 0;
        double[] own = [0, 0], bias = [0, 0];
        for (var i = 0; i < Rows; i++)
        {
            var asked = estimand == Estimand.Everyone || Data.Treated[i] == (estimand == Estimand.Treated) ? 1 : 0;
            var arm = Data.Treated[i] ? 1 : 0;
            size += asked;
            sum += asked * (m1[i] - m0[i]);
            own[arm] += weights.Weights.Span[i];
            bias[arm] += weights.Weights.Span[i] * (Data.Outcome[i] - (arm == 1 ? m1[i] : m0[i]));
        }

        var expected = (sum / size) + (bias[1] / (normalised ? own[1] : size)) - (bias[0] / (normalised ? own[0] : size));
        Assert.Equal(expected, effect.Estimate, 1e-9);
    }

    [Fact]
    public void Estimate_KnownTruth_IntervalCovers()
    {
        // 300 samples of 400: a 95 % interval's coverage has a simulation error of 1.3 points; three of those.
        var truth = Simulated.TrueEffectOnTreated();
        var covered = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var data = Simulated.Draw(400, 60_000 + seed);
            int[] folds = [.. Enumerable.Range(0, 400).Select(i => i % 4)];
            var effect = CrossFittedAugmentation.Estimate(data.Outcome, data.Treated, Scores(data, folds), folds, data.X).Value();
            if (effect.ConfidenceLow <= truth && truth <= effect.ConfidenceHigh) covered++;
        }

        Assert.InRange(covered / 300.0, 0.91, 0.99);
    }

    [Fact]
    public void Estimate_Clusters_SumsInfluenceWithinThem()
    {
        int[] groups = [.. Enumerable.Range(0, Rows).Select(i => i / 10)];
        var effect = CrossFittedAugmentation.Estimate(
            Data.Outcome, Data.Treated, Scores(Data, Folds), Folds, Data.X, clusters: groups).Value();
        Assert.Equal(StandardErrorType.ClusteredInfluenceFunction, effect.StandardErrorType);
        var sums = effect.InfluenceValues.ToArray().Select((value, i) => (value, i / 10)).GroupBy(e => e.Item2, e => e.value);
        Assert.Equal(Math.Sqrt(sums.Sum(g => g.Sum() * g.Sum())), effect.StandardError, 1e-12);
    }

    [Fact]
    public void Estimate_FoldHoldsNearlyAllComparisonRows_IsNotEstimable()
    {
        var left = 3;
        int[] folds = [.. Data.Treated.Select(t => t || left-- > 0 ? 0 : 1)];
        folds[Array.IndexOf(Data.Treated, true)] = 1;
        var answer = CrossFittedAugmentation.Estimate(Data.Outcome, Data.Treated, Scores(Data, Folds), folds, Data.X);
        Assert.Equal(NotEstimableReason.TooFewObservations, answer.Refusal().Reason);
        Assert.Contains("fold 1", answer.Refusal().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Estimate_BadArguments_Throws()
    {
        double[] scores = Scores(Data, Folds);
        Assert.Throws<ArgumentException>(() => Run(scores, new int[Rows]));
        Assert.Throws<ArgumentException>(() => Run(scores, [-1, .. Folds[1..]]));
        Assert.Throws<ArgumentException>(() => Run([1.5, .. scores[1..]], Folds));
        Assert.Throws<ArgumentException>(() => Run(scores, Folds, Estimand.Overlap));
        Assert.Equal(NotEstimableReason.NoOverlap, Run([1, 1, 1, 1, 1, 1, .. scores[6..]], Folds).Refusal().Reason);

        Estimable<EffectResult> Run(double[] s, int[] folds, Estimand estimand = Estimand.Treated) =>
            CrossFittedAugmentation.Estimate(Data.Outcome, Data.Treated, s, folds, Data.X, estimand);
    }

    private static double[] Scores(Simulated data, int[] folds)
    {
        var scores = new double[folds.Length];
        for (var fold = 0; fold < 4; fold++)
        {
            int[] rest = [.. Enumerable.Range(0, folds.Length).Where(i => folds[i] != fold)];
            var fit = new LogisticRegression(1).Fit(
                data.X.SelectRows(rest), [.. rest.Select(i => data.Treated[i])], TestContext.Current.CancellationToken).Value();
            var predicted = fit.Predict(data.X);
            for (var i = 0; i < scores.Length; i++) scores[i] = folds[i] == fold ? predicted[i] : scores[i];
        }

        return scores;
    }

    // Normal equations by Gauss–Jordan, fold by fold.
    private static double[] Predictions(bool arm)
    {
        var predictions = new double[Rows];
        for (var fold = 0; fold < 4; fold++)
        {
            var products = new double[4, 4];
            var score = new double[4];
            for (var i = 0; i < Rows; i++)
            {
                if (Folds[i] == fold || Data.Treated[i] != arm) continue;
                double[] z = [1, .. Data.X.Row(i)];
                for (var j = 0; j < 4; j++)
                {
                    score[j] += z[j] * Data.Outcome[i];
                    for (var k = 0; k < 4; k++) products[j, k] += z[j] * z[k];
                }
            }

            var inverse = SlowAlgebra.Invert(products);
            for (var i = 0; i < Rows; i++)
            {
                if (Folds[i] != fold) continue;
                double[] z = [1, .. Data.X.Row(i)];
                for (var j = 0; j < 4; j++)
                {
                    for (var k = 0; k < 4; k++) predictions[i] += z[j] * inverse[j, k] * score[k];
                }
            }
        }

        return predictions;
    }
}
