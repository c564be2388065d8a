using SiOutcomeLab.Statistics.Pooling;

namespace SiOutcomeLab.Statistics.Tests.Pooling;

public sealed class RandomEffectsTests
{
    // Both sides invert matrices of condition some 10²; Gauss–Jordan loses the most.
    private const double Tolerance = 1e-9;

    public static TheoryData<HeterogeneityMethod, bool, bool> Cases()
    {
        var cases = new TheoryData<HeterogeneityMethod, bool, bool>();
        foreach (var method in Sources.Methods)
        {
            foreach (var correlated in new[] { false, true })
            {
                cases.Add(method, correlated, false);
                cases.Add(method, correlated, true);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_AnyMethod_EqualsDenseMatrices(HeterogeneityMethod method, bool correlated, bool moderator)
    {
        var set = correlated ? Sources.Correlated(12, 5, moderator) : Sources.Independent(12, 5, 0.4, moderator);
        var dense = new DensePooling(set);
        var model = RandomEffects.Fit(set, new() { Method = method, Test = PoolingTest.Normal }).Value();
        var tau = model.Heterogeneity.TauSquared;
        var (coefficients, covariance) = dense.Fit(tau);
        for (var j = 0; j < dense.Size; j++)
        {
            Assert.Equal(coefficients[j], model.Coefficients[j].Estimate, 1e-8);
            Assert.Equal(Math.Sqrt(covariance[j, j]), model.Coefficients[j].StandardError, 1e-8);
        }

        Assert.Equal(dense.Quadratic(dense.P(0)), model.Heterogeneity.Q, 1e-8);
        Assert.Equal((12 - dense.Size) / DensePooling.Trace(dense.P(0)), model.Heterogeneity.TypicalVariance, Tolerance);
        Assert.Equal(Expected(method, dense, set), tau, 1e-7);
    }

    [Theory]
    [InlineData(HeterogeneityMethod.RestrictedMaximumLikelihood)]
    [InlineData(HeterogeneityMethod.MaximumLikelihood)]
    public void Fit_Likelihood_IsTheHighestPointOfAFineGrid(HeterogeneityMethod method)
    {
        var atBound = 0;
        for (var seed = 0; seed < 12; seed++)
        {
            // Small τ, so that the bound at 0 is often the maximum.
            var set = seed % 2 == 0 ? Sources.Independent(6, seed, 0.2) : Sources.Correlated(6, seed);
            var dense = new DensePooling(set);
            var restricted = method == HeterogeneityMethod.RestrictedMaximumLikelihood;
            var tau = RandomEffects.Fit(set, new() { Method = method }).Value().Heterogeneity.TauSquared;
            if (tau == 0) atBound++;
            var best = dense.LogLikelihood(tau, restricted);
            for (var grid = 0.0; grid < 2; grid += 0.01) Assert.True(dense.LogLikelihood(grid, restricted) <= best + 1e-9);
        }

        Assert.InRange(atBound, 1, 11);
    }

    [Fact]
    public void Fit_UnequalPrecisionAndOutlier_TakesTheHighestPoint()
    {
        for (var seed = 100; seed < 130; seed++)
        {
            var random = new Random(seed);
            double[] v = [0.0001, 0.0001, 0.01, 0.01, 4];
            double[] y = [.. v.Select(x => Math.Sqrt(x) * Simulated.Normal(random))];
            y[4] += 8;
            var set = EstimateSet.Independent(y, v);
            var dense = new DensePooling(set);
            var best = dense.LogLikelihood(RandomEffects.Fit(set).Value().Heterogeneity.TauSquared, true);
            for (var log = -14.0; log < 4; log += 0.05)
            {
                Assert.True(dense.LogLikelihood(Math.Exp(log), true) <= best + 1e-8, $"Seed {seed}: higher at {Math.Exp(log)}.");
            }
        }
    }

    [Fact]
    public void Fit_DiagonalCovariance_EqualsIndependent()
    {
        var plain = Sources.Independent(9, 3, 0.4, moderator: true);
        var matrix = new double[81];
        for (var i = 0; i < 9; i++) matrix[i * 10] = plain.Variances[i];
        var full = EstimateSet.Correlated(plain.Estimates, matrix, plain.Moderators);
        foreach (var method in Sources.Methods)
        {
            var a = RandomEffects.Fit(plain, new() { Method = method }).Value();
            var b = RandomEffects.Fit(full, new() { Method = method }).Value();
            Assert.Equal(a.Effect.Estimate, b.Effect.Estimate, Tolerance);
            Assert.Equal(a.Effect.StandardError, b.Effect.StandardError, Tolerance);
            Assert.Equal(a.Heterogeneity.TauSquared, b.Heterogeneity.TauSquared, Tolerance);
            Assert.Equal(Shrinkage.Of(a)[4].StandardError, Shrinkage.Of(b)[4].StandardError, Tolerance);
            Assert.Equal(a.Weights()[3], b.Weights()[3], 1e-7);
        }
    }

    [Fact]
    public void Fit_OtherOrderAndUnit_ChangesNothingElse()
    {
        var set = Sources.Independent(15, 8, 0.4, moderator: true);
        int[] order = [.. Enumerable.Range(0, 15).Reverse()];
        var x = set.Moderators!.SelectRows(order).Column(0).ToArray().Select(value => 1000 - (25 * value)).ToArray();
        var other = EstimateSet.Independent(
            [.. order.Select(i => 10 * set.Estimates[i])],
            [.. order.Select(i => 100 * set.Variances[i])],
            DesignMatrix.FromColumns([("x", x)]));
        foreach (var method in Sources.Methods)
        {
            var a = RandomEffects.Fit(set, new() { Method = method }).Value();
            var b = RandomEffects.Fit(other, new() { Method = method }).Value();
            Assert.Equal(100 * a.Heterogeneity.TauSquared, b.Heterogeneity.TauSquared, 1e-7);
            Assert.Equal(a.Coefficients[1].Estimate / -2.5, b.Coefficients[1].Estimate, Tolerance);
            Assert.Equal(a.Coefficients[1].PValue, b.Coefficients[1].PValue, Tolerance);
            Assert.Equal(a.Heterogeneity.ISquared, b.Heterogeneity.ISquared, 1e-7);
        }
    }

    [Fact]
    public void Fit_NoSamplingError_RecoversTheMeanAndSpread()
    {
        double[] y = [1, 2, 3, 4, 5, 6];
        double[] v = [1e-10, 1e-10, 1e-10, 1e-10, 1e-10, 1e-10];
        var model = RandomEffects.Fit(EstimateSet.Independent(y, v)).Value();
        Assert.Equal(3.5, model.Effect.Estimate, 1e-9);
        Assert.Equal(3.5, model.Heterogeneity.TauSquared, 1e-8);
        Assert.Equal(5, model.DegreesOfFreedom);
    }

    [Fact]
    public void Fit_IdenticalEstimates_RefusesHartungKnappOnly()
    {
        var set = EstimateSet.Independent([2, 2, 2], [1, 2, 3]);
        Assert.Equal(NotEstimableReason.NoVariation, RandomEffects.Fit(set).Refusal().Reason);
        Assert.Equal(2, RandomEffects.Fit(set, new() { Test = PoolingTest.HartungKnappAdHoc }).Value().Effect.Estimate, 1e-12);
        Assert.Equal(0, RandomEffects.Fit(set, new() { Test = PoolingTest.Normal }).Value().Heterogeneity.TauSquared);
    }

    [Fact]
    public void Fit_TooLittleOrSingular_IsRefusedWithItsReason()
    {
        Assert.Equal(NotEstimableReason.TooFewObservations, RandomEffects.Fit(EstimateSet.Independent([1], [1])).Refusal().Reason);
        var one = RandomEffects.Fit(
            EstimateSet.Independent([1], [4]), new() { Method = HeterogeneityMethod.FixedEffect, Test = PoolingTest.Normal }).Value();
        Assert.Equal((1.0, 2.0), (one.Effect.Estimate, one.Effect.StandardError));
        var constant = DesignMatrix.FromColumns([("x", [3, 3, 3, 3])]);
        var refusal = RandomEffects.Fit(EstimateSet.Independent([1, 2, 3, 5], [1, 1, 1, 1], constant)).Refusal();
        Assert.Equal(NotEstimableReason.Collinear, refusal.Reason);
        Assert.Contains("'x'", refusal.Detail, StringComparison.Ordinal);
        var twice = EstimateSet.Correlated([1, 1, 3], [1, 1, 0, 1, 1, 0, 0, 0, 2]);
        Assert.Equal(NotEstimableReason.Collinear, RandomEffects.Fit(twice).Refusal().Reason);
    }

    [Fact]
    public void Sets_OfBadNumbers_AreRefusedByName()
    {
        Assert.Throws<ArgumentException>(() => EstimateSet.Independent([1, 2], [1, 0]));
        Assert.Throws<ArgumentException>(() => EstimateSet.Independent([1, double.NaN], [1, 1]));
        Assert.Throws<ArgumentException>(() => EstimateSet.Correlated([1, 2], [1, 0.5, 0.4, 1]));
        Assert.Throws<ArgumentException>(() => EstimateSet.Independent([1, 2], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomEffects.Fit(Sources.Independent(4, 1), new() { Level = 1 }));
    }

    [Fact]
    public void Predict_WithModerators_EqualsDenseMatrices()
    {
        var set = Sources.Correlated(10, 4, moderator: true);
        var model = RandomEffects.Fit(set).Value();
        var (b, c) = new DensePooling(set).Fit(model.Heterogeneity.TauSquared);
        var prediction = model.Predict(PredictionKind.HigginsThompsonSpiegelhalter, [105]);
        var variance = model.VarianceFactor * (c[0, 0] + (2 * 105 * c[0, 1]) + (105 * 105 * c[1, 1]));
        Assert.Equal(b[0] + (105 * b[1]), prediction.Estimate, 1e-7);
        Assert.Equal(Math.Sqrt(variance), prediction.StandardError, 1e-7);
        // t with 10 − 2 − 1 = 7 degrees of freedom.
        var half = 2.364624251592785 * Math.Sqrt(variance + model.Heterogeneity.TauSquared);
        Assert.Equal(half, prediction.PredictionHigh - prediction.Estimate, 1e-7);
        Assert.Throws<ArgumentException>(() => model.Predict());
    }

    // The defining equations, with every trace from whole matrices.
    private static double Expected(HeterogeneityMethod method, DensePooling dense, EstimateSet set)
    {
        double k = dense.Count, p = dense.Size;
        switch (method)
        {
            case HeterogeneityMethod.FixedEffect:
                return 0;
            case HeterogeneityMethod.DerSimonianLaird:
                return Math.Max(0, (dense.Quadratic(dense.P(0)) - (k - p)) / DensePooling.Trace(dense.P(0)));
            case HeterogeneityMethod.HunterSchmidt:
                return Math.Max(0, (dense.Quadratic(dense.P(0)) - k) / DensePooling.Trace(dense.Weight(0)));
            case HeterogeneityMethod.Hedges:
                double[] ones = [.. Enumerable.Repeat(1.0, set.Count)];
                var equal = new DensePooling(EstimateSet.Independent(set.Estimates, ones, set.Moderators)).P(0);
                var trace = DensePooling.Trace(DensePooling.Times(equal, dense.Total(0)));
                return Math.Max(0, (dense.Quadratic(equal) - trace) / (k - p));
            case HeterogeneityMethod.SidikJonkman:
                var mean = set.Estimates.ToArray().Average();
                var crude = set.Estimates.ToArray().Sum(y => (y - mean) * (y - mean)) / k;
                return crude * dense.Quadratic(dense.P(crude)) / (k - p);
            case HeterogeneityMethod.PauleMandel or HeterogeneityMethod.EmpiricalBayes:
                return Bisect(tau => dense.Quadratic(dense.P(tau)) - (k - p));
            default:
                var restricted = method == HeterogeneityMethod.RestrictedMaximumLikelihood;
                return Bisect(tau => dense.Quadratic(DensePooling.Times(dense.P(tau), dense.P(tau)))
                    - DensePooling.Trace(restricted ? dense.P(tau) : dense.Weight(tau)));
        }
    }

    private static double Bisect(Func<double, double> decreasing)
    {
        if (decreasing(0) <= 0) return 0;
        double low = 0, high = 10;
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            if (decreasing(middle) > 0) low = middle;
            else high = middle;
        }

        return low;
    }
}
