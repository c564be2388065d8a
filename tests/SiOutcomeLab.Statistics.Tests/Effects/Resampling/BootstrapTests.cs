using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics.Effects.Resampling;

namespace SiOutcomeLab.Statistics.Tests.Effects.Resampling;

public sealed class BootstrapTests
{
    private static readonly double[] Values = [1.5, 2.0, 7.5, 3.0, 11.0];

    [Fact]
    public void Run_Mean_HasTheExactDistribution()
    {
        var result = Run(Mean(Values), 5, new() { Seed = 1, Replicates = 20_000 });
        // All 5⁵ samples are as likely: the error is the population's deviation over √n, the share of single values 1/5⁵ each.
        var deviation = Math.Sqrt(Values.Sum(v => Math.Pow(v - Values.Average(), 2)) / 5);
        Assert.Equal(deviation / Math.Sqrt(5), result.StandardError, 0.03);
        var highest = result.Values.ToArray().Count(value => value > 10.99);
        Assert.InRange(highest, 1, 16);
        Assert.InRange(result.Bias, -0.04, 0.04);
    }

    [Theory]
    [InlineData(50, 0.0)]
    [InlineData(40.5, 0.05)]
    [InlineData(61, -0.1)]
    public void Interval_KnownReplicates_GivesQuantilesByHand(double estimate, double acceleration)
    {
        double[] replicates = [.. Enumerable.Range(1, 99).Select(i => (double)i).Reverse()];
        var distribution = new BootstrapDistribution(estimate, replicates, new() { Seed = 1, Level = 0.9 }, acceleration);
        Near((5, 95), distribution.Interval(BootstrapInterval.Percentile));
        Near(((2 * estimate) - 95, (2 * estimate) - 5), distribution.Interval(BootstrapInterval.Basic));
        var deviation = Math.Sqrt(replicates.Sum(v => (v - 50) * (v - 50)) / 98);
        Assert.Equal(deviation, distribution.StandardError, 1e-12);
        Assert.Equal(50 - estimate, distribution.Bias, 1e-12);
        Assert.Equal(estimate - (1.6448536269514722 * deviation), distribution.Interval(BootstrapInterval.Normal).Low, 1e-9);

        // Davison and Hinkley, eq. 5.20 to 5.22, written out again.
        var z0 = Normal.InvCDF(0, 1, replicates.Sum(v => v < estimate ? 1 : v == estimate ? 0.5 : 0) / 99);
        double End(double tail)
        {
            var z = z0 + Normal.InvCDF(0, 1, tail);
            var rank = 100 * Normal.CDF(0, 1, z0 + (z / (1 - (acceleration * z))));
            var k = Math.Floor(rank);
            double Z(double r) => Normal.InvCDF(0, 1, r / 100);
            return k + ((Z(rank) - Z(k)) / (Z(k + 1) - Z(k)));
        }

        Near((End(0.05), End(0.95)), distribution.Interval(BootstrapInterval.BiasCorrectedAccelerated));
    }

    // By boot 1.3-28.1; the script is 10_packages.R among the reference data.
    [Theory]
    [InlineData(0.8, -0.746852964440775, 1.56123977294681, -1.16123977294681, 1.14685296444077, -0.84048539965771, 1.63317246548137)]
    [InlineData(0.95, -1.36671935979337, 2.17003191648213, -1.77003191648212, 1.76671935979337, -1.34366867613892, 1.94214830622834)]
    public void Interval_ReplicatesByFormula_IsBoots(
        double level, double basicLow, double basicHigh, double low, double high, double correctedLow, double correctedHigh)
    {
        double[] replicates = [.. Enumerable.Range(1, 999).Select(b => Math.Sin(b) + Math.Pow(Math.Cos(0.37 * b), 3))];
        double[] influence = [.. Enumerable.Range(-4, 9).Select(b => Math.Pow(b, 3) + 5)];
        var acceleration = Run(Mean(influence), 9, new() { Seed = 1, Replicates = 50 }, influence: influence).Acceleration;
        Assert.Equal(0.0246190334170951, acceleration, 1e-14);
        var distribution = new BootstrapDistribution(0.2, replicates, new() { Seed = 1, Level = level }, acceleration);
        Near((basicLow, basicHigh), distribution.Interval(BootstrapInterval.Basic));
        Near((low, high), distribution.Interval(BootstrapInterval.Percentile));
        Near((correctedLow, correctedHigh), distribution.Interval(BootstrapInterval.BiasCorrectedAccelerated));
    }

    [Fact]
    public void Run_InfluenceValues_GiveTheAcceleration()
    {
        double[] influence = [-1, -1, -1, 3, 0];
        var result = Run(Mean(Values), 5, new() { Seed = 1, Replicates = 50 }, influence: influence);
        Assert.Equal(24 / (6 * Math.Pow(12, 1.5)), result.Acceleration, 1e-12);
        // In clusters the sums count: −2, −1 + 3, 0.
        var clustered = Run(Mean(Values), 5, new() { Seed = 1, Replicates = 50 }, clusters: [7, 7, 2, 2, 5], influence: influence);
        Assert.Equal(0, clustered.Acceleration, 1e-12);
    }

    [Fact]
    public void Run_Clusters_AreDrawnWhole()
    {
        int[] clusters = [4, 4, 9, 4, 9, 1];
        var (asMany, different) = (0, 0);
        Run(
            counts =>
            {
                Assert.Equal(counts[0], counts[1]);
                Assert.Equal(counts[0], counts[3]);
                Assert.Equal(counts[2], counts[4]);
                Assert.Equal(3, counts[0] + counts[2] + counts[5]);
                if (counts[0] == 1 && counts[2] == 1) asMany++;
                else different++;
                return 0;
            },
            6, new() { Seed = 2, Replicates = 500, Threads = 1 }, clusters: clusters);
        Assert.InRange(asMany, 80, 145);
        Assert.True(different > 0);
    }

    [Fact]
    public void Run_StratifiedByArm_KeepsTheArmsSizes()
    {
        bool[] treated = [true, false, false, true, false, false, true];
        Run(
            counts =>
            {
                Assert.Equal(3, counts[0] + counts[3] + counts[6]);
                Assert.Equal(4, counts[1] + counts[2] + counts[4] + counts[5]);
                return 0;
            },
            7, new() { Seed = 2, Replicates = 200, StratifiedByArm = true }, treated);
        Assert.Throws<ArgumentException>(() => Run(
            _ => 0, 7, new() { Seed = 2, Replicates = 200, StratifiedByArm = true }, treated, clusters: [1, 1, 2, 3, 4, 5, 6]));
    }

    [Fact]
    public void Run_StatisticRefuses_IsToldOrNotEstimable()
    {
        var options = new BootstrapOptions { Seed = 3, Replicates = 400 };
        // A given row is missing from (4/5)⁵ = 33 % of the samples, and drawn five times in one of 5⁵.
        var answer =
            Bootstrap.Run(counts => counts[0] == 0 ? double.NaN : 1, 5, options, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(NotEstimableReason.TooFewObservations, answer.Refusal().Reason);
        var few = Run(counts => counts[0] >= 3 ? double.NaN : counts[0], 5, options);
        Assert.InRange(few.Failed, 8, 40);
        Assert.Equal(400, few.Failed + few.Values.Length);
        Assert.Equal(
            NotEstimableReason.TooFewObservations,
            Bootstrap.Run(_ => double.NaN, 5, options, cancellationToken: TestContext.Current.CancellationToken).Refusal().Reason);
    }

    private static void Near((double Low, double High) expected, (double Low, double High) actual)
    {
        Assert.Equal(expected.Low, actual.Low, 1e-9);
        Assert.Equal(expected.High, actual.High, 1e-9);
    }

    private static BootstrapStatistic Mean(double[] values) => counts =>
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++) sum += counts[i] * values[i];
        return sum / values.Length;
    };

    private static BootstrapDistribution Run(
        BootstrapStatistic statistic, int rows, BootstrapOptions options, bool[]? treated = null, int[]? clusters = null,
            double[]? influence = null) =>
        Bootstrap.Run(statistic, rows, options, treated, clusters, influence, TestContext.Current.CancellationToken).Value();
}
