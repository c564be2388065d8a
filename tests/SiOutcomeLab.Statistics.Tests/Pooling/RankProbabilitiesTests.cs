using SiOutcomeLab.Statistics.Pooling;

namespace SiOutcomeLab.Statistics.Tests.Pooling;

public sealed class RankProbabilitiesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_ManyDraws_AgreesWithExpectedRanksInClosedForm(bool correlated)
    {
        var set = correlated ? Sources.Correlated(7, 2) : Sources.Independent(7, 2);
        var ranks = RankProbabilities.Of(RandomEffects.Fit(set).Value(), 5, 20_000, 2, TestContext.Current.CancellationToken).Value();
        for (var i = 0; i < 7; i++)
        {
            var mean = Enumerable.Range(0, 7).Sum(r => (r + 1) * ranks.Probabilities[(i * 7) + r]);
            // A rank's spread is at most 3: four simulation errors.
            Assert.Equal(ranks.ExpectedRanks[i], mean, 0.085);
            Assert.Equal(1, Enumerable.Range(0, 7).Sum(r => ranks.Probabilities[(i * 7) + r]), 1e-12);
            Assert.Equal(1, Enumerable.Range(0, 7).Sum(r => ranks.Probabilities[(r * 7) + i]), 1e-12);
        }

        Assert.Equal(28, ranks.ExpectedRanks.Sum(), 1e-9);
    }

    [Fact]
    public void Of_OneAndTwoThreads_GivesTheSameBytes()
    {
        var model = RandomEffects.Fit(Sources.Correlated(6, 3)).Value();
        var one = RankProbabilities.Of(model, 9, 3000, 1, TestContext.Current.CancellationToken).Value();
        var two = RankProbabilities.Of(model, 9, 3000, 2, TestContext.Current.CancellationToken).Value();
        Assert.Equal(one.Probabilities, two.Probabilities);
        var other = RankProbabilities.Of(model, 10, 3000, 2, TestContext.Current.CancellationToken).Value();
        Assert.NotEqual(one.Probabilities, other.Probabilities);
    }

    [Fact]
    public void Of_NoHeterogeneity_IsRefused()
    {
        var model = RandomEffects.Fit(EstimateSet.Independent([1, 1.1, 0.9], [1, 1, 1]), new() { Test = PoolingTest.Normal }).Value();
        var refusal = RankProbabilities.Of(model, 1, 10, 1, TestContext.Current.CancellationToken).Refusal();
        Assert.Equal(NotEstimableReason.NoVariation, refusal.Reason);
    }
}
