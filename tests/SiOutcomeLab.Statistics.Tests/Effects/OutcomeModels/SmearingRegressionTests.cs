using SiOutcomeLab.Statistics.Effects.OutcomeModels;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Effects.OutcomeModels;

public sealed class SmearingRegressionTests
{
    private const int Rows = 160;
    private static readonly Simulated Data = Simulated.Draw(Rows, 91);
    private static readonly double[] Costs = [.. Data.Outcome.Select(y => Math.Exp(y / 2))];

    [Theory]
    [InlineData(Estimand.Treated)]
    [InlineData(Estimand.Everyone)]
    [InlineData(Estimand.Overlap)]
    public void Estimate_EstimatedWeights_AgreesWithNumericalJacobian(Estimand estimand)
    {
        var fit = new LogisticRegression().Fit(Data.X, Data.Treated, TestContext.Current.CancellationToken).Value();
        var weights = InversePropensity.Weights(fit, Data.Treated, estimand).Value();
        var result = Run(Costs, weights).Value();

        // θ = propensity (4), log regressions (4, 4), both φ, both means of exp(x'b).
        double[] Equations(double[] theta, int i)
        {
            double[] x = [1, .. Data.X.Row(i)];
            double Eta(int from) => x.Select((value, j) => theta[from + j] * value).Sum();
            var t = Data.Treated[i] ? 1.0 : 0.0;
            var e = 1 / (1 + Math.Exp(-Eta(0)));
            var w = estimand switch
            {
                Estimand.Treated => t + ((1 - t) * e / (1 - e)),
                Estimand.Everyone => (t / e) + ((1 - t) / (1 - e)),
                _ => (t * (1 - e)) + ((1 - t) * e)
            };
            var group = estimand switch { Estimand.Treated => t, Estimand.Everyone => 1, _ => w };
            var (r1, r0) = (Math.Log(Costs[i]) - Eta(4), Math.Log(Costs[i]) - Eta(8));
            return
            [
                .. x.Select(value => (t - e) * value), .. x.Select(value => w * t * r1 * value),
                    .. x.Select(value => w * (1 - t) * r0 * value),
                w * t * (Math.Exp(r1) - theta[12]), w * (1 - t) * (Math.Exp(r0) - theta[13]),
                group * (Math.Exp(Eta(4)) - theta[14]), group * (Math.Exp(Eta(8)) - theta[15])
            ];
        }

        var theta = SlowAlgebra.Root(Equations, Rows, new double[16]);
        var (m1, m0) = (theta[12] * theta[14], theta[13] * theta[15]);
        Assert.Equal(m1 - m0, result.Difference.Estimate, 1e-6);
        Assert.Equal(m1 / m0, result.Ratio!.Ratio, 1e-6);
        double[] difference = new double[16], ratio = new double[16];
        (difference[12], difference[13], difference[14], difference[15]) = (theta[14], -theta[15], theta[12], -theta[13]);
        (ratio[12], ratio[13], ratio[14], ratio[15]) = (1 / theta[12], -1 / theta[13], 1 / theta[14], -1 / theta[15]);
        var (error, logError) =
            (SlowAlgebra.MEstimationError(Equations, Rows, theta, difference), SlowAlgebra.MEstimationError(Equations, Rows, theta, ratio));
        Assert.Equal(error, result.Difference.StandardError, 1e-6 * error);
        Assert.Equal(logError, result.Ratio.Log.StandardError, 1e-6 * logError);
    }

    [Fact]
    public void Estimate_WithoutCovariates_IsTheDifferenceInMeans()
    {
        var result = SmearingRegression.Estimate(
            Costs, Data.Treated, new DesignMatrix(Rows, [], []), BalancingWeights.Equal(Rows, Estimand.Treated),
            cancellationToken: TestContext.Current.CancellationToken).Value();
        Assert.Equal(Costs.Where((_, i) => Data.Treated[i]).Average(), result.Difference.MeanTreated, 1e-10);
        Assert.Equal(Costs.Where((_, i) => !Data.Treated[i]).Average(), result.Difference.MeanCounterfactual, 1e-10);
    }

    [Fact]
    public void Estimate_Zero_IsToldByRow()
    {
        var costs = (double[])Costs.Clone();
        costs[11] = 0;
        var fault = Assert.Throws<ArgumentException>(() => Run(costs, BalancingWeights.Equal(Rows, Estimand.Treated)));
        Assert.Contains("row 11", fault.Message, StringComparison.Ordinal);
    }

    private static Estimable<GComputationResult> Run(double[] costs, BalancingWeights weights) => SmearingRegression.Estimate(
        costs, Data.Treated, Data.X, weights, cancellationToken: TestContext.Current.CancellationToken);
}
