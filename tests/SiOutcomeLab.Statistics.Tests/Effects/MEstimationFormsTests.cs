using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Effects;

/// <summary>
/// Every population and form against stacked estimating equations written from their definitions, solved and differentiated numerically
/// (1e-6: central differences are good to some 1e-9, the inverse takes the rest).
/// </summary>
public sealed class MEstimationFormsTests
{
    private const int Rows = 400;
    private static readonly Simulated Data = Simulated.Draw(Rows, 12);
    private static readonly PropensityFit Fit =
        new LogisticRegression().Fit(Data.X, Data.Treated, TestContext.Current.CancellationToken).Value();

    [Theory]
    [InlineData(Estimand.Untreated)]
    [InlineData(Estimand.Matching)]
    [InlineData(Estimand.EntropyOverlap)]
    public void Estimate_Weighted_AgreesWithNumericalJacobian(Estimand estimand)
    {
        var effect = WeightedDifference.Estimate(Data.Outcome, Data.Treated, Weights(estimand)).Value();
        Check(effect, 6, [0, 0, 0, 0, 1, -1], (theta, i, x, t, y) =>
        {
            var w = Weight(estimand, t, Score(theta, x));
            return [.. Logistic(theta, x, t), t * w * (y - theta[4]), (1 - t) * w * (y - theta[5])];
        });
    }

    [Theory]
    [InlineData(Estimand.Treated, false)]
    [InlineData(Estimand.Everyone, false)]
    [InlineData(Estimand.Everyone, true)]
    [InlineData(Estimand.Untreated, true)]
    public void Estimate_HorvitzThompson_AgreesWithNumericalJacobian(Estimand estimand, bool stabilised)
    {
        var effect = WeightedDifference.Estimate(
            Data.Outcome, Data.Treated, Weights(estimand, stabilised), normalised: false).Value();
        Check(effect, 5, [0, 0, 0, 0, 1], (theta, i, x, t, y) =>
        {
            var w = Weight(estimand, t, Score(theta, x));
            return [.. Logistic(theta, x, t), (((2 * t) - 1) * w * y) - (Asked(estimand, t) * theta[4])];
        });
    }

    [Theory]
    [InlineData(Estimand.Everyone)]
    [InlineData(Estimand.Untreated)]
    [InlineData(Estimand.Treated)]
    public void Estimate_Augmented_AgreesWithNumericalJacobian(Estimand estimand)
    {
        var effect = AugmentedInversePropensity.Estimate(Data.Outcome, Data.Treated, Weights(estimand), Data.X).Value();
        Check(effect, 13, [.. new double[12], 1], (theta, i, x, t, y) =>
        {
            var (m1, m0, w) = (Dot(theta, 4, x), Dot(theta, 8, x), Weight(estimand, t, Score(theta, x)));
            var q = Asked(estimand, t);
            return
            [
                .. Logistic(theta, x, t), .. x.Select(v => t * (y - m1) * v), .. x.Select(v => (1 - t) * (y - m0) * v),
                (q * (m1 - m0)) + (t * w * (y - m1)) - ((1 - t) * w * (y - m0)) - (q * theta[12])
            ];
        });
    }

    [Theory]
    [InlineData(Estimand.Everyone)]
    [InlineData(Estimand.Untreated)]
    public void Estimate_AugmentedNormalised_AgreesWithNumericalJacobian(Estimand estimand)
    {
        var effect = AugmentedInversePropensity.Estimate(
            Data.Outcome, Data.Treated, Weights(estimand, true), Data.X, normalised: true).Value();
        Check(effect, 15, [.. new double[12], 1, 1, -1], (theta, i, x, t, y) =>
        {
            var (m1, m0, w) = (Dot(theta, 4, x), Dot(theta, 8, x), Weight(estimand, t, Score(theta, x)));
            return
            [
                .. Logistic(theta, x, t), .. x.Select(v => t * (y - m1) * v), .. x.Select(v => (1 - t) * (y - m0) * v),
                Asked(estimand, t) * (m1 - m0 - theta[12]), t * w * (y - m1 - theta[13]), (1 - t) * w * (y - m0 - theta[14])
            ];
        });
    }

    [Theory]
    [InlineData(Estimand.Treated)]
    [InlineData(Estimand.Everyone)]
    [InlineData(Estimand.Untreated)]
    [InlineData(Estimand.Overlap)]
    public void Estimate_InteractedRegression_AgreesWithNumericalJacobian(Estimand estimand)
    {
        var effect = RegressionAdjustment.Estimate(Data.Outcome, Data.Treated, Data.X, Weights(estimand)).Value();
        Check(effect, 13, [.. new double[12], 1], (theta, i, x, t, y) =>
        {
            var (m1, m0, w) = (Dot(theta, 4, x), Dot(theta, 8, x), Weight(estimand, t, Score(theta, x)));
            var q = estimand == Estimand.Overlap ? w : Asked(estimand, t);
            return
            [
                .. Logistic(theta, x, t), .. x.Select(v => t * w * (y - m1) * v), .. x.Select(v => (1 - t) * w * (y - m0) * v),
                q * (m1 - m0 - theta[12])
            ];
        });
    }

    [Fact]
    public void Estimate_AdditiveRegression_AgreesWithNumericalJacobian()
    {
        var effect = RegressionAdjustment.Estimate(
            Data.Outcome, Data.Treated, Data.X, Weights(Estimand.Treated), RegressionForm.Additive).Value();
        Check(effect, 9, [.. new double[8], 1], (theta, i, x, t, y) =>
        {
            var w = Weight(Estimand.Treated, t, Score(theta, x));
            var residual = y - Dot(theta, 4, x) - (theta[8] * t);
            return [.. Logistic(theta, x, t), .. x.Select(v => w * residual * v), w * residual * t];
        });
    }

    [Fact]
    public void Estimate_EntropyBalancedEveryone_AgreesWithNumericalJacobian()
    {
        var weights = EntropyBalancing.Weights(
            Data.X, Data.Treated, Estimand.Everyone, cancellationToken: TestContext.Current.CancellationToken).Value();
        var effect = WeightedDifference.Estimate(Data.Outcome, Data.Treated, weights).Value();
        Check(effect, 10, [.. new double[8], 1, -1], (theta, i, x, t, y) =>
        {
            // Each arm's weights times 1 − t or t add up to everybody's covariates.
            var (w1, w0) = (Math.Exp(Dot(theta, 0, x)), Math.Exp(Dot(theta, 4, x)));
            return
            [
                .. x.Select(v => ((t * w1) - 1) * v), .. x.Select(v => (((1 - t) * w0) - 1) * v),
                t * w1 * (y - theta[8]), (1 - t) * w0 * (y - theta[9])
            ];
        });
    }

    private static BalancingWeights Weights(Estimand estimand, bool stabilised = false) =>
        InversePropensity.Weights(Fit, Data.Treated, estimand, stabilised: stabilised).Value();

    private static double Score(double[] theta, double[] x) => 1 / (1 + Math.Exp(-Dot(theta, 0, x)));

    private static double Dot(double[] theta, int from, double[] x) =>
        (theta[from] * x[0]) + (theta[from + 1] * x[1]) + (theta[from + 2] * x[2]) + (theta[from + 3] * x[3]);

    private static IEnumerable<double> Logistic(double[] theta, double[] x, double t) => x.Select(v => (t - Score(theta, x)) * v);

    private static double Asked(Estimand estimand, double t) =>
        estimand switch { Estimand.Treated => t, Estimand.Untreated => 1 - t, _ => 1 };

    private static double Weight(Estimand estimand, double t, double e)
    {
        var h = estimand switch
        {
            Estimand.Treated => e,
            Estimand.Untreated => 1 - e,
            Estimand.Overlap => e * (1 - e),
            Estimand.Matching => Math.Min(e, 1 - e),
            Estimand.EntropyOverlap => -(e * Math.Log(e)) - ((1 - e) * Math.Log(1 - e)),
            _ => 1
        };
        return h * ((t / e) + ((1 - t) / (1 - e)));
    }

    private static void Check(
        EffectResult effect, int parameters, double[] contrast, Func<double[], int, double[], double, double, double[]> equations)
    {
        double[][] rows = [.. Enumerable.Range(0, Rows).Select(i => (double[])[1, .. Data.X.Row(i)])];
        double[] Row(double[] theta, int i) => equations(theta, i, rows[i], Data.Treated[i] ? 1 : 0, Data.Outcome[i]);
        var theta = SlowAlgebra.Root(Row, Rows, new double[parameters]);
        var estimate = theta.Zip(contrast, (value, factor) => value * factor).Sum();
        Assert.Equal(estimate, effect.Estimate, 1e-6 * Math.Abs(estimate));
        var error = SlowAlgebra.MEstimationError(Row, Rows, theta, contrast);
        Assert.Equal(error, effect.StandardError, 1e-6 * error);
    }
}
