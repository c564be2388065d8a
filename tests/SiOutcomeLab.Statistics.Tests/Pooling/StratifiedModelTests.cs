using SiOutcomeLab.Statistics.Pooling.EffectSizes;
using SiOutcomeLab.Statistics.Pooling.OneStage;

namespace SiOutcomeLab.Statistics.Tests.Pooling;

public sealed class StratifiedModelTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LogOddsRatio_SmallTables_IsTheHighestPointOfAFixedFineGrid(bool random)
    {
        var tables = Draw(25, 1, 0.8, 0.7, 12);
        var fit = StratifiedModel.LogOddsRatio(
            tables, new() { RandomEffects = random, QuadraturePoints = 25 }, TestContext.Current.CancellationToken).Value();
        var best = Marginal(tables, fit.Effect.Estimate, fit.Tau);
        Assert.Equal(best, fit.LogLikelihood, 1e-6);
        const double H = 0.02;
        foreach (var (a, b) in new[] { (H, 0.0), (-H, 0.0), (0.0, H), (0.0, -H), (H, H) })
        {
            if (!random && b != 0) continue;
            Assert.True(Marginal(tables, fit.Effect.Estimate + a, Math.Abs(fit.Tau + b)) < best);
        }

        // The observed information by second differences of the brute-force likelihood, τ profiled through its cross term.
        double F(double a, double b) => Marginal(tables, fit.Effect.Estimate + a, fit.Tau + b);
        var muMu = (F(H, 0) - (2 * best) + F(-H, 0)) / (H * H);
        if (!random)
        {
            Assert.Equal(1 / Math.Sqrt(-muMu), fit.Effect.StandardError, 1e-3);
            return;
        }

        Assert.True(fit.Tau > 0.1);
        var tauTau = (F(0, H) - (2 * best) + F(0, -H)) / (H * H);
        var muTau = (F(H, H) - F(H, -H) - F(-H, H) + F(-H, -H)) / (4 * H * H);
        Assert.Equal(Math.Sqrt(-tauTau / ((muMu * tauTau) - (muTau * muTau))), fit.Effect.StandardError, 2e-3);
    }

    [Fact]
    public void LogRateRatio_FewEvents_IsTheHighestPointOfAFixedFineGrid()
    {
        var random = new Random(4);
        var strata = Enumerable.Range(0, 40).Select(_ =>
        {
            var theta = 0.4 + (0.9 * Simulated.Normal(random));
            double t1 = 1 + (3 * random.NextDouble()), t0 = 2 + (5 * random.NextDouble());
            return new RateTable(Poisson(random, 1.5 * t1 * Math.Exp(theta)), t1, Poisson(random, 1.5 * t0), t0);
        }).ToArray();
        var fit = StratifiedModel.LogRateRatio(strata, null, TestContext.Current.CancellationToken).Value();
        double F(double mu, double tau) => strata.Sum(s => Math.Log(Integrate(u =>
        {
            var eta = mu + (tau * u) + Math.Log(s.TreatedTime / s.ComparisonTime);
            return Math.Exp((s.TreatedEvents * eta) - ((s.TreatedEvents + s.ComparisonEvents) * Math.Log(1 + Math.Exp(eta))));
        })));
        var best = F(fit.Effect.Estimate, fit.Tau);
        Assert.True(fit.Tau > 0.3);
        foreach (var (a, b) in new[] { (0.02, 0.0), (-0.02, 0.0), (0.0, 0.02), (0.0, -0.02) })
        {
            Assert.True(F(fit.Effect.Estimate + a, fit.Tau + b) < best);
        }
    }

    [Fact]
    public void LogOddsRatio_RareEventsInManySmallStrata_CoversWhereAddedHalvesDoNot()
    {
        // 60 strata of 2 × 8 persons, 6 % events, true odds ratio 3: most tables hold a 0.
        int covered = 0, halves = 0;
        const int Rounds = 200;
        for (var round = 0; round < Rounds; round++)
        {
            var tables = Draw(60, 1000 + round, Math.Log(3), 0, 8, -2.75);
            var fit = StratifiedModel.LogOddsRatio(
                tables, new() { RandomEffects = false, Threads = 1 }, TestContext.Current.CancellationToken).Value().Effect;
            if (fit.ConfidenceLow <= Math.Log(3) && fit.ConfidenceHigh >= Math.Log(3)) covered++;
            var effects = tables.Select(t => t.LogOddsRatio()).ToArray();
            var weight = effects.Sum(e => 1 / e.Variance);
            var (mean, half) = (effects.Sum(e => e.Estimate / e.Variance) / weight, 1.96 / Math.Sqrt(weight));
            if (Math.Abs(mean - Math.Log(3)) <= half) halves++;
        }

        // 1.5 % is one simulation error.
        Assert.InRange(covered / (double)Rounds, 0.91, 0.985);
        Assert.True(halves / (double)Rounds < 0.8);
    }

    [Fact]
    public void LogOddsRatio_ThreadsAndSilentStrata_ChangeNothing()
    {
        var tables = Draw(30, 7, 0.5, 0.8, 15);
        var one = StratifiedModel.LogOddsRatio(tables, new() { Threads = 1 }, TestContext.Current.CancellationToken).Value();
        TwoByTwo[] more = [.. tables, new(0, 5, 0, 9), new(4, 0, 3, 0)];
        var two = StratifiedModel.LogOddsRatio(more, new() { Threads = 2 }, TestContext.Current.CancellationToken).Value();
        Assert.Equal(one.Effect, two.Effect);
        Assert.Equal(one.Tau, two.Tau);
        Assert.Equal(one.StrataSilent + 2, two.StrataSilent);
    }

    [Fact]
    public void LogOddsRatio_NoEventsOrOneSided_IsRefused()
    {
        var none = StratifiedModel.LogOddsRatio([new(0, 5, 0, 9)], null, TestContext.Current.CancellationToken).Refusal();
        Assert.Equal(NotEstimableReason.NoVariation, none.Reason);
        var sided = StratifiedModel.LogOddsRatio([new(2, 5, 0, 9), new(1, 3, 0, 4)], null, TestContext.Current.CancellationToken).Refusal();
        Assert.Equal(NotEstimableReason.Separation, sided.Reason);
        var rates = StratifiedModel.LogRateRatio([new(2, 5, 0, 9)], null, TestContext.Current.CancellationToken).Refusal();
        Assert.Equal(NotEstimableReason.Separation, rates.Reason);
    }

    [Fact]
    public void LogOddsRatio_TablesAlike_SaysNoHeterogeneity()
    {
        TwoByTwo[] tables = [.. Enumerable.Repeat(new TwoByTwo(6, 14, 3, 17), 10)];
        var fit = StratifiedModel.LogOddsRatio(tables, null, TestContext.Current.CancellationToken).Value();
        Assert.Equal((0.0, 1.0), (fit.Tau, fit.HeterogeneityPValue));
        var common = StratifiedModel.LogOddsRatio(tables, new() { RandomEffects = false }, TestContext.Current.CancellationToken).Value();
        Assert.Equal(common.Effect.Estimate, fit.Effect.Estimate, 1e-9);
        Assert.Equal(common.Effect.StandardError, fit.Effect.StandardError, 1e-7);
    }

    private static TwoByTwo[] Draw(int strata, int seed, double mean, double tau, int persons, double level = -1)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, strata).Select(_ =>
            {
                var own = level + (0.7 * Simulated.Normal(random));
                var theta = own + mean + (tau * Simulated.Normal(random));
                var a = Enumerable.Range(0, persons).Count(_ => random.NextDouble() < 1 / (1 + Math.Exp(-theta)));
                var c = Enumerable.Range(0, persons).Count(_ => random.NextDouble() < 1 / (1 + Math.Exp(-own)));
                return new TwoByTwo(a, persons - a, c, persons - c);
            })
        ];
    }

    private static int Poisson(Random random, double mean)
    {
        var (count, product) = (0, random.NextDouble());
        while (product > Math.Exp(-mean))
        {
            count++;
            product *= random.NextDouble();
        }

        return count;
    }

    // Sums over whole tables with factorials, integrated on a fixed grid: nothing adaptive, nothing conditional in closed form.
    private static double Marginal(TwoByTwo[] tables, double mu, double tau) => tables.Where(t => t.Events > 0 && t.Events < t.Persons)
        .Sum(t => Math.Log(tau == 0 ? Conditional(t, mu) : Integrate(u => Conditional(t, mu + (tau * u)))));

    private static double Conditional(TwoByTwo t, double theta)
    {
        double sum = 0, own = 0;
        for (var x = 0; x <= t.Events; x++)
        {
            if (x > t.Treated || t.Events - x > t.Comparison) continue;
            var term = Choose(t.Treated, x) * Choose(t.Comparison, t.Events - x) * Math.Exp(x * theta);
            sum += term;
            if (x == t.TreatedEvents) own = term;
        }

        return own / sum;
    }

    private static double Choose(double n, double k)
    {
        var product = 1.0;
        for (var i = 0; i < k; i++) product *= (n - i) / (i + 1);
        return product;
    }

    private static double Integrate(Func<double, double> f)
    {
        var sum = 0.0;
        for (var u = -8.0; u <= 8.0001; u += 0.05) sum += 0.05 * f(u) * Math.Exp(-u * u / 2) / Math.Sqrt(2 * Math.PI);
        return sum;
    }
}
