using SiOutcomeLab.Statistics.Matching;

namespace SiOutcomeLab.Statistics.Tests.Matching;

public sealed class NearestNeighbourTests
{
    [Theory]
    [InlineData(MatchingOrder.LargestFirst)]
    [InlineData(MatchingOrder.SmallestFirst)]
    [InlineData(MatchingOrder.AsGiven)]
    [InlineData(MatchingOrder.ClosestFirst)]
    [InlineData(MatchingOrder.FarthestFirst)]
    public void Match_RandomSamplesWithTies_AgreesWithBruteForce(MatchingOrder order)
    {
        for (var seed = 0; seed < 120; seed++)
        {
            var random = new Random(seed);
            var n = random.Next(4, 60);
            // Sixteenths are exact in binary and collide often: ties on both sides.
            double[] measure = [.. Enumerable.Range(0, n).Select(_ => random.Next(40) / 16.0)];
            bool[] treated = [.. Enumerable.Range(0, n).Select(i => i == 0 || (i > 1 && random.Next(3) == 0))];
            long[] key = [.. Enumerable.Range(0, n).Select(i => (long)i * 3)];
            random.Shuffle(key);
            int[] strata = [.. Enumerable.Range(0, n).Select(_ => seed % 3 == 0 ? random.Next(3) : 0)];
            var width = seed % 4 == 0 ? double.PositiveInfinity : random.Next(1, 12) / 16.0;
            var options = new NearestNeighbourOptions
            {
                Order = order,
                Ratio = random.Next(1, 4),
                Replacement = seed % 2 == 0,
                MaximumReuse = seed % 6 == 0 ? 2 : null,
                Caliper = double.IsFinite(width) ? Caliper.Raw(width) : null,
                CovariateCalipers = seed % 5 == 0
                    ? [new("x", Array.ConvertAll(measure, _ => (double)random.Next(9)), Caliper.Raw(random.Next(1, 5)))]
                    : []
            };
            var expected = BruteForceMatcher.Match(measure, treated, key, options, width, strata);
            var answer = NearestNeighbour.Match(measure, treated, key, options, strata);
            if (expected.Count == 0)
            {
                Assert.Equal(NotEstimableReason.TooFewMatches, answer.Refusal().Reason);
                continue;
            }

            Assert.Equal(expected, Pairs(answer.Value()));
        }
    }

    [Fact]
    public void Match_PermutedRows_SamePairsOfPersons()
    {
        var data = Simulated.Draw(800, 3);
        double[] measure = [.. Enumerable.Range(0, 800).Select(i => Math.Round(data.X[i, 0], 1))];
        long[] key = [.. Enumerable.Range(0, 800).Select(i => (long)i)];
        var options = new NearestNeighbourOptions { Ratio = 2, Caliper = Caliper.StandardDeviations(0.2) };
        var before = Pairs(NearestNeighbour.Match(measure, data.Treated, key, options).Value()).ToHashSet();
        var permutation = new Permutation(800, 4);
        var after = Pairs(NearestNeighbour.Match(
                permutation.Of<double>(measure), permutation.Of<bool>(data.Treated), permutation.Of<long>(key), options).Value())
            .Select(pair => (permutation[pair.Treated], pair.Pass, permutation[pair.Control])).ToHashSet();
        Assert.True(before.SetEquals(after));
    }

    [Fact]
    public void Match_CaliperBound_IsInclusive()
    {
        double[] measure = [1.0, 1.25];
        var inside = NearestNeighbour.Match(measure, [true, false], [0, 1], new() { Caliper = Caliper.Raw(0.25) }).Value();
        Assert.Equal(1, inside.Pairs);
        var outside = NearestNeighbour.Match(measure, [true, false], [0, 1], new() { Caliper = Caliper.Raw(0.2499) }).Refusal();
        Assert.Equal(NotEstimableReason.TooFewMatches, outside.Reason);
    }

    [Fact]
    public void Match_StandardDeviationCaliper_CountsAllRows()
    {
        double[] measure = [0, 1, 2, 5];
        // sd (n − 1) of 0, 1, 2, 5 is √(14/3).
        var sample = NearestNeighbour.Match(
            measure, [true, false, true, false], [0, 1, 2, 3], new() { Caliper = Caliper.StandardDeviations(0.5) });
        Assert.Equal(0.5 * Math.Sqrt(14 / 3.0), sample.Value().CaliperWidth, 1e-14);
    }

    [Fact]
    public void Match_VariableSets_GivesMatchItsWeights()
    {
        // Treated 0 takes rows 1 and 2, treated 3 takes row 4 only: weights ½, ½, 1 have mean ⅔ and are scaled by 1.5.
        double[] measure = [10, 10.1, 10.2, 0, 0.1];
        var sample = NearestNeighbour.Match(
            measure, [true, false, false, true, false], [0, 1, 2, 3, 4], new() { Ratio = 2, Caliper = Caliper.Raw(0.3) }).Value();
        Assert.Equal([1, 0.75, 0.75, 1, 1.5], sample.Weights.ToArray());
        Assert.Equal([0, 0, 0, 1, 1], sample.Subclasses.ToArray());
        Assert.Equal([4, -1], sample.ControlsOf(1).ToArray());
        Assert.Equal(3, sample.Pairs);
        Assert.Equal(0.4, sample.SumOfDistances, 1e-12);
    }

    [Fact]
    public void Match_MirroredNeighbours_LeftWinsDespiteRounding()
    {
        // 0.8 − 0.7 and 0.9 − 0.8 are equal on paper; in binary the right one is nearer by a last bit.
        Assert.True(0.9 - 0.8 < 0.8 - 0.7);
        var sample = NearestNeighbour.Match([0.8, 0.7, 0.9], [true, false, false], [0, 1, 2], new()).Value();
        Assert.Equal([1], sample.ControlsOf(0).ToArray());
    }

    [Fact]
    public void Match_BadArguments_Throws()
    {
        Assert.Throws<ArgumentException>(() => NearestNeighbour.Match([0.1], [true, false], [0], new()));
        Assert.Throws<ArgumentException>(() => NearestNeighbour.Match([0.1, double.NaN], [true, false], [0, 1], new()));
        Assert.Throws<ArgumentOutOfRangeException>(() => NearestNeighbour.Match([0.1, 0.2], [true, false], [0, 1], new() { Ratio = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Caliper.Raw(0));
        Assert.Equal(NotEstimableReason.NoComparison, NearestNeighbour.Match([0.1], [true], [0], new()).Refusal().Reason);
    }

    [Fact]
    public void Match_HundredThousandRows_IsNotQuadratic()
    {
        var data = Simulated.Draw(100_000, 6);
        long[] key = [.. Enumerable.Range(0, 100_000).Select(i => (long)i)];
        // All measures alike is the worst case for a search that walks past used controls.
        var sample = NearestNeighbour.Match(new double[100_000], data.Treated, key, new() { Ratio = 2 }).Value();
        Assert.Equal(data.Treated.Count(t => t), sample.TreatedMatched);
    }

    internal static List<(int Treated, int Pass, int Control)> Pairs(MatchedSample sample)
    {
        List<(int, int, int)> pairs = [];
        for (var i = 0; i < sample.TreatedRows.Count; i++)
        {
            var controls = sample.ControlsOf(i);
            for (var k = 0; k < controls.Length; k++)
            {
                if (controls[k] >= 0) pairs.Add((sample.TreatedRows[i], k, controls[k]));
            }
        }

        pairs.Sort();
        return pairs;
    }
}
