using SiOutcomeLab.Statistics.Pooling.EffectSizes;
using SiOutcomeLab.Statistics.Pooling.Profiling;

namespace SiOutcomeLab.Statistics.Tests.Pooling;

public sealed class ProfilingTests
{
    [Theory]
    [InlineData(3, 11)]
    [InlineData(0, 7)]
    [InlineData(9, 9)]
    public void ClopperPearson_Ends_HaveTailsOfTwoAndAHalfPerCent(int events, int persons)
    {
        var range = BinomialInterval.ClopperPearson(events, persons);
        var upper = Enumerable.Range(events, persons - events + 1).Sum(x => Binomial(x, persons, range.Low));
        if (events > 0) Assert.Equal(0.025, upper, 1e-10);
        else Assert.Equal(0, range.Low);
        if (events < persons) Assert.Equal(0.025, Enumerable.Range(0, events + 1).Sum(x => Binomial(x, persons, range.High)), 1e-10);
        else Assert.Equal(1, range.High);
    }

    [Fact]
    public void Binomial_Limits_AreTheFirstCountsPastTheTails()
    {
        var range = FunnelLimits.Binomial(37, 0.3);
        var (low, high) = ((int)Math.Round(range.Low * 37), (int)Math.Round(range.High * 37));
        double Lower(int x) => Enumerable.Range(0, x + 1).Sum(i => Binomial(i, 37, 0.3));
        Assert.True(Lower(low) >= 0.025 && Lower(low - 1) < 0.025);
        Assert.True(Lower(high) >= 0.975 && Lower(high - 1) < 0.975);
    }

    [Fact]
    public void GammaPoisson_AndBetaBinomial_AreTheHighestPointsOfTheirLikelihoods()
    {
        int[] x = [3, 0, 9, 14, 2, 7], n = [20, 15, 18, 25, 30, 12];
        double[] e = [4, 3, 4.5, 6, 7, 3];
        var gamma = GammaPoisson.Fit(x, e).Value();
        var beta = BetaBinomial.Fit(x, n).Value();
        Assert.Equal(GammaValue(x, e, gamma.Shape, gamma.Mean), gamma.LogLikelihood, 1e-9);
        Assert.Equal(BetaValue(x, n, beta.Alpha, beta.Beta), beta.LogLikelihood, 1e-9);
        foreach (var (a, b) in new[] { (1.001, 1.0), (0.999, 1.0), (1.0, 1.001), (1.0, 0.999) })
        {
            Assert.True(GammaValue(x, e, a * gamma.Shape, b * gamma.Mean) < gamma.LogLikelihood);
            Assert.True(BetaValue(x, n, a * beta.Alpha, b * beta.Beta) < beta.LogLikelihood);
        }
    }

    [Fact]
    public void EmpiricalBayes_NoMoreSpreadThanChance_IsRefused()
    {
        Assert.Equal(NotEstimableReason.NoVariation, GammaPoisson.Fit([5, 5, 5, 5], [5, 5, 5, 5]).Refusal().Reason);
        Assert.Equal(NotEstimableReason.NoVariation, BetaBinomial.Fit([5, 5, 5, 5], [10, 10, 10, 10]).Refusal().Reason);
    }

    [Fact]
    public void RiskDifference_ManySmallStrata_IsUnbiasedWithTheErrorItSays()
    {
        var random = new Random(6);
        double sum = 0, squares = 0, claimed = 0;
        const int Rounds = 1000;
        for (var round = 0; round < Rounds; round++)
        {
            var tables = Enumerable.Range(0, 40).Select(_ =>
            {
                var p = 0.05 + (0.4 * random.NextDouble());
                var a = Enumerable.Range(0, 6).Count(_ => random.NextDouble() < p + 0.15);
                var c = Enumerable.Range(0, 9).Count(_ => random.NextDouble() < p);
                return new TwoByTwo(a, 6 - a, c, 9 - c);
            }).ToArray();
            var effect = MantelHaenszel.RiskDifference(tables).Value();
            sum += effect.Estimate / Rounds;
            squares += effect.Estimate * effect.Estimate / Rounds;
            claimed += effect.StandardError / Rounds;
        }

        var spread = Math.Sqrt(squares - (sum * sum));
        Assert.Equal(0.15, sum, 4 * spread / Math.Sqrt(Rounds));
        // A standard deviation from 1000 rounds is good to 2.2 %.
        Assert.Equal(1, claimed / spread, 0.08);
    }

    private static double Binomial(int x, int n, double p)
    {
        var value = Math.Pow(1 - p, n - x) * Math.Pow(p, x);
        for (var i = 0; i < x; i++) value *= (n - i) / (double)(i + 1);
        return value;
    }

    private static double GammaValue(int[] x, double[] e, double a, double mu) => x.Select((count, j) =>
        LogGamma(count + a) - LogGamma(a) - LogGamma(count + 1) + (a * Math.Log(a / (a + (mu * e[j]))))
        + (count * Math.Log(mu * e[j] / (a + (mu * e[j]))))).Sum();

    private static double BetaValue(int[] x, int[] n, double a, double b) => x.Select((count, j) =>
        LogGamma(n[j] + 1) - LogGamma(count + 1) - LogGamma(n[j] - count + 1) + LogGamma(count + a) + LogGamma(n[j] - count + b)
        - LogGamma(n[j] + a + b) - LogGamma(a) - LogGamma(b) + LogGamma(a + b)).Sum();

    // Stirling's series after shifting the argument beyond 20.
    private static double LogGamma(double x)
    {
        var shift = 0.0;
        for (; x < 20; x++) shift -= Math.Log(x);
        var inverse = 1 / x;
        var series = inverse * ((1.0 / 12) - (inverse * inverse * ((1.0 / 360) - (inverse * inverse / 1260))));
        return shift + ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + series;
    }
}
