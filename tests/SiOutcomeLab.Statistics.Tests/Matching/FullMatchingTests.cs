using SiOutcomeLab.Statistics.Matching;

namespace SiOutcomeLab.Statistics.Tests.Matching;

public sealed class FullMatchingTests
{
    private const double Tolerance = 1e-9;
    private static readonly Caliper Everybody = Caliper.Raw(1e6);

    [Fact]
    public void Match_SmallSamples_GivesTheSmallestTotalOfAllDivisions()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var (n1, n0) = (random.Next(1, 4), random.Next(1, 5));
            var sample = OptimalMatchingTests.Sample(random, n1, n0, seed % 2 == 0);
            var options = new FullMatchingOptions
            {
                MinimumControls = seed % 7 == 0 ? 2 : 1,
                MaximumControls = seed % 3 == 0 ? random.Next(2, 4) : null,
                MaximumTreated = seed % 5 == 0 ? random.Next(1, 3) : null
            };
            var omitted = seed % 4 == 0 ? 0.5 : 0;
            var expected = SmallestTotal(sample, options, (int)(omitted * n0));
            var routes = new List<FullMatchingOptions> { options with { OmittedShare = omitted, Caliper = Everybody } };
            if (omitted == 0) routes.Add(options);
            foreach (var route in routes)
            {
                var answer = Match(sample.Measure, sample.Treated, sample.Key, route);
                if (double.IsInfinity(expected)) Assert.Equal(NotEstimableReason.TooFewMatches, answer.Refusal().Reason);
                else Assert.Equal(expected, answer.Value().SumOfDistances, Tolerance);
            }
        }
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(4, null)]
    [InlineData(null, 2)]
    [InlineData(3, 1)]
    public void Match_LargerSamples_LeavesNoCycleThatLowersTheTotal(int? controls, int? treated)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var sample = OptimalMatchingTests.Sample(new Random(seed), 50, 110, seed % 2 == 0);
            var options = new FullMatchingOptions { MaximumControls = controls, MaximumTreated = treated };
            var sets = Match(sample.Measure, sample.Treated, sample.Key, options).Value();
            var network = Match(sample.Measure, sample.Treated, sample.Key, options with { Caliper = Everybody }).Value();
            Assert.Equal(sets.SumOfDistances, network.SumOfDistances, Tolerance);
            Assert.True(Residual(sets, sample.Treated, (t, c) => Math.Abs(sample.Measure[t] - sample.Measure[c]), controls, treated)
                .HasNoNegativeCycle(1e-12));
        }
    }

    [Fact]
    public void MatchOnCovariates_WithinCaliper_LeavesNoCycleThatLowersTheTotal()
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var data = Simulated.Draw(150, seed);
            double[] measure = data.X.Column(0).ToArray();
            long[] key = [.. Enumerable.Range(0, 150).Select(i => (long)i)];
            var sets = FullMatching.MatchOnCovariates(
                data.X, data.Treated, key, new() { Caliper = Caliper.Raw(0.8) }, DistanceMetric.Mahalanobis, measure,
                cancellationToken: TestContext.Current.CancellationToken).Value();
            var space = Whitening.Of(data.X, data.Treated, DistanceMetric.Mahalanobis, default);
            var residual = Residual(
                sets, data.Treated,
                (t, c) => Math.Abs(measure[t] - measure[c]) <= 0.8 ? OptimalMatchingTests.Distance(space, t, c) : double.PositiveInfinity,
                null, null);
            Assert.True(residual.HasNoNegativeCycle(Tolerance), $"seed {seed}");
        }
    }

    [Fact]
    public void Match_AllRowsInOnePlace_MakesSetsOfOneCentre()
    {
        bool[] treated = [.. Enumerable.Range(0, 30).Select(i => i % 3 == 0)];
        long[] key = [.. Enumerable.Range(0, 30).Select(i => (long)i)];
        foreach (var caliper in (Caliper?[])[null, Everybody])
        {
            var sets = Match(new double[30], treated, key, new() { Caliper = caliper }).Value();
            Assert.Equal(0, sets.SumOfDistances);
            Assert.All(sets.TreatedCounts.Zip(sets.ControlCounts), set => Assert.Equal(1, Math.Min(set.First, set.Second)));
            Assert.Equal(30, sets.TreatedMatched + sets.ControlsMatched);
        }
    }

    [Fact]
    public void Match_Weights_StandForTheTreatedOfTheSet()
    {
        // One treated with two controls, one control with two treated: controls weigh ½, ½ and 2, scaled to mean 1.
        double[] measure = [0, 0.1, 0.2, 5, 5.1, 5.2];
        var sets = Match(measure, [true, false, false, false, true, true], [0, 1, 2, 3, 4, 5], new()).Value();
        Assert.Equal([1, 0.5, 0.5, 2, 1, 1], sets.Weights.ToArray());
        Assert.Equal(2, sets.Sets);
        var everyone = Match(
            measure, [true, false, false, false, true, true], [0, 1, 2, 3, 4, 5], new() { Estimand = Estimand.Everyone }).Value();
        Assert.Equal([1.5, 0.75, 0.75, 1.5, 0.75, 0.75], everyone.Weights.ToArray());
    }

    private static Estimable<MatchedSets> Match(double[] measure, bool[] treated, long[] key, FullMatchingOptions options) =>
        FullMatching.Match(measure, treated, key, options, cancellationToken: TestContext.Current.CancellationToken);

    private static ResidualNetwork Residual(
        MatchedSets sets, bool[] treated, Func<int, int, double> distance, int? mostControls, int? mostTreated)
    {
        var set = sets.Subclasses.ToArray();
        int[] used = [.. Enumerable.Range(0, set.Length).Where(i => set[i] >= 0)];
        HashSet<(int, int)> joined =
        [
            .. used.Where(i => treated[i]).SelectMany(t => used.Where(c => !treated[c] && set[c] == set[t]).Select(c => (t, c)))
        ];
        return new ResidualNetwork(
            [.. used.Where(i => treated[i])], [.. used.Where(i => !treated[i])], joined, distance,
            (1, mostControls ?? int.MaxValue), (1, mostTreated ?? int.MaxValue));
    }

    // All sets of pairs that cover every row as the bounds ask.
    private static double SmallestTotal((double[] Measure, bool[] Treated, long[] Key) sample, FullMatchingOptions options, int omitted)
    {
        var treated = OptimalMatchingTests.Rows(sample.Treated, true);
        var controls = OptimalMatchingTests.Rows(sample.Treated, false);
        var best = double.PositiveInfinity;
        var mostTreated = options.MinimumControls > 1 ? 1 : options.MaximumTreated ?? int.MaxValue;
        for (var mask = 0; mask < 1 << (treated.Length * controls.Length); mask++)
        {
            var total = 0.0;
            var ofTreated = new int[treated.Length];
            var ofControl = new int[controls.Length];
            for (var bit = 0; bit < treated.Length * controls.Length; bit++)
            {
                if ((mask >> bit & 1) == 0) continue;
                var (i, j) = (bit / controls.Length, bit % controls.Length);
                ofTreated[i]++;
                ofControl[j]++;
                total += Math.Abs(sample.Measure[treated[i]] - sample.Measure[controls[j]]);
            }

            if (total < best
                && ofTreated.All(d => d >= options.MinimumControls && d <= (options.MaximumControls ?? int.MaxValue))
                && ofControl.All(d => d <= mostTreated) && ofControl.Count(d => d == 0) <= omitted)
            {
                best = total;
            }
        }

        return best;
    }
}
