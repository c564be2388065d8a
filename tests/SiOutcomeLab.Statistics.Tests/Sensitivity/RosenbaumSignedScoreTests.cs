using SiOutcomeLab.Statistics.Sensitivity;

namespace SiOutcomeLab.Statistics.Tests.Sensitivity;

public sealed class RosenbaumSignedScoreTests
{
    private static readonly double[] Few = [3, -1, 4, 1, 5, -9, 2, 6, 5, 0];

    [Theory]
    [InlineData(1)]
    [InlineData(1.7)]
    [InlineData(4)]
    public void Exactly_FewPairsWithTies_IsTheSumOverAllSignPatterns(double gamma)
    {
        var test = RosenbaumSignedScore.SignedRank(Few).Value();
        // |d| = 3 1 4 1 5 9 2 6 5 without the zero: by hand.
        double[] ranks = [4, 1.5, 5, 1.5, 6.5, 9, 3, 8, 6.5];
        Assert.Equal(34.5, test.Statistic);
        var (upper, lower) = (0.0, 0.0);
        for (var pattern = 0; pattern < 1 << ranks.Length; pattern++)
        {
            var positive = Enumerable.Range(0, ranks.Length).Where(i => (pattern >> i & 1) == 1).ToArray();
            if (positive.Sum(i => ranks[i]) < 34.5) continue;
            upper += Math.Pow(gamma, positive.Length) / Math.Pow(1 + gamma, ranks.Length);
            lower += Math.Pow(gamma, ranks.Length - positive.Length) / Math.Pow(1 + gamma, ranks.Length);
        }

        var exact = test.Exactly(gamma);
        Assert.Equal(upper, exact.PUpper, 1e-13);
        Assert.Equal(lower, exact.PLower, 1e-13);
        Assert.Null(exact.ZUpper);
    }

    [Fact]
    public void At_ManyPairs_IsNearTheExactBounds()
    {
        var random = new Random(3);
        double[] differences = [.. Enumerable.Range(0, 150).Select(_ => Simulated.Normal(random) + 0.3)];
        var test = RosenbaumSignedScore.SignedRank(differences).Value();
        foreach (var gamma in new[] { 1, 1.3, 2 })
        {
            // Skewness at p = 2/3 and a continuity of half a rank: some thousandths.
            Assert.Equal(test.Exactly(gamma).PUpper, test.At(gamma).PUpper, 5e-3);
            Assert.Equal(test.Exactly(gamma).PLower, test.At(gamma).PLower, 5e-3);
        }
    }

    [Fact]
    public void CriticalGamma_SignificantTest_IsWhereTheBoundReachesTheLevel()
    {
        var test = RosenbaumSignedScore.SignedRank([.. Enumerable.Range(1, 40).Select(i => i % 4 == 0 ? -i : (double)i)]).Value();
        foreach (var alpha in new[] { 0.05, 0.01 })
        {
            var gamma = test.CriticalGamma(alpha)!.Value;
            Assert.True(gamma > 1);
            Assert.Equal(alpha, test.At(gamma).PUpper, 1e-12);
        }

        var all = RosenbaumSignedScore.PermutationT([1, 2, 3, 4, 5, 6, 7, 8]).Value();
        Assert.Equal(0.05, all.At(all.CriticalGamma()!.Value).PUpper, 1e-12);
        Assert.Null(RosenbaumSignedScore.SignedRank(Few).Value().CriticalGamma(0.001));
    }

    [Fact]
    public void At_LargerBias_BoundsAreWider()
    {
        var test = RosenbaumSignedScore.PermutationT(Few).Value();
        // S = 36, T = 26, Q = 198: z = (26 − 18)/√(198/4) at Γ = 1.
        Assert.Equal(8 / Math.Sqrt(49.5), test.At(1).ZUpper!.Value, 1e-13);
        Assert.Equal(test.At(1).PUpper, test.At(1).PLower);
        Assert.True(test.At(2).PUpper > test.At(1.5).PUpper && test.At(2).PLower < test.At(1.5).PLower);
    }

    [Fact]
    public void SignedRank_RowOrderAndScale_ChangeNothing()
    {
        var expected = RosenbaumSignedScore.SignedRank(Few).Value().At(1.5);
        var shuffled = new Permutation(Few.Length, 5).Of<double>(Few);
        Assert.Equal(expected, RosenbaumSignedScore.SignedRank(shuffled).Value().At(1.5));
        Assert.Equal(expected, RosenbaumSignedScore.SignedRank([.. Few.Select(d => d * 1024)]).Value().At(1.5));
    }

    [Fact]
    public void SignedRank_BadInput_RefusesOrThrows()
    {
        Assert.Equal(NotEstimableReason.NoVariation, RosenbaumSignedScore.SignedRank([0, 0]).Refusal().Reason);
        Assert.Equal(NotEstimableReason.NoVariation, RosenbaumSignedScore.PermutationT([]).Refusal().Reason);
        Assert.Throws<ArgumentException>(() => RosenbaumSignedScore.SignedRank([1, double.NaN]));
        var test = RosenbaumSignedScore.SignedRank([1, 2]).Value();
        Assert.Throws<ArgumentOutOfRangeException>(() => test.At(0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => test.CriticalGamma(0.5));
        Assert.Throws<InvalidOperationException>(() => RosenbaumSignedScore.PermutationT([1, 2]).Value().Exactly(1));
    }
}
