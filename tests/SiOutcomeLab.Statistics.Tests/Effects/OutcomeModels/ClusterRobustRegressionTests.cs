using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Effects.OutcomeModels;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Effects.OutcomeModels;

/// <summary>
/// Bell and McCaffrey's error by what defines it. The variance estimate is a quadratic form y'Qy; Q is read off by trying unit outcomes.
/// </summary>
public sealed class ClusterRobustRegressionTests
{
    private const int Rows = 24;
    private static readonly Simulated Data = Simulated.Draw(Rows, 51);
    private static readonly int[] Clusters = [0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 3, 4, 4, 4, 5, 5, 5, 5, 5, 6, 6];
    private static readonly double[] Weights = [.. Enumerable.Range(0, Rows).Select(i => 0.5 + (i % 5 / 2.0))];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Estimate_IndependentErrorsOfOneVariance_IsUnbiasedWithSatterthwaitesDegreesOfFreedom(bool weighted)
    {
        var weights = weighted ? Weights : [.. Enumerable.Repeat(1.0, Rows)];
        var form = new double[Rows, Rows];
        for (var i = 0; i < Rows; i++) form[i, i] = Variance([(i, 1)], weights);
        double trace = 0, squares = 0;
        for (var i = 0; i < Rows; i++)
        {
            trace += form[i, i];
            for (var j = 0; j < Rows; j++)
            {
                if (j < i) form[i, j] = form[j, i] = (Variance([(i, 1), (j, 1)], weights) - form[i, i] - form[j, j]) / 2;
            }
        }

        foreach (var value in form) squares += value * value;
        Assert.Equal(TrueVariance(weights), trace, 1e-10);
        var some = Effect(Data.Outcome, weights);
        Assert.Equal(trace * trace / squares, some.DegreesOfFreedom, 1e-8);
    }

    [Fact]
    public void Estimate_InfluenceValues_AddUpToTheError()
    {
        var effect = Effect(Data.Outcome, Weights);
        var sums = effect.InfluenceValues.ToArray().Select((value, i) => (value, i)).GroupBy(pair => Clusters[pair.i])
            .Select(g => g.Sum(p => p.value));
        Assert.Equal(effect.StandardError, Math.Sqrt(sums.Sum(sum => sum * sum)), 1e-12);
    }

    [Fact]
    public void Inverse_OfSquaredMatrix_IsItsRootsInverse()
    {
        var random = new Random(3);
        var factor = new double[6, 6];
        for (var i = 0; i < 6; i++)
        {
            for (var j = 0; j < 6; j++) factor[i, j] = random.NextDouble() - 0.5;
        }

        var matrix = Product(factor, Transposed(factor));
        var root = SymmetricRoot.Inverse(matrix);
        var identity = Product(Product(root, matrix), root);
        for (var i = 0; i < 6; i++)
        {
            for (var j = 0; j < 6; j++) Assert.Equal(i == j ? 1 : 0, identity[i, j], 1e-9);
        }
    }

    [Fact]
    public void Estimate_OneCluster_IsNotEstimable()
    {
        var answer = ClusterRobustRegression.Estimate(
            Data.Outcome, Data.Treated, Data.X, BalancingWeights.Equal(Rows, Estimand.Everyone), new int[Rows]);
        Assert.Equal(NotEstimableReason.TooFewObservations, answer.Refusal().Reason);
    }

    private static double Variance((int Row, double Value)[] outcomes, double[] weights)
    {
        var outcome = new double[Rows];
        foreach (var (row, value) in outcomes) outcome[row] = value;
        var error = Effect(outcome, weights).StandardError;
        return error * error;
    }

    private static EffectResult Effect(double[] outcome, double[] weights) => ClusterRobustRegression.Estimate(
        outcome, Data.Treated, Data.X, BalancingWeights.Known(weights, Estimand.Everyone), Clusters).Value();

    // Of weighted least squares when errors are independent with variance 1: c'M X'W²X M c.
    private static double TrueVariance(double[] weights)
    {
        double[][] x = [.. Enumerable.Range(0, Rows).Select(i => (double[])[1, Data.Treated[i] ? 1 : 0, .. Data.X.Row(i)])];
        var (bread, meat) = (new double[5, 5], new double[5, 5]);
        for (var i = 0; i < Rows; i++)
        {
            for (var j = 0; j < 5; j++)
            {
                for (var k = 0; k < 5; k++)
                {
                    bread[j, k] += weights[i] * x[i][j] * x[i][k];
                    meat[j, k] += weights[i] * weights[i] * x[i][j] * x[i][k];
                }
            }
        }

        var inverse = SlowAlgebra.Invert(bread);
        return Product(Product(inverse, meat), inverse)[1, 1];
    }

    private static double[,] Product(double[,] a, double[,] b)
    {
        var n = a.GetLength(0);
        var product = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                for (var k = 0; k < n; k++) product[i, j] += a[i, k] * b[k, j];
            }
        }

        return product;
    }

    private static double[,] Transposed(double[,] a)
    {
        var n = a.GetLength(0);
        var t = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++) t[j, i] = a[i, j];
        }

        return t;
    }
}
