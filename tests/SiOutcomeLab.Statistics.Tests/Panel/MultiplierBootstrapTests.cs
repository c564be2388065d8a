using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Statistics.Tests.Panel;

/// <summary>Bootstrap bands where the answer is known: independent normal estimates.</summary>
public sealed class MultiplierBootstrapTests
{
    [Theory]
    [InlineData(Multiplier.Mammen, 1)]
    [InlineData(Multiplier.Rademacher, 1)]
    [InlineData(Multiplier.Mammen, 10)]
    [InlineData(Multiplier.Rademacher, 10)]
    public void Run_IndependentEstimates_GivesExactMaximum(Multiplier multiplier, int estimates)
    {
        var random = new Random(3);
        var influence = Enumerable.Range(0, estimates).Select(k => Enumerable.Range(0, 500).Select(_ => (k + 1) * Simulated.Normal(random)).ToArray()).ToArray();
        var band = MultiplierBootstrap.Run(
            influence, new MultiplierBootstrapOptions(11, 4_000, multiplier), 0.95, 2, TestContext.Current.CancellationToken).Value();
        // P(max |z| ≤ c) = (2Φ(c) − 1)^K; the estimates correlate by chance at 1/√500.
        var exact = Normal.InvCDF(0, 1, (1 + Math.Pow(0.95, 1.0 / estimates)) / 2);
        Assert.InRange(band.CriticalValue, exact * 0.95, exact * 1.05);
        // An interquartile range of 4 000 draws is good to 1.8 %.
        for (var k = 0; k < estimates; k++) Assert.InRange(band.StandardErrors[k] / Math.Sqrt(influence[k].Sum(value => value * value)), 0.93, 1.07);
    }

    [Fact]
    public void Run_SeedAndEmptyColumn_DecideTheResult()
    {
        double[][] influence = [[1, -2, 3, -1], [0, 0, 0, 0]];
        var stop = TestContext.Current.CancellationToken;
        var band = MultiplierBootstrap.Run(influence, new MultiplierBootstrapOptions(1, 50), 0.9, null, stop).Value();
        Assert.Equal(0, band.StandardErrors[1]);
        Assert.True(double.IsFinite(band.CriticalValue));
        Assert.Equal(band.StandardErrors, MultiplierBootstrap.Run(influence, new MultiplierBootstrapOptions(1, 50), 0.9, null, stop).Value().StandardErrors);
        Assert.NotEqual(band.StandardErrors[0], MultiplierBootstrap.Run(influence, new MultiplierBootstrapOptions(2, 50), 0.9, null, stop).Value().StandardErrors[0]);
        var refusal = MultiplierBootstrap.Run([[0, 0]], new MultiplierBootstrapOptions(1), 0.9, null, stop).Refusal();
        Assert.Equal(NotEstimableReason.NoVariation, refusal.Reason);
    }
}
