using SiOutcomeLab.Statistics.Attrition;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Effects.OutcomeModels;
using SiOutcomeLab.Statistics.Effects.Survival;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Attrition;

/// <summary>What every estimator makes of weights that let some persons stand for others who were lost.</summary>
public sealed class LostPersonsTests
{
    private readonly Simulated _data = Simulated.Draw(300, 17);
    private readonly bool[] _observed;

    public LostPersonsTests() => _observed = Observed(_data, 18);

    [Fact]
    public void Estimate_TreatedAreLost_HoldsForAllTreatedThatTheEarlierWeightsKept()
    {
        var odds = Odds(_data);
        var whole = Attrition(_data, _observed, odds);
        Assert.All(Every(_data, Outcome(0), whole), effect =>
        {
            Assert.Equal(Estimand.Treated, effect.Estimand);
            Assert.Equal(_data.Treated.Where((t, i) => t && _observed[i]).Count(), effect.TreatedUsed);
        });

        // Looked at alone, those who stayed are a group of their own; so is what was left out before anybody was lost.
        double[] stayed = [.. odds.Weights.ToArray().Select((w, i) => _observed[i] ? w : 0)];
        Assert.Equal(
            Estimand.MatchedTreated,
            WeightedDifference.Estimate(Outcome(0), _data.Treated, BalancingWeights.Known(stayed, Estimand.Treated)).Value().Estimand);
        var someLeftOut = odds.Weights.ToArray();
        someLeftOut[_data.Treated.IndexOf(true)] = 0;
        var fewer = Attrition(_data, _observed, BalancingWeights.Known(someLeftOut, Estimand.Treated));
        Assert.Equal(Estimand.MatchedTreated, WeightedDifference.Estimate(Outcome(0), _data.Treated, fewer).Value().Estimand);

        // Lost twice, for instance to two kinds of follow-up.
        bool[] again = [.. Observed(_data, 19).Select((seen, i) => seen && _observed[i])];
        Assert.Equal(
            Estimand.Treated, WeightedDifference.Estimate(Outcome(0), _data.Treated, Attrition(_data, again, whole)).Value().Estimand);
    }

    [Theory]
    [InlineData(Estimand.Treated)]
    [InlineData(Estimand.Everyone)]
    [InlineData(Estimand.Untreated)]
    public void Estimate_LostRowsGetAnotherOutcome_ChangesNothing(Estimand estimand)
    {
        var whole = Attrition(_data, _observed, Odds(_data, estimand));
        var (nothing, much) = (Every(_data, Outcome(0.01), whole), Every(_data, Outcome(700), whole));
        for (var k = 0; k < nothing.Length; k++)
        {
            Assert.Equal(nothing[k].Estimate, much[k].Estimate, 1e-9);
            Assert.Equal(nothing[k].MeanTreated, much[k].MeanTreated, 1e-9);
            Assert.Equal(nothing[k].StandardError, much[k].StandardError, 1e-9);
        }
    }

    [Theory]
    [InlineData(Estimand.Treated)]
    [InlineData(Estimand.Everyone)]
    [InlineData(Estimand.Untreated)]
    public void Estimate_LinearOutcomesWithoutNoise_IsTheMeanEffectOfTheLostToo(Estimand estimand)
    {
        double Effect(int i) => 1 + (2 * _data.X[i, 0]) - _data.X[i, 1];
        double[] y = [.. Enumerable.Range(0, 300).Select(i =>
            _observed[i] ? 3 + _data.X[i, 0] + (2 * _data.X[i, 1]) + _data.X[i, 2] + (_data.Treated[i] ? Effect(i) : 0) : -50)];
        var asked = Enumerable.Range(0, 300).Where(i => estimand == Estimand.Everyone || _data.Treated[i] == (estimand == Estimand.Treated));
        var truth = asked.Average(Effect);
        var whole = Attrition(_data, _observed, Odds(_data, estimand));
        Assert.Equal(truth, AugmentedInversePropensity.Estimate(y, _data.Treated, whole, _data.X).Value().Estimate, 1e-9);
        Assert.Equal(truth, AugmentedInversePropensity.Estimate(y, _data.Treated, whole, _data.X, normalised: true).Value().Estimate, 1e-9);
        Assert.Equal(truth, RegressionAdjustment.Estimate(y, _data.Treated, _data.X, whole).Value().Estimate, 1e-9);
        Assert.Equal(truth, GComputation.Estimate(
            y, _data.Treated, _data.X, whole, cancellationToken: TestContext.Current.CancellationToken).Value().Difference.Estimate, 1e-9);
    }

    [Fact]
    public void Augmented_AllModelsEstimated_ErrorIsThatOfStackedEquations()
    {
        var y = Outcome(5);
        var whole = Attrition(_data, _observed, Odds(_data));
        var effect = AugmentedInversePropensity.Att(y, _data.Treated, whole, _data.X).Value();

        // Scores (4), chance of being observed (8), outcome with treatment (4) and without (4), effect on the treated.
        double[] equations(double[] theta, int i)
        {
            double[] x = [1, .. _data.X.Row(i)];
            double t = _data.Treated[i] ? 1 : 0, r = _observed[i] ? 1 : 0;
            double[] z = [.. x, .. x.Select(v => v * t)];
            double At(double[] values, int from) => values.Select((v, j) => v * theta[from + j]).Sum();
            var (e, chance) = (Expit(At(x, 0)), Expit(At(z, 4)));
            var (r1, r0) = (y[i] - At(x, 12), y[i] - At(x, 16));
            return
            [
                .. x.Select(v => v * (t - e)), .. z.Select(v => v * (r - chance)),
                .. x.Select(v => v * t * r * r1), .. x.Select(v => v * (1 - t) * r * r0),
                (t * (r0 - r1 - theta[20])) + (t * r / chance * r1) - ((1 - t) * r / chance * e / (1 - e) * r0)
            ];
        }

        var theta = SlowAlgebra.Root(equations, 300, new double[21]);
        var contrast = new double[21];
        contrast[20] = 1;
        Assert.Equal(theta[20], effect.Estimate, 1e-8);
        Assert.Equal(SlowAlgebra.MEstimationError(equations, 300, theta, contrast), effect.StandardError, 1e-7);
    }

    [Fact]
    public void FromPredictions_TreatedAreLost_AsksForTheirPredictionsToo()
    {
        var whole = Attrition(_data, _observed, Odds(_data));
        Assert.Throws<ArgumentException>(() =>
            CrossFittedAugmentation.FromPredictions(Outcome(0), _data.Treated, whole, default, new double[300]));
        CrossFittedAugmentation.FromPredictions(Outcome(0), _data.Treated, whole, new double[300], new double[300]).Value();
    }

    private static EffectResult[] Every(Simulated data, double[] y, BalancingWeights weights)
    {
        double[] months = [.. y.Select(value => Math.Abs(value) + 0.1)];
        bool[] happened = [.. y.Select((_, i) => i % 3 != 0)];
        int[] clusters = [.. y.Select((_, i) => i / 4)];
        return
        [
            WeightedDifference.Estimate(y, data.Treated, weights).Value(),
            AugmentedInversePropensity.Estimate(y, data.Treated, weights, data.X).Value(),
            RegressionAdjustment.Estimate(y, data.Treated, data.X, weights).Value(),
            RegressionAdjustment.Estimate(y, data.Treated, data.X, weights, RegressionForm.Additive).Value(),
            GComputation.Estimate(
                y, data.Treated, data.X, weights, cancellationToken: TestContext.Current.CancellationToken).Value().Difference,
            SmearingRegression.Estimate(
                months, data.Treated, data.X, weights, cancellationToken: TestContext.Current.CancellationToken).Value().Difference,
            ClusterRobustRegression.Estimate(y, data.Treated, data.X, weights, clusters).Value(),
            RestrictedMeanSurvival.Difference(months, happened, data.Treated, weights, 0.5).Value(),
        ];
    }

    private static BalancingWeights Odds(Simulated data, Estimand estimand = Estimand.Treated) =>
        new LogisticRegression(threads: 1).Fit(data.X, data.Treated, TestContext.Current.CancellationToken)
            .Then(fit => InversePropensity.Weights(fit, data.Treated, estimand)).Value();

    private static BalancingWeights Attrition(Simulated data, bool[] observed, BalancingWeights earlier) =>
        InverseProbabilityOfAttrition.Weights(
            data.X, data.Treated, observed, earlier, cancellationToken: TestContext.Current.CancellationToken).Value().Weights;

    private static bool[] Observed(Simulated data, int seed)
    {
        var random = new Random(seed);
        double Chance(bool t, int i) => Expit(0.9 + ((t ? 0.9 : -0.5) * data.X[i, 0]) + (0.3 * data.X[i, 1]));
        return [.. data.Treated.Select((t, i) => random.NextDouble() < Chance(t, i))];
    }

    private double[] Outcome(double ofLost) => [.. _data.Outcome.Select((value, i) => _observed[i] ? value : ofLost)];

    private static double Expit(double eta) => 1 / (1 + Math.Exp(-eta));
}
