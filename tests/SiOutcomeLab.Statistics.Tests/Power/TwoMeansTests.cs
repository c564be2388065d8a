using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics.Power;

namespace SiOutcomeLab.Statistics.Tests.Power;

public sealed class TwoMeansTests
{
    [Fact]
    public void Power_DocumentedExamples_GivesR()
    {
        // R's help page of power.t.test; its root finder stops at 1e-4 and happens to be nearer.
        Assert.Equal(0.8689528, new TwoMeans().Power(20, 20, 1), 5e-8);
        Assert.Equal(22.02110, new TwoMeans().Treated(1, 0.90), 2e-5);
        Assert.Equal(17.84713, new TwoMeans { TwoSided = false }.Treated(1, 0.90), 2e-5);
        Assert.Equal(1, new TwoMeans().MinimumDetectableEffect(22.021098, 22.021098, 0.90), 1e-6);
    }

    [Theory]
    [InlineData(20, 30, 0.7, 1)]
    [InlineData(3, 4, 2.5, 1)]
    [InlineData(2, 2, 0, 1)]
    [InlineData(400, 2000, 0.1, 1.8)]
    [InlineData(50, 10, 1.5, 0.6)]
    public void Power_AnySizes_IsTheSeriesOfAS243(int treated, int comparison, double difference, double inflation)
    {
        foreach (var alpha in new[] { 0.05, 0.001 })
        {
            var plan = new TwoMeans { Alpha = alpha, Inflation = inflation, StandardDeviation = 1.3 };
            var df = treated + comparison - 2;
            var ncp = difference / (1.3 * Math.Sqrt(inflation * ((1.0 / treated) + (1.0 / comparison))));
            var critical = -StudentT.InvCDF(0, 1, df, alpha / 2);
            Assert.Equal(1 - LowerBySeries(critical, df, ncp), plan.Power(treated, comparison, difference), 1e-9);
            Assert.Equal(plan.Power(treated, comparison, difference), plan.Power(treated, comparison, -difference));
            var strict = plan with { Strict = true };
            Assert.Equal(
                plan.Power(treated, comparison, difference) + LowerBySeries(-critical, df, ncp),
                strict.Power(treated, comparison, difference), 1e-9);
        }
    }

    [Fact]
    public void Treated_ThenPower_RoundTrips()
    {
        var plan = new TwoMeans { StandardDeviation = 4, Inflation = 1.4 };
        var n = plan.Treated(1.2, 0.8, ratio: 3);
        Assert.Equal(0.8, plan.Power(n, 3 * n, 1.2), 1e-10);
        Assert.Equal(1.2, plan.MinimumDetectableEffect(n, 3 * n), 1e-8);
        Assert.Equal(2, new TwoMeans().Treated(100, 0.8));
        // Variance 1.96 times as large takes nearly 1.96 times as many.
        Assert.Equal(1.96, (plan with { Inflation = 1.4 * 1.96 }).Treated(1.2, 0.8, 3) / n, 0.01);
    }

    [Fact]
    public void Power_Clusters_IsWhatSimulatedTrialsHave()
    {
        const int clusters = 12, size = 10;
        const double icc = 0.1, difference = 0.45;
        var inflation = VarianceInflation.FromClusters(size, icc);
        var plan = new TwoMeans { Inflation = inflation, DegreesOfFreedom = (2 * clusters) - 2, Strict = true };
        var expected = plan.Power(clusters * size, clusters * size, difference);
        var critical = -StudentT.InvCDF(0, 1, (2 * clusters) - 2, 0.025);
        var simulated = SimulatedPower.Run(
            random =>
            {
                var means = new double[2 * clusters];
                for (var c = 0; c < means.Length; c++)
                {
                    var shared = Math.Sqrt(icc) * random.NextNormal();
                    for (var i = 0; i < size; i++) means[c] += (shared + (Math.Sqrt(1 - icc) * random.NextNormal())) / size;
                    if (c < clusters) means[c] += difference;
                }

                return Math.Abs(TStatistic(means[..clusters], means[clusters..])) > critical;
            },
            6000,
            99,
            cancellationToken: TestContext.Current.CancellationToken).Value();
        Assert.InRange(expected, 0.5, 0.9);
        Assert.InRange(simulated.Power - expected, -4 * simulated.MonteCarloError, 4 * simulated.MonteCarloError);
    }

    [Fact]
    public void PairedMeans_FormulaAndSimulation_Agree()
    {
        const double correlation = 0.6;
        var plan = new PairedMeans { DifferenceDeviation = Math.Sqrt(2 * VarianceInflation.FromMatching(correlation)) };
        var critical = -StudentT.InvCDF(0, 1, 24, 0.025);
        Assert.Equal(
            1 - LowerBySeries(critical, 24, 5 * 0.5 / plan.DifferenceDeviation), plan.Power(25, 0.5), 1e-9);
        var simulated = SimulatedPower.Run(
            random =>
            {
                double sum = 0, squares = 0, own = Math.Sqrt(1 - correlation);
                for (var i = 0; i < 25; i++)
                {
                    var shared = random.NextNormal() * Math.Sqrt(correlation);
                    var d = (0.5 + shared + (own * random.NextNormal())) - (shared + (own * random.NextNormal()));
                    sum += d;
                    squares += d * d;
                }

                var mean = sum / 25;
                return mean / Math.Sqrt((squares - (25 * mean * mean)) / 24 / 25) > critical;
            },
            6000,
            7,
            cancellationToken: TestContext.Current.CancellationToken).Value();
        Assert.InRange(simulated.Power - plan.Power(25, 0.5), -4 * simulated.MonteCarloError, 4 * simulated.MonteCarloError);
        var pairs = plan.Pairs(0.5, 0.8);
        Assert.Equal(0.8, plan.Power(pairs, 0.5), 1e-10);
        Assert.Equal(0.5, plan.MinimumDetectableEffect(pairs), 1e-8);
    }

    [Fact]
    public void Power_BadArguments_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TwoMeans().Power(1, 20, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TwoMeans { Alpha = 0 }.Power(20, 20, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TwoMeans { StandardDeviation = 0 }.Power(20, 20, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TwoMeans().Treated(0, 0.8));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TwoMeans().Treated(1, 0.04));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TwoMeans().Treated(1e-9, 0.8));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairedMeans().Power(1, 1));
    }

    // Lenth (1989), algorithm AS 243, as R's pt has it.
    private static double LowerBySeries(double t, double df, double ncp)
    {
        if (t < 0) return 1 - LowerBySeries(-t, df, -ncp);
        var x = t * t / ((t * t) + df);
        var (a, b, lambda) = (0.5, df / 2, ncp * ncp);
        var p = 0.5 * Math.Exp(-lambda / 2);
        var q = Math.Sqrt(2 / Math.PI) * p * ncp;
        var rxb = Math.Pow(df / ((t * t) + df), b);
        var odd = SpecialFunctions.BetaRegularized(a, b, x);
        var beta = Math.Log(Math.Sqrt(Math.PI)) + SpecialFunctions.GammaLn(b) - SpecialFunctions.GammaLn(b + 0.5);
        var godd = 2 * rxb * Math.Exp((a * Math.Log(x)) - beta);
        var even = 1 - rxb;
        var geven = b * x * rxb;
        var sum = (p * odd) + (q * even);
        for (var i = 1; i < 2000; i++)
        {
            a++;
            odd -= godd;
            even -= geven;
            godd *= x * (a + b - 1) / a;
            geven *= x * (a + b - 0.5) / (a + 0.5);
            p *= lambda / (2 * i);
            q *= lambda / ((2 * i) + 1);
            sum += (p * odd) + (q * even);
        }

        return sum + Normal.CDF(0, 1, -ncp);
    }

    private static double TStatistic(double[] a, double[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        var pooled = (a.Sum(v => (v - meanA) * (v - meanA)) + b.Sum(v => (v - meanB) * (v - meanB))) / (a.Length + b.Length - 2);
        return (meanA - meanB) / Math.Sqrt(pooled * ((1.0 / a.Length) + (1.0 / b.Length)));
    }
}
