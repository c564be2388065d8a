using SiOutcomeLab.Statistics.Matching;

namespace SiOutcomeLab.Statistics.Tests.Matching;

public sealed class OptimalMatchingTests
{
    // Distances count in steps of at most 1e-10 of the largest, and some rows may be off by one step each.
    private const double Tolerance = 1e-9;

    // A caliper that excludes nobody sends one number through the network instead of along the line.
    private static readonly Caliper Everybody = Caliper.Raw(1e6);

    [Fact]
    public void Match_SmallSamples_GivesTheSmallestTotalOfAllAssignments()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var (n1, n0) = (random.Next(1, 4), random.Next(1, 7));
            var sample = Sample(random, n1, n0, seed % 2 == 0);
            var ratio = random.Next(1, 3);
            var expected = SmallestTotal(sample, ratio);
            var line = Match(sample.Measure, sample.Treated, sample.Key, new() { Ratio = ratio }).Value();
            var network = Match(
                sample.Measure, sample.Treated, sample.Key, new() { Ratio = ratio, Caliper = Everybody }).Value();
            Assert.Equal(expected, line.SumOfDistances, Tolerance);
            Assert.Equal(expected, network.SumOfDistances, Tolerance);
            Assert.Equal(Math.Min(n0, ratio * n1), line.Pairs);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Match_LargerSamples_LeavesNoCycleThatLowersTheTotal(int ratio)
    {
        for (var seed = 0; seed < 6; seed++)
        {
            var random = new Random(seed);
            var sample = Sample(random, 40, 130, seed % 2 == 0);
            var line = Match(sample.Measure, sample.Treated, sample.Key, new() { Ratio = ratio }).Value();
            var (least, most, used) = ratio * 40 <= 130 ? (ratio, ratio, 0) : (3, 4, 1);
            var residual = new ResidualNetwork(
                Rows(sample.Treated, true), Rows(sample.Treated, false),
                [.. NearestNeighbourTests.Pairs(line).Select(pair => (pair.Treated, pair.Control))],
                (t, c) => Math.Abs(sample.Measure[t] - sample.Measure[c]), (least, most), (used, 1));
            Assert.True(residual.HasNoNegativeCycle(1e-12), $"seed {seed}");
        }
    }

    [Fact]
    public void MatchOnCovariates_SomeSamples_LeavesNoCycleThatLowersTheTotal()
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var data = Simulated.Draw(160, seed);
            long[] key = [.. Enumerable.Range(0, 160).Select(i => (long)i)];
            var sample = OptimalMatching.MatchOnCovariates(
                data.X, data.Treated, key, new(), cancellationToken: TestContext.Current.CancellationToken).Value();
            var space = Whitening.Of(data.X, data.Treated, DistanceMetric.Mahalanobis, default);
            var residual = new ResidualNetwork(
                Rows(data.Treated, true), Rows(data.Treated, false),
                [.. NearestNeighbourTests.Pairs(sample).Select(pair => (pair.Treated, pair.Control))],
                (t, c) => Distance(space, t, c), (1, 1), (0, 1));
            Assert.True(residual.HasNoNegativeCycle(Tolerance), $"seed {seed}");
            var greedy = MahalanobisMatching.Match(data.X, data.Treated, key, new() { Order = MatchingOrder.AsGiven }).Value();
            Assert.True(sample.SumOfDistances <= greedy.SumOfDistances);
        }
    }

    [Fact]
    public void Match_WithinCaliper_MatchesAsManyAsCanBe()
    {
        // 0 and 1 both reach only the control at 0.5; 5 reaches 5.2 and 4.9. Greedy from the largest would do as well, by luck.
        double[] measure = [0, 1, 5, 0.5, 4.9, 5.2];
        var sample = Match(
            measure, [true, true, true, false, false, false], [0, 1, 2, 3, 4, 5], new() { Caliper = Caliper.Raw(0.6) }).Value();
        Assert.Equal(2, sample.TreatedMatched);
        Assert.Equal(0.6, sample.SumOfDistances, Tolerance);

        // The one who could be matched best must give way, so that both are matched.
        double[] chain = [0, 1, 0.9, 1.9];
        var both = Match(chain, [true, true, false, false], [0, 1, 2, 3], new() { Caliper = Caliper.Raw(0.95) }).Value();
        Assert.Equal(2, both.TreatedMatched);
        Assert.Equal(1.8, both.SumOfDistances, Tolerance);
    }

    [Fact]
    public void Match_Strata_KeepsThem()
    {
        var random = new Random(4);
        var sample = Sample(random, 30, 60, ties: false);
        int[] strata = [.. Enumerable.Range(0, 90).Select(i => i % 3)];
        var line = Match(sample.Measure, sample.Treated, sample.Key, new(), strata).Value();
        var network = Match(sample.Measure, sample.Treated, sample.Key, new() { Caliper = Everybody }, strata).Value();
        Assert.All(NearestNeighbourTests.Pairs(line), pair => Assert.Equal(strata[pair.Treated], strata[pair.Control]));
        Assert.Equal(line.SumOfDistances, network.SumOfDistances, Tolerance);
    }

    [Fact]
    public void Match_PermutedAndRescaled_SameTotal()
    {
        var sample = Sample(new Random(9), 60, 150, ties: false);
        var total = Match(sample.Measure, sample.Treated, sample.Key, new()).Value().SumOfDistances;
        var permutation = new Permutation(210, 3);
        double[] scaled = [.. permutation.Of<double>(sample.Measure).Select(m => 7 - (3 * m))];
        var other = Match(scaled, permutation.Of<bool>(sample.Treated), permutation.Of<long>(sample.Key), new()).Value();
        Assert.Equal(3 * total, other.SumOfDistances, 1e-9);
    }

    private static Estimable<MatchedSample> Match(
        double[] measure, bool[] treated, long[] key, OptimalMatchingOptions options, int[]? strata = null) =>
        OptimalMatching.Match(measure, treated, key, options, strata, TestContext.Current.CancellationToken);

    internal static (double[] Measure, bool[] Treated, long[] Key) Sample(Random random, int treated, int controls, bool ties)
    {
        var n = treated + controls;
        bool[] arms = [.. Enumerable.Range(0, n).Select(i => i < treated)];
        random.Shuffle(arms);
        long[] key = [.. Enumerable.Range(0, n).Select(i => (long)i)];
        random.Shuffle(key);
        return ([.. Enumerable.Range(0, n).Select(_ => ties ? random.Next(20) / 8.0 : random.NextDouble())], arms, key);
    }

    internal static int[] Rows(bool[] treated, bool arm) => [.. Enumerable.Range(0, treated.Length).Where(i => treated[i] == arm)];

    internal static double Distance(Whitening space, int a, int b) => Math.Sqrt(
        Enumerable.Range(0, space.Columns)
            .Sum(d => Math.Pow(space.Values[(a * space.Columns) + d] - space.Values[(b * space.Columns) + d], 2)));

    // Each control in turn goes to one of the treated rows or to nobody.
    private static double SmallestTotal((double[] Measure, bool[] Treated, long[] Key) sample, int ratio)
    {
        var treated = Rows(sample.Treated, true);
        var controls = Rows(sample.Treated, false);
        var enough = controls.Length >= ratio * treated.Length;
        var least = enough ? ratio : controls.Length / treated.Length;
        var most = enough ? ratio : (controls.Length + treated.Length - 1) / treated.Length;
        var count = new int[treated.Length];
        return Go(0);

        double Go(int j)
        {
            if (j == controls.Length) return count.All(c => c >= least) ? 0 : double.PositiveInfinity;
            var best = enough ? Go(j + 1) : double.PositiveInfinity;
            for (var i = 0; i < treated.Length; i++)
            {
                if (count[i] == most) continue;
                count[i]++;
                best = Math.Min(best, Math.Abs(sample.Measure[treated[i]] - sample.Measure[controls[j]]) + Go(j + 1));
                count[i]--;
            }

            return best;
        }
    }
}
