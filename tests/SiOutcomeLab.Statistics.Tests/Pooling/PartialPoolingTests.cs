using SiOutcomeLab.Statistics.Pooling;

namespace SiOutcomeLab.Statistics.Tests.Pooling;

public sealed class PartialPoolingTests
{
    // Rubin (1981), Journal of Educational Statistics 6(4), table 1: coaching in eight schools.
    private static readonly EstimateSet Schools = EstimateSet.Independent(
        [28.39, 7.94, -2.75, 6.82, -0.64, 0.63, 18.01, 12.16],
        [14.9 * 14.9, 10.2 * 10.2, 16.3 * 16.3, 11 * 11, 9.4 * 9.4, 11.4 * 11.4, 10.4 * 10.4, 17.6 * 17.6]);

    /// <summary>
    /// Röver, An introduction to meta-analysis using the bayesmeta package: half-Cauchy prior of scale 25 on τ, N(0, 50²) on μ. The package
    /// sums over a grid of its own, made to differ little (its delta is 0.01), so that its last printed digits are not the integral's.
    /// </summary>
    [Fact]
    public void Naive_EightSchoolsWithThePublishedPriors_IsWhatBayesmetaPrints()
    {
        var naive = new NaivePartialPooling(Schools, tau => 1 / (1 + (tau * tau / 625)), 50, 10, 4000);

        Assert.Equal(5.884511, naive.MeanTau, 0.01);
        Assert.Equal(7.985729, naive.Pooled.Mean, 1e-3);
        Assert.Equal(4.995762, naive.Pooled.Error, 2e-3);
        Assert.Equal(7.962961, naive.Pooled.Quantile(0.5), 1e-3);
        Assert.Equal(16.11009, naive.Pooled.Quantile(0.95), 3e-3);
        Assert.Equal(0.9487521, naive.Pooled.Above(0), 1e-4);
        (int School, double Mean, double Error, double Median)[] effects =
            [(0, 11.095255, 7.901084, 10.093581), (6, 10.336032, 6.631039, 9.786985), (7, 8.474644, 7.456906, 8.266594)];
        Assert.All(effects, e =>
        {
            Assert.Equal(e.Mean, naive.Effect(e.School).Mean, 0.01);
            Assert.Equal(e.Error, naive.Effect(e.School).Error, 0.01);
            Assert.Equal(e.Median, naive.Effect(e.School).Quantile(0.5), 0.02);
        });
    }

    [Fact]
    public void Naive_FlatPrior_IsTheLimitOfAWideOne()
    {
        var (flat, wide) = (new NaivePartialPooling(Schools, _ => 1, null, 10, 2000), new NaivePartialPooling(Schools, _ => 1, 1e4, 10, 2000));

        Assert.Equal(flat.Effect(0).Mean, wide.Effect(0).Mean, 1e-3);
        Assert.Equal(flat.Effect(0).Error, wide.Effect(0).Error, 1e-3);
        Assert.Equal(flat.Further.Quantile(0.9), wide.Further.Quantile(0.9), 1e-3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Fit_AnyEstimates_EqualsTheNaiveSum(int which)
    {
        var set = which switch
        {
            0 => Schools,
            1 => Sources.Correlated(6, 4),
            2 => Sources.Independent(3, 9, tau: 3),
            _ => Sources.Independent(12, 5, tau: 0),
        };

        // √tr M⁻² is the root of the sum of the squares of all elements of M⁻¹.
        var unit = Math.Sqrt(set.Variances.ToArray().Average());
        var dense = new DensePooling(set);
        var naive = new NaivePartialPooling(
            set, tau => tau * Math.Sqrt(dense.Weight(tau * tau).Cast<double>().Sum(w => w * w)), null, unit, 4000);

        var told = PartialPooling.Fit(set, 0.9).Value();

        for (var i = 0; i < set.Count; i++)
        {
            var (effect, deviation, mine) = (naive.Effect(i), naive.Deviation(i), told.Sources[i]);
            Assert.Equal(effect.Mean, mine.Estimate, 2e-5 * unit);
            Assert.Equal(effect.Error, mine.StandardError, 2e-5 * unit);
            Assert.Equal(effect.Quantile(0.05), mine.Low, 2e-5 * unit);
            Assert.Equal(effect.Quantile(0.95), mine.High, 2e-5 * unit);
            Assert.Equal(deviation.Above(0), mine.ProbabilityAbove, 2e-5);
            Assert.Equal(naive.Kept(i), mine.Kept, 2e-5);
        }

        Assert.Equal(naive.Further.Quantile(0.05), told.Further.Low, 5e-5 * unit);
        Assert.Equal(naive.Further.Quantile(0.95), told.Further.High, 5e-5 * unit);
    }

    [Fact]
    public void Fit_OtherUnitOrder_IsTheSameInThatUnitAndOrder()
    {
        var plain = PartialPooling.Fit(Schools).Value();
        var other = PartialPooling.Fit(EstimateSet.Independent(
            [.. Schools.Estimates.ToArray().Reverse().Select(y => 1000 * (y + 7))],
            [.. Schools.Variances.ToArray().Reverse().Select(v => 1e6 * v)])).Value();

        Assert.Equal(1000 * (plain.Further.Low + 7), other.Further.Low, 1e-6);
        for (var i = 0; i < 8; i++)
        {
            var (a, b) = (plain.Sources[i], other.Sources[7 - i]);
            Assert.Equal(1000 * (a.Estimate + 7), b.Estimate, 1e-6);
            Assert.Equal(1000 * (a.High + 7), b.High, 1e-6);
            Assert.Equal(a.Kept, b.Kept, 1e-9);
            Assert.Equal(a.ProbabilityAbove, b.ProbabilityAbove, 1e-9);
        }
    }

    [Fact]
    public void Fit_MuchAndNoHeterogeneity_KeepsOwnEstimatesOrHardlyAnything()
    {
        var apart = PartialPooling.Fit(EstimateSet.Independent([-1000, 0, 10, 990], [1, 1, 1, 1])).Value();
        double[] near = [.. Enumerable.Range(0, 100).Select(i => 1 + (i % 2 * 1e-3))];
        var alike = PartialPooling.Fit(EstimateSet.Independent(near, [.. near.Select(_ => 1.0)])).Value();

        Assert.All(apart.Sources, s => Assert.InRange(s.Kept, 0.9999, 1));
        Assert.Equal(-1000, apart.Sources[0].Estimate, 0.01);
        Assert.Equal(1.96, apart.Sources[0].High - apart.Sources[0].Estimate, 0.01);
        Assert.InRange(apart.Sources[3].ProbabilityAbove, 0.93, 1);
        Assert.All(alike.Sources, s => Assert.InRange(s.Kept, 0, 0.03));
        Assert.All(alike.Sources, s => Assert.Equal(0.5, s.ProbabilityAbove, 0.01));
    }

    // A municipality in each of 400 countries of k, with I² as said: the intervals of what it is and of what the next is, τ² as known and not.
    [Theory]
    [InlineData(4, 0.3)]
    [InlineData(8, 0)]
    [InlineData(8, 0.5)]
    [InlineData(20, 0.7)]
    public void Fit_KnownTruth_CoversWhereTakingTauAsKnownDoesNot(int k, double share)
    {
        const int Rounds = 400;
        var random = new Random(100 + k);
        int own = 0, next = 0, plainNext = 0;
        double squares = 0, plainSquares = 0, claimed = 0, above = 0, plain = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var v = Enumerable.Range(0, k).Select(_ => Math.Exp((1.8 * random.NextDouble()) - 0.9)).ToArray();
            var (sum, sumOfSquares) = (v.Sum(x => 1 / x), v.Sum(x => 1 / (x * x)));
            var tau = Math.Sqrt((k - 1) * sum / ((sum * sum) - sumOfSquares) * share / (1 - share));
            var truth = v.Select(_ => 2 + (tau * Simulated.Normal(random))).ToArray();
            var set = EstimateSet.Independent([.. truth.Zip(v, (t, x) => t + (Math.Sqrt(x) * Simulated.Normal(random)))], v);
            var further = 2 + (tau * Simulated.Normal(random));

            var (told, model) = (PartialPooling.Fit(set).Value(), RandomEffects.Fit(set).Value());

            var usual = Shrinkage.Of(model);
            var prediction = model.Predict(PredictionKind.HigginsThompsonSpiegelhalter);
            if (told.Further.Low <= further && further <= told.Further.High) next++;
            if (prediction.PredictionLow <= further && further <= prediction.PredictionHigh) plainNext++;
            for (var i = 0; i < k; i++)
            {
                if (told.Sources[i].Low <= truth[i] && truth[i] <= told.Sources[i].High) own++;
                if (usual[i].Low <= truth[i] && truth[i] <= usual[i].High) plain++;
                squares += Math.Pow(told.Sources[i].Estimate - truth[i], 2);
                plainSquares += Math.Pow(usual[i].Estimate - truth[i], 2);
                claimed += told.Sources[i].ProbabilityAbove;
                if (truth[i] > 2) above++;
            }
        }

        TestContext.Current.SendDiagnosticMessage(
            $"k {k}, I² {share}: own {own / (double)(k * Rounds):0.000} ({plain / (k * Rounds):0.000}), next {next / (double)Rounds:0.000} "
            + $"({plainNext / (double)Rounds:0.000}), squares {squares / plainSquares:0.000}");
        // Four standard errors of a share of 0.94 in 400 countries are 0.048; a country's own intervals hold or miss together in part.
        Assert.InRange(own / (double)(k * Rounds), 0.92, 1);
        Assert.InRange(next / (double)Rounds, 0.89, 1);
        Assert.True(k > 8 || own > plain);
        Assert.True(share == 0 || Math.Abs(claimed - above) < 0.03 * k * Rounds);
    }

    [Fact]
    public void Fit_TooLittle_IsRefusedOrNotEstimable()
    {
        Assert.Equal(NotEstimableReason.TooFewObservations, PartialPooling.Fit(EstimateSet.Independent([1], [1])).Refusal().Reason);
        Assert.Equal(NotEstimableReason.Collinear, PartialPooling.Fit(EstimateSet.Correlated([1, 2], [1, 1, 1, 1])).Refusal().Reason);
        Assert.Throws<ArgumentException>(() => PartialPooling.Fit(Sources.Independent(8, 1, moderator: true)));
        Assert.Throws<ArgumentOutOfRangeException>(() => PartialPooling.Fit(Schools, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PartialPooling.Fit(Schools, 0));
    }
}
