using SiOutcomeLab.Statistics.Pooling.OneStage;

namespace SiOutcomeLab.Statistics.Tests.Pooling;

public sealed class MixedModelTests
{
    private const int Count = 240;

    [Fact]
    public void MixedLinear_SmallSample_EqualsDenseMatrices()
    {
        var (x, _, y, groups) = Draw(1);
        var fit = MixedLinear.Fit(x, y, groups).Value();
        var theta = fit.GroupDeviation * fit.GroupDeviation / fit.ResidualVariance;
        Assert.True(theta > 0.01);
        var best = Criterion(x, y, groups, theta, out var coefficients, out var errors);
        Assert.Equal(best, -2 * fit.LogLikelihood, 1e-6);
        for (var j = 0; j < 3; j++)
        {
            Assert.Equal(coefficients[j], fit.Coefficients[j].Estimate, 1e-8);
            Assert.Equal(errors[j], fit.Coefficients[j].StandardError, 1e-8);
        }

        foreach (var other in new[] { 0.0, theta / 2, 0.98 * theta, 1.02 * theta, 2 * theta })
        {
            Assert.True(Criterion(x, y, groups, other, out _, out _) > best);
        }
    }

    [Fact]
    public void MixedLogistic_SmallSample_IsTheHighestPointOfAFixedFineGrid()
    {
        var (x, events, _, groups) = Draw(2);
        var fit = MixedLogistic.Fit(x, events, groups, new() { QuadraturePoints = 25 }, TestContext.Current.CancellationToken).Value();
        double[] at = [.. fit.Coefficients.Select(c => c.Estimate), fit.GroupDeviation];
        var best = Marginal(x, events, groups, at);
        Assert.Equal(best, fit.LogLikelihood, 1e-6);
        var hessian = new double[4, 4];
        // x1 lies around 50, so its coefficient needs the smaller step.
        double[] h = [0.01, 0.0002, 0.01, 0.01];
        for (var a = 0; a < 4; a++)
        {
            double[] up = [.. at], down = [.. at];
            (up[a], down[a]) = (up[a] + h[a], down[a] - h[a]);
            var (above, below) = (Marginal(x, events, groups, up), Marginal(x, events, groups, down));
                Assert.Equal(0, (above - below) / 2, 1e-4);
            hessian[a, a] = -(above - (2 * best) + below) / (h[a] * h[a]);
            for (var b = 0; b < a; b++)
            {
                double F(double da, double db)
                {
                    double[] moved = [.. at];
                    (moved[a], moved[b]) = (moved[a] + da, moved[b] + db);
                    return Marginal(x, events, groups, moved);
                }

                hessian[a, b] = hessian[b, a] = -(F(h[a], h[b]) - F(h[a], -h[b]) - F(-h[a], h[b]) + F(-h[a], -h[b])) / (4 * h[a] * h[b]);
            }
        }

        var covariance = SlowAlgebra.Invert(hessian);
        for (var j = 0; j < 3; j++) Assert.Equal(Math.Sqrt(covariance[j, j]), fit.Coefficients[j].StandardError, 2e-3);
    }

    [Fact]
    public void MixedLogistic_OneAndTwoThreads_GivesTheSameBytes()
    {
        var (x, events, _, groups) = Draw(3);
        var one = MixedLogistic.Fit(x, events, groups, new() { Threads = 1 }, TestContext.Current.CancellationToken).Value();
        var two = MixedLogistic.Fit(x, events, groups, new() { Threads = 2 }, TestContext.Current.CancellationToken).Value();
        Assert.Equal(one.Coefficients, two.Coefficients);
        Assert.Equal(one.Groups, two.Groups);
    }

    [Fact]
    public void MixedModels_WithoutGroupsOrEvents_AreRefused()
    {
        var (x, events, y, _) = Draw(4);
        var one = new int[Count];
        Assert.Equal(NotEstimableReason.TooFewObservations, MixedLinear.Fit(x, y, one).Refusal().Reason);
        var refusal = MixedLogistic.Fit(x, events, one, null, TestContext.Current.CancellationToken).Refusal();
        Assert.Equal(NotEstimableReason.TooFewObservations, refusal.Reason);
    }

    private static (DesignMatrix X, bool[] Events, double[] Y, int[] Groups) Draw(int seed)
    {
        var random = new Random(seed);
        var effects = Enumerable.Range(0, 20).Select(_ => 0.8 * Simulated.Normal(random)).ToArray();
        var (values, events, y, groups) = (new double[Count * 2], new bool[Count], new double[Count], new int[Count]);
        for (var i = 0; i < Count; i++)
        {
            groups[i] = 100 - random.Next(20);
            double x1 = 50 + (10 * Simulated.Normal(random)), x2 = random.Next(2);
            (values[2 * i], values[(2 * i) + 1]) = (x1, x2);
            var linear = (0.05 * (x1 - 50)) - (0.5 * x2) + effects[groups[i] - 81];
            events[i] = random.NextDouble() < 1 / (1 + Math.Exp(-linear));
            y[i] = 200 + linear + Simulated.Normal(random);
        }

        return (new DesignMatrix(Count, ["x1", "x2"], values), events, y, groups);
    }

    private static double Criterion(DesignMatrix x, double[] y, int[] groups, double theta, out double[] coefficients, out double[] errors)
    {
        var (v, design, outcome) = (new double[Count, Count], new double[Count, 3], new double[Count, 1]);
        for (var i = 0; i < Count; i++)
        {
            (design[i, 0], design[i, 1], design[i, 2], outcome[i, 0]) = (1, x[i, 0], x[i, 1], y[i]);
            for (var j = 0; j < Count; j++) v[i, j] = (i == j ? 1 : 0) + (groups[i] == groups[j] ? theta : 0);
        }

        var weight = SlowAlgebra.Invert(v);
        var xw = DensePooling.Times(DensePooling.Transposed(design), weight);
        var information = DensePooling.Times(xw, design);
        var inverse = SlowAlgebra.Invert(information);
        var b = DensePooling.Times(inverse, DensePooling.Times(xw, outcome));
        var fitted = DensePooling.Times(design, b);
        var rest = new double[Count, 1];
        for (var i = 0; i < Count; i++) rest[i, 0] = y[i] - fitted[i, 0];
        var sum = DensePooling.Times(DensePooling.Transposed(rest), DensePooling.Times(weight, rest))[0, 0];
        var variance = sum / (Count - 3);
        coefficients = [b[0, 0], b[1, 0], b[2, 0]];
        errors = [.. Enumerable.Range(0, 3).Select(j => Math.Sqrt(variance * inverse[j, j]))];
        var determinants = DensePooling.LogDeterminant(v) + DensePooling.LogDeterminant(information);
        return ((Count - 3) * (1 + Math.Log(2 * Math.PI * variance))) + determinants;
    }

    private static double Marginal(DesignMatrix x, bool[] events, int[] groups, double[] at)
    {
        var total = 0.0;
        foreach (var group in Enumerable.Range(0, Count).GroupBy(i => groups[i]))
        {
            var rows = group.ToArray();
            var sum = 0.0;
            for (var u = -6.0; u <= 6.0001; u += 0.1)
            {
                var log = -u * u / 2;
                foreach (var i in rows)
                {
                    var eta = at[0] + (at[1] * x[i, 0]) + (at[2] * x[i, 1]) + (at[3] * u);
                    log += (events[i] ? eta : 0) - Math.Log(1 + Math.Exp(eta));
                }

                sum += 0.1 * Math.Exp(log) / Math.Sqrt(2 * Math.PI);
            }

            total += Math.Log(sum);
        }

        return total;
    }
}
