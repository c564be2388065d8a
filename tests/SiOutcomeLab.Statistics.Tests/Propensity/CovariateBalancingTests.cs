using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Propensity;

public sealed class CovariateBalancingTests
{
    private const int Rows = 400;
    private static readonly Simulated Data = Simulated.Draw(Rows, 51);

    [Theory]
    [InlineData(Estimand.Treated)]
    [InlineData(Estimand.Everyone)]
    public void Fit_WeightsOfItsEstimand_BalanceEveryMeanExactly(Estimand estimand)
    {
        var weights = Weights(estimand).Weights.ToArray();
        Assert.Equal(Total(weights, true), Total(weights, false), 1e-8 * Rows);
        for (var j = 0; j < 3; j++) Assert.Equal(Mean(weights, j, true), Mean(weights, j, false), 1e-10);
    }

    [Fact]
    public void Fit_Untreated_IsTreatedWithTheArmsExchanged()
    {
        bool[] exchanged = [.. Data.Treated.Select(t => !t)];
        var untreated = Fit(Estimand.Untreated, Data.Treated).LinearPredictors.ToArray();
        var treated = Fit(Estimand.Treated, exchanged).LinearPredictors.ToArray();
        for (var i = 0; i < Rows; i++) Assert.Equal(treated[i], -untreated[i], 1e-9);
    }

    [Fact]
    public void Fit_Treated_IsEntropyBalancing()
    {
        var expected = EntropyBalancing.Att(Data.X, Data.Treated, TestContext.Current.CancellationToken).Value().Weights.ToArray();
        var actual = Weights(Estimand.Treated).Weights.ToArray();
        for (var i = 0; i < Rows; i++) Assert.Equal(expected[i], actual[i], 1e-8);
    }

    [Theory]
    [InlineData(Estimand.Treated)]
    [InlineData(Estimand.Everyone)]
    public void Fit_EffectsError_AgreesWithNumericalJacobian(Estimand estimand)
    {
        var effect = WeightedDifference.Estimate(Data.Outcome, Data.Treated, Weights(estimand)).Value();
        double[] start = [.. Fit(estimand, Data.Treated).Coefficients.Select(c => c.Value), 0, 0];
        var theta = SlowAlgebra.Root(Equations, Rows, start);
        Assert.Equal(theta[4] - theta[5], effect.Estimate, 1e-7);
        var error = SlowAlgebra.MEstimationError(Equations, Rows, theta, [0, 0, 0, 0, 1, -1]);
        Assert.Equal(error, effect.StandardError, 1e-6 * error);

        double[] Equations(double[] parameters, int i)
        {
            double[] z = [1, .. Data.X.Row(i)];
            double t = Data.Treated[i] ? 1 : 0, y = Data.Outcome[i];
            var e = 1 / (1 + Math.Exp(-z.Zip(parameters, (value, b) => value * b).Sum()));
            var w = estimand == Estimand.Treated ? t + ((1 - t) * e / (1 - e)) : (t / e) + ((1 - t) / (1 - e));
            return [.. z.Select(value => ((2 * t) - 1) * w * value), t * w * (y - parameters[4]), (1 - t) * w * (y - parameters[5])];
        }
    }

    [Fact]
    public void Fit_TreatedMeansOutOfReach_IsNoOverlap()
    {
        // No column separates the arms, but the treated lie around two corners that comparison rows do not span together.
        double[] a = [0, 1, 0, 1, 0.5, 0.5, 0.9, 0.1], b = [0, 0, 1, 0.2, 0, 0.2, 0.95, 0.99];
        bool[] treated = [false, false, false, false, false, false, true, true];
        double[] a2 = [.. a, .. a.Select(v => v + 0.01)], b2 = [.. b, .. b.Select(v => v - 0.01)];
        var answer = new CovariateBalancingPropensityScore(Estimand.Treated).Fit(
            DesignMatrix.FromColumns([("a", a2), ("b", b2)]), [.. treated, .. treated], TestContext.Current.CancellationToken);
        Assert.Contains(answer.Refusal().Reason, new[] { NotEstimableReason.NoOverlap, NotEstimableReason.Separation });
    }

    [Fact]
    public void Fit_SomeTreatedInsideButTheirMeanOutside_IsNoOverlap()
    {
        // The arms overlap, so logistic regression has a maximum, but the treated mean lies beyond every comparison row.
        double[] a = [1, 2, 3, 4, 5, 2, 9, 10, 11, 12], b = [1, -1, 2, 0, 1, 0, 1, -1, 2, 0];
        bool[] treated = [false, false, false, false, false, true, true, true, true, true];
        var x = DesignMatrix.FromColumns([("a", a), ("b", b)]);
        new LogisticRegression().Fit(x, treated, TestContext.Current.CancellationToken).Value();
        var refusal = new CovariateBalancingPropensityScore(Estimand.Treated).Fit(x, treated, TestContext.Current.CancellationToken).Refusal();
        Assert.Equal(NotEstimableReason.NoOverlap, refusal.Reason);
    }

    [Fact]
    public void Constructor_Overlap_IsMisuse() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CovariateBalancingPropensityScore(Estimand.Overlap));

    private static PropensityFit Fit(Estimand estimand, bool[] treated) =>
        new CovariateBalancingPropensityScore(estimand).Fit(Data.X, treated, TestContext.Current.CancellationToken).Value();

    private static BalancingWeights Weights(Estimand estimand) =>
        InversePropensity.Weights(Fit(estimand, Data.Treated), Data.Treated, estimand).Value();

    private static double Total(double[] weights, bool arm) => weights.Where((_, i) => Data.Treated[i] == arm).Sum();

    private static double Mean(double[] weights, int column, bool arm) =>
        weights.Select((w, i) => Data.Treated[i] == arm ? w * Data.X[i, column] : 0).Sum() / Total(weights, arm);
}
