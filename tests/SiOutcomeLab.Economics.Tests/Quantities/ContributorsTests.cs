using SiOutcomeLab.Economics.Quantities;

namespace SiOutcomeLab.Economics.Tests.Quantities;

public sealed class ContributorsTests
{
    [Fact]
    public void Of_PersonsOfThreeMunicipalities_AreCountedByHand()
    {
        // Sum 100: municipality 1 has 60 + 0, 2 has 30, 3 has 10; the fifth has no weight and does not count.
        var found = Contributors.Of([60, 0, 30, 5, 999], [1, 1, 1, 2, 0], [1, 1, 2, 3, 4]);

        Assert.Equal(new Contributors(4, 3, 0.6, 3, 0.6, 0.9), found);
    }

    [Fact]
    public void Of_BothSigns_CountBySize() => Assert.Equal(0.5, Contributors.Of([-50, 50], null, [1, 2]).LargestPersonShare);

    [Fact]
    public void Of_NothingOrNobody_IsOnTheCarefulSide()
    {
        Assert.Equal(new Contributors(2, 0, 1, 2, 1, 1), Contributors.Of([0, 0], null, [1, 2]));
        Assert.Equal(Contributors.None, Contributors.Of([1], [0], [1]));
        Assert.Equal(Contributors.None, Contributors.BehindAll([]));
    }

    [Fact]
    public void BehindAll_EachWorseInSomething_IsTheWorstOfEach()
    {
        var one = new Contributors(40, 12, 0.2, 5, 0.3, 0.7);
        var other = new Contributors(30, 20, 0.1, 6, 0.4, 0.6);

        Assert.Equal(new Contributors(30, 12, 0.2, 5, 0.4, 0.7), Contributors.BehindAll([one, other]));
        Assert.Equal(new Contributors(30, 12, 0.2, 5, 0.4, 0.7), Contributors.BehindAll([other, one]));
    }

    [Fact]
    public void BehindAll_RandomSums_NeverPromiseMoreThanHolds()
    {
        var random = new Random(21);
        for (var round = 0; round < 500; round++)
        {
            var persons = random.Next(5, 40);
            var municipalities = Enumerable.Range(0, persons).Select(_ => random.Next(6)).ToArray();
            double[] Values() => [.. Enumerable.Range(0, persons).Select(_ => random.Next(3) == 0 ? 0 : random.NextDouble() * 100)];
            var (a, b) = (Values(), Values());
            var whole = Contributors.Of([.. a.Zip(b, (x, y) => x + y)], null, municipalities);

            var careful = Contributors.BehindAll([Contributors.Of(a, null, municipalities), Contributors.Of(b, null, municipalities)]);

            // 1e-12 for the rounding of sums.
            Assert.True(careful.Persons <= whole.Persons && careful.PersonsWithAny <= whole.PersonsWithAny && careful.Municipalities <= whole.Municipalities);
            Assert.True(careful.LargestPersonShare >= whole.LargestPersonShare - 1e-12);
            Assert.True(careful.LargestMunicipalityShare >= whole.LargestMunicipalityShare - 1e-12);
            Assert.True(careful.TwoLargestMunicipalitiesShare >= whole.TwoLargestMunicipalitiesShare - 1e-12);
        }
    }

    [Fact]
    public void Of_UnsoundInput_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Contributors.Of([1, 2], null, [1]));
        Assert.Throws<ArgumentException>(() => Contributors.Of([1, 2], [1], [1, 1]));
        Assert.Throws<ArgumentException>(() => Contributors.Of([double.NaN], null, [1]));
    }
}
