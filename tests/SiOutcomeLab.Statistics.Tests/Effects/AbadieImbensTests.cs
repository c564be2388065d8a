using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Matching;

namespace SiOutcomeLab.Statistics.Tests.Effects;

public sealed class AbadieImbensTests
{
    [Theory]
    [InlineData(Estimand.Treated, null)]
    [InlineData(Estimand.Untreated, 2)]
    [InlineData(Estimand.Everyone, null)]
    [InlineData(Estimand.Everyone, 3)]
    public void Estimate_DiscreteCovariates_AgreesWithTheDoubleSums(Estimand estimand, int? own)
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            const int N = 60;
            double[] x = [.. Enumerable.Range(0, 2 * N).Select(_ => (double)random.Next(4))];
            bool[] treated = [.. Enumerable.Range(0, N).Select(i => random.Next(3) == 0 || i < 5)];
            double[] y = [.. Enumerable.Range(0, N).Select(i => random.NextDouble() + x[2 * i])];
            var options = new TiedMatchingOptions { Matches = random.Next(1, 4), Estimand = estimand, VarianceNeighbours = own };
            var matches = TiedMatching.Match(new DesignMatrix(N, ["a", "b"], x), treated, options).Value();
            var effect = AbadieImbens.Estimate(y, treated, matches).Value();
            var (estimate, variance) = DoubleSums(x, y, treated, options);
            Assert.Equal(estimate, effect.Estimate, 1e-12);
            Assert.Equal(Math.Sqrt(variance), effect.StandardError, 1e-12);
            Assert.Equal(effect.StandardError, Math.Sqrt(effect.InfluenceValues.ToArray().Sum(v => v * v)), 1e-12);
        }
    }

    [Fact]
    public void Estimate_OutcomeLinearInCovariates_BiasAdjustmentRecoversTheTruth()
    {
        // Without noise the regression knows what each row would have had: every row's effect is then exactly 3.
        var data = Simulated.Draw(300, 2);
        double[] y = [.. Enumerable.Range(0, 300).Select(i => 1 + (2 * data.X[i, 0]) - data.X[i, 1] + (data.Treated[i] ? 3 : 0))];
        y[0] += 1e-7;
        var matches = TiedMatching.Match(data.X, data.Treated, new() { Estimand = Estimand.Everyone }).Value();
        var effect = AbadieImbens.Estimate(y, data.Treated, matches, data.X).Value();
        Assert.Equal(3, effect.Estimate, 1e-8);
        Assert.NotEqual(3, AbadieImbens.Estimate(y, data.Treated, matches).Value().Estimate, 1e-3);
    }

    [Fact]
    public void Estimate_MatchedOnTheConfounder_CoversTheTruth()
    {
        // Matched on one covariate, where the estimator is consistent without adjustment.
        var covered = 0;
        const int Draws = 300;
        for (var seed = 0; seed < Draws; seed++)
        {
            var random = new Random(seed);
            const int N = 400;
            double[] x = [.. Enumerable.Range(0, N).Select(_ => Simulated.Normal(random))];
            bool[] treated = [.. x.Select(v => random.NextDouble() < 1 / (1 + Math.Exp(1 - (0.7 * v))))];
            double[] y = [.. x.Select((v, i) => v + (treated[i] ? 1 + (0.5 * v) : 0) + Simulated.Normal(random))];
            var matches = TiedMatching.Match(new DesignMatrix(N, ["x"], x), treated, new()).Value();
            var effect = AbadieImbens.Estimate(y, treated, matches).Value();
            if (effect.ConfidenceLow <= Truth && Truth <= effect.ConfidenceHigh) covered++;
        }

        // Three binomial standard errors of 300 draws.
        Assert.InRange(covered / (double)Draws, 0.95 - 0.038, 0.95 + 0.038);
    }

    [Fact]
    public void Match_OneOrTwoThreads_SameNeighbours()
    {
        var data = Simulated.Draw(500, 6);
        var one = TiedMatching.Match(data.X, data.Treated, new() { Matches = 3, Estimand = Estimand.Everyone }, threads: 1).Value();
        var two = TiedMatching.Match(data.X, data.Treated, new() { Matches = 3, Estimand = Estimand.Everyone }, threads: 2).Value();
        for (var i = 0; i < 500; i++) Assert.Equal(one.NeighboursOf(i).ToArray(), two.NeighboursOf(i).ToArray());
        Assert.Equal(one.Weights.ToArray(), two.Weights.ToArray());
    }

    [Fact]
    public void Match_TooFewRowsOrReach_IsRefused()
    {
        var x = new DesignMatrix(4, ["x"], [0, 1, 5, 6]);
        bool[] treated = [true, true, false, false];
        Assert.Equal(NotEstimableReason.TooFewObservations, TiedMatching.Match(x, treated, new() { Matches = 3 }).Refusal().Reason);
        Assert.Equal(
            NotEstimableReason.TooFewObservations, TiedMatching.Match(x, treated, new() { VarianceNeighbours = 2 }).Refusal().Reason);
        var caliper = new CovariateCaliper("x", new double[] { 0, 1, 5, 6 }, Caliper.Raw(2));
        Assert.Equal(
            NotEstimableReason.TooFewMatches, TiedMatching.Match(x, treated, new() { CovariateCalipers = [caliper] }).Refusal().Reason);
    }

    // 1 + 0.5 E[x e(x)] / E[e(x)] by a fine grid.
    private static readonly double Truth = 1 + (0.5 * Grid(v => v) / Grid(_ => 1));

    private static double Grid(Func<double, double> of)
    {
        var sum = 0.0;
        for (var v = -8.0; v <= 8; v += 0.001) sum += of(v) * Math.Exp(-v * v / 2) / (1 + Math.Exp(1 - (0.7 * v)));
        return sum;
    }

    private static (double Estimate, double Variance) DoubleSums(double[] x, double[] y, bool[] treated, TiedMatchingOptions options)
    {
        var n = y.Length;
        double[] scale = [.. Enumerable.Range(0, 2).Select(d => Deviation([.. Enumerable.Range(0, n).Select(i => x[(2 * i) + d])]))];
        double Square(int i, int j) => Enumerable.Range(0, 2).Sum(d => Math.Pow((x[(2 * i) + d] - x[(2 * j) + d]) / scale[d], 2));
        int[] Near(int i, bool arm, int count)
        {
            int[] others = [.. Enumerable.Range(0, n).Where(j => j != i && treated[j] == arm)];
            var last = others.Select(j => Square(i, j)).Order().ElementAt(count - 1);
            return [.. others.Where(j => Square(i, j) <= last + 1e-9)];
        }

        int[] asked =
        [
            .. Enumerable.Range(0, n)
                .Where(i => options.Estimand == Estimand.Everyone || treated[i] == (options.Estimand == Estimand.Treated))
        ];
        var near = asked.ToDictionary(i => i, i => Near(i, !treated[i], options.Matches));
        double Effect(int i) => (treated[i] ? 1 : -1) * (y[i] - near[i].Average(j => y[j]));
        var estimate = asked.Average(Effect);
        var common = asked.Average(i => near[i].Average(j => Math.Pow(((treated[i] ? 1 : -1) * (y[i] - y[j])) - estimate, 2))) / 2;
        double Sigma(int i) => options.VarianceNeighbours is { } count
            ? Math.Pow(Deviation([y[i], .. Near(i, treated[i], count).Select(j => y[j])]), 2)
            : common;
        double K(int j, int power) => asked.Where(i => near[i].Contains(j)).Sum(i => Math.Pow(1.0 / near[i].Length, power));
        var sum = asked.Sum(i => Math.Pow(Effect(i) - estimate, 2));
        for (var j = 0; j < n; j++)
        {
            var both = options.Estimand == Estimand.Everyone ? 2 * K(j, 1) : 0;
            sum += Sigma(j) * (Math.Pow(K(j, 1), 2) + both - K(j, 2));
        }

        return (estimate, sum / asked.Length / asked.Length);
    }

    private static double Deviation(double[] values) =>
        Math.Sqrt(values.Sum(v => Math.Pow(v - values.Average(), 2)) / (values.Length - 1));
}
