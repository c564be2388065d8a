using SiOutcomeLab.Statistics.Matching;

namespace SiOutcomeLab.Statistics.Tests.Matching;

public sealed class MahalanobisMatchingTests
{
    [Theory]
    [InlineData(MatchingOrder.LargestFirst)]
    [InlineData(MatchingOrder.SmallestFirst)]
    [InlineData(MatchingOrder.AsGiven)]
    [InlineData(MatchingOrder.ClosestFirst)]
    [InlineData(MatchingOrder.FarthestFirst)]
    public void Match_RandomSamplesWithTies_AgreesWithBruteForce(MatchingOrder order)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            // Several leaves, and few distinct values in each column: ties, whole rows alike.
            var n = random.Next(4, 250);
            var p = random.Next(1, 6);
            double[] values = [.. Enumerable.Range(0, n * p).Select(_ => (double)random.Next(seed % 5 == 0 ? 3 : 1000))];
            bool[] treated = [.. Enumerable.Range(0, n).Select(i => i == 0 || (i > 1 && random.Next(3) == 0))];
            long[] key = [.. Enumerable.Range(0, n).Select(i => (long)i * 3)];
            random.Shuffle(key);
            double[] measure = [.. Enumerable.Range(0, n).Select(_ => random.Next(40) / 16.0)];
            int[] strata = [.. Enumerable.Range(0, n).Select(_ => seed % 3 == 0 ? random.Next(3) * 7 : 0)];
            var width = seed % 4 == 0 ? double.PositiveInfinity : random.Next(1, 12) / 16.0;
            var options = new NearestNeighbourOptions
            {
                Order = order,
                Ratio = random.Next(1, 4),
                Replacement = seed % 2 == 0,
                MaximumReuse = seed % 6 == 0 ? 2 : null,
                Caliper = double.IsFinite(width) ? Caliper.Raw(width) : null
            };
            var x = new DesignMatrix(n, [.. Enumerable.Range(0, p).Select(j => $"x{j}")], values);
            var space = Whitening.Of(x, treated, DistanceMetric.OverallMahalanobis, default);
            var expected = CovariateBruteForce.Match(space.Values, space.Columns, treated, key, options, measure, width, strata);
            var answer = MahalanobisMatching.Match(x, treated, key, options, DistanceMetric.OverallMahalanobis, measure, strata);
            if (expected.Count == 0) Assert.Equal(NotEstimableReason.TooFewMatches, answer.Refusal().Reason);
            else Assert.Equal(expected, NearestNeighbourTests.Pairs(answer.Value()));
        }
    }

    [Theory]
    [InlineData(DistanceMetric.Mahalanobis)]
    [InlineData(DistanceMetric.OverallMahalanobis)]
    public void Whitening_SomeRows_GivesTheFormulasDistance(DistanceMetric metric)
    {
        var data = Simulated.Draw(300, 8);
        var space = Whitening.Of(data.X, data.Treated, metric, default);
        var columns = Enumerable.Range(0, 3).Select(j => data.X.Column(j).ToArray()).ToArray();
        var within = metric == DistanceMetric.Mahalanobis;
        var covariance = new double[3, 3];
        for (var j = 0; j < 3; j++)
        {
            for (var k = 0; k < 3; k++)
            {
                var sum = 0.0;
                for (var i = 0; i < 300; i++) sum += Centred(j, i) * Centred(k, i);
                covariance[j, k] = sum / (within ? 298 : 299);
            }
        }

        double[] gap = [.. Enumerable.Range(0, 3).Select(j => columns[j][5] - columns[j][9])];
        var inverse = SlowAlgebra.Invert(covariance);
        var expected = Enumerable.Range(0, 9).Sum(jk => gap[jk / 3] * inverse[jk / 3, jk % 3] * gap[jk % 3]);
        var actual = Enumerable.Range(0, 3).Sum(d => Math.Pow(space.Values[(5 * 3) + d] - space.Values[(9 * 3) + d], 2));
        Assert.Equal(expected, actual, 1e-10);

        double Centred(int j, int i) =>
            columns[j][i] - columns[j].Where((_, r) => !within || data.Treated[r] == data.Treated[i]).Average();
    }

    [Fact]
    public void Match_RescaledAndDependentColumns_SamePairs()
    {
        var data = Simulated.Draw(400, 12);
        long[] key = [.. Enumerable.Range(0, 400).Select(i => (long)i)];
        var options = new NearestNeighbourOptions { Order = MatchingOrder.AsGiven, Ratio = 2 };
        var plain = MahalanobisMatching.Match(data.X, data.Treated, key, options).Value();
        // Turned axes, other units, and a fourth column that the others determine: the same distances.
        double[] a = data.X.Column(0).ToArray(), b = data.X.Column(1).ToArray(), c = data.X.Column(2).ToArray();
        var turned = DesignMatrix.FromColumns(
        [
            ("a", [.. a.Zip(b, (x, y) => (1000 * x) + (300 * y) - 7)]), ("b", [.. b.Zip(c, (x, y) => x - (2 * y))]),
            ("c", [.. c.Select(x => 5 - (0.01 * x))]), ("d", [.. a.Zip(c, (x, y) => x + y)])
        ]);
        Assert.Equal(
            NearestNeighbourTests.Pairs(plain),
            NearestNeighbourTests.Pairs(MahalanobisMatching.Match(turned, data.Treated, key, options).Value()));
    }

    [Fact]
    public void Match_OneOrTwoThreads_SameBytes()
    {
        var data = Simulated.Draw(6_000, 5);
        long[] key = [.. Enumerable.Range(0, 6_000).Select(i => (long)i)];
        var options = new NearestNeighbourOptions { Order = MatchingOrder.AsGiven };
        var one = MahalanobisMatching.Match(data.X, data.Treated, key, options, threads: 1).Value();
        var two = MahalanobisMatching.Match(data.X, data.Treated, key, options, threads: 2).Value();
        Assert.Equal(NearestNeighbourTests.Pairs(one), NearestNeighbourTests.Pairs(two));
        Assert.Equal(one.SumOfDistances, two.SumOfDistances);
    }

    [Fact]
    public void Match_OptionsThatNeedAMeasure_ThrowWithoutOne()
    {
        var data = Simulated.Draw(50, 5);
        var key = new long[50];
        Assert.Throws<ArgumentException>(() => MahalanobisMatching.Match(data.X, data.Treated, key, new()));
        Assert.Throws<ArgumentException>(() => MahalanobisMatching.Match(
            data.X, data.Treated, key, new() { Order = MatchingOrder.AsGiven, Caliper = Caliper.Raw(1) }));
    }

    [Fact]
    public void Match_ConstantCovariates_IsRefused()
    {
        var x = new DesignMatrix(4, ["x"], [1, 1, 1, 1]);
        var answer = MahalanobisMatching.Match(x, [true, false, true, false], [0, 1, 2, 3], new() { Order = MatchingOrder.AsGiven });
        Assert.Equal(NotEstimableReason.NoVariation, answer.Refusal().Reason);
    }
}
