using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Statistics.Tests.Panel;

/// <summary>The optimum against direct search over all weights, and coverage under the worst trend.</summary>
public sealed class RambachanRothTests
{
    private static readonly double[,] Covariance =
    {
        { 0.05, 0.02, 0.015, 0.01, 0.008 }, { 0.02, 0.045, 0.018, 0.012, 0.01 }, { 0.015, 0.018, 0.04, 0.014, 0.012 },
        { 0.01, 0.012, 0.014, 0.05, 0.03 }, { 0.008, 0.01, 0.012, 0.03, 0.06 }
    };

    [Theory]
    [InlineData(0)]
    [InlineData(0.02)]
    [InlineData(0.1)]
    [InlineData(1)]
    public void Smoothness_AnyBound_IsTheShortestInterval(double slopeChange)
    {
        var found = RambachanRoth.Smoothness([0.1, -0.05, 0.02], [0.5, 0.7], Covariance, slopeChange, [0.5, 0.5]).Value();
        var w = found.WeightsBefore;
        // Free of linear trends: Σ w t over −3, −2, −1 and 0.5 × (1 + 2) after.
        Assert.Equal(0, (-3 * w[0]) + (-2 * w[1]) - w[2] + 1.5, 1e-10);
        Assert.Equal((0.1 * w[0]) - (0.05 * w[1]) + (0.02 * w[2]) + 0.6, found.Estimate, 1e-12);
        Assert.Equal(HalfLength(slopeChange, w[0], w[1]), found.HalfLength, 1e-10);
        foreach (var step in new[] { 1e-1, 1e-2, 1e-3, 1e-4 })
        {
            for (var angle = 0.0; angle < 2 * Math.PI; angle += 0.3)
            {
                var other = HalfLength(slopeChange, w[0] + (step * Math.Cos(angle)), w[1] + (step * Math.Sin(angle)));
                Assert.True(other >= found.HalfLength - 1e-12, $"{other} < {found.HalfLength}");
            }
        }
    }

    [Fact]
    public void Smoothness_ParallelTrendsButLinear_ExtrapolatesTheLine()
    {
        // Estimates on a line of slope 0.2 with an effect of 1: any M gives the effect exactly.
        var found = RambachanRoth.Smoothness([-0.6, -0.4, -0.2], [1.2, 1.4], Covariance, 0.05).Value();
        Assert.Equal(1, found.Estimate, 1e-10);
        Assert.True(found.Low < 1 && found.High > 1);
    }

    [Fact]
    public void Smoothness_NothingBeforeOrSingular_IsRefused()
    {
        Assert.Equal(NotEstimableReason.TooFewObservations, RambachanRoth.Smoothness([], [1], new[,] { { 1.0 } }, 0).Refusal().Reason);
        var singular = new[,] { { 1.0, 1, 0 }, { 1, 1, 0 }, { 0, 0, 1 } };
        Assert.Equal(NotEstimableReason.Collinear, RambachanRoth.Smoothness([1, 1], [1], singular, 0).Refusal().Reason);
    }

    // By the definitions: w₂ from the trend constraint; coefficients on second differences from weights; quantile by bisection.
    private static double HalfLength(double slopeChange, double w0, double w1)
    {
        double[] v = [w0, w1, 1.5 - (3 * w0) - (2 * w1), 0.5, 0.5];
        double[] bends = [w0, (2 * w0) + w1, (3 * w0) + (2 * w1) + v[2], 0.5];
        var bias = slopeChange * bends.Sum(Math.Abs);
        var variance = 0.0;
        for (var j = 0; j < 5; j++)
        {
            for (var k = 0; k < 5; k++) variance += v[j] * v[k] * Covariance[j, k];
        }

        var deviation = Math.Sqrt(variance);
        double low = 0, high = (bias / deviation) + 5;
        for (var round = 0; round < 100; round++)
        {
            var middle = (low + high) / 2;
            var inside = Normal.CDF(0, 1, middle - (bias / deviation)) - Normal.CDF(0, 1, -middle - (bias / deviation));
            (low, high) = inside < 0.95 ? (middle, high) : (low, middle);
        }

        return deviation * low;
    }
}
