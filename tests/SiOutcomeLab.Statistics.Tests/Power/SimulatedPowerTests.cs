using SiOutcomeLab.Statistics.Numerics;
using SiOutcomeLab.Statistics.Power;

namespace SiOutcomeLab.Statistics.Tests.Power;

public sealed class SimulatedPowerTests
{
    [Fact]
    public void Run_AnyThreads_GivesTheSameAnswer()
    {
        static bool? Trial(ReplicateRandom random) => random.NextNormal() + 0.5 > random.NextNormal();
        var one = SimulatedPower.Run(Trial, 2000, 5, 1, TestContext.Current.CancellationToken).Value();
        Assert.Equal(one, SimulatedPower.Run(Trial, 2000, 5, 2, TestContext.Current.CancellationToken).Value());
        Assert.NotEqual(one.Power, SimulatedPower.Run(Trial, 2000, 6, 2, TestContext.Current.CancellationToken).Value().Power);
        // Φ(0.5/√2).
        Assert.InRange(one.Power, 0.6381631950841185 - 0.04, 0.6381631950841185 + 0.04);
    }

    [Fact]
    public void Run_KnownCounts_GivesWilsonsInterval()
    {
        // Wilson's ends are the shares from which the seen one is just 1.96 standard errors away.
        var result = SimulatedPower.Run(
            random => random.NextBool(0.3), 400, 3, cancellationToken: TestContext.Current.CancellationToken).Value();
        foreach (var end in new[] { result.Low, result.High })
        {
            Assert.Equal(1.959963984540054, Math.Abs(end - result.Power) / Math.Sqrt(end * (1 - end) / 400), 1e-9);
        }

        Assert.Equal(Math.Sqrt(result.Power * (1 - result.Power) / 400), result.MonteCarloError, 1e-15);
    }

    [Fact]
    public void Run_RefusedReplicates_AreCountedApart()
    {
        var some = SimulatedPower.Run(
            random => random.NextBool(0.25) ? null : true, 1000, 8, cancellationToken: TestContext.Current.CancellationToken).Value();
        Assert.Equal(1, some.Power);
        Assert.Equal(1000, some.Replicates + some.Refused);
        Assert.InRange(some.Refused, 200, 300);
        Assert.Equal(
            NotEstimableReason.TooFewObservations,
            SimulatedPower.Run(_ => null, 10, 8, cancellationToken: TestContext.Current.CancellationToken).Refusal().Reason);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => SimulatedPower.Run(_ => true, 0, 8, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void VarianceInflation_WeightsAndUnequalClusters_IsTheSimulatedVariance()
    {
        double[] weights = [1, 2, 3, 0, 4];
        // Σw² (Σw)⁻² n over the four with weight: 30 · 4/100.
        Assert.Equal(1.2, VarianceInflation.FromWeights(weights), 1e-14);
        Assert.Equal(1, VarianceInflation.FromWeights([0, 0]));
        int[] sizes = [2, 4, 6, 8, 10];
        const double icc = 0.2;
        var (n, mean) = (sizes.Sum(), sizes.Average());
        var variation = Math.Sqrt(sizes.Average(s => (s - mean) * (s - mean))) / mean;
        // Variance of the mean of all persons, straight from the model: Σ m² icc/n² + (1 − icc)/n, over 1/n.
        var exact = n * ((sizes.Sum(s => (double)s * s) * icc / (n * (double)n)) + ((1 - icc) / n));
        Assert.Equal(exact, VarianceInflation.FromClusters(mean, icc, variation), 1e-12);
        Assert.Equal(1, VarianceInflation.FromClusters(1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => VarianceInflation.FromClusters(10, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => VarianceInflation.FromMatching(1));
        Assert.Throws<ArgumentException>(() => VarianceInflation.FromWeights([-1]));
    }
}
