using SiOutcomeLab.Statistics.Propensity.Boosting;

namespace SiOutcomeLab.Statistics.Tests.Propensity.Boosting;

public sealed class ColumnCutsTests
{
    [Fact]
    public void Of_FewValues_StandHalfWayBetweenThem()
    {
        Assert.Equal([1.5, 3.5], ColumnCuts.Of([5, 1, 3, 1, 5, 2, 2], [1, 1, 0, 1, 1, 1, 1], 3));
        Assert.Equal([0.5], ColumnCuts.Of([0, 1, 1, 0], [], 256));
        Assert.Empty(ColumnCuts.Of([2, 2, 2], [], 256));
    }

    [Fact]
    public void Of_ManyValues_PartsEqualNumbers()
    {
        double[] column = [.. Enumerable.Range(0, 1_000).Select(i => Math.Exp(((i * 7919) % 1_000) / 100.0))];
        var cuts = ColumnCuts.Of(column, [], 16);
        Assert.Equal(15, cuts.Length);
        var counts = column.CountBy(v => ColumnCuts.Bin(v, cuts)).Select(pair => pair.Value).ToList();
        Assert.Equal(16, counts.Count);
        Assert.All(counts, count => Assert.InRange(count, 61, 64));
    }

    [Fact]
    public void Of_HeavyValue_HasABinOfItsOwnAndTheRestIsSharedAnew()
    {
        double[] column = [.. Enumerable.Range(0, 1_000).Select(i => i < 700 ? 0 : i * 1.5)];
        var cuts = ColumnCuts.Of(column, [], 11);
        var counts = column.CountBy(v => ColumnCuts.Bin(v, cuts)).OrderBy(pair => pair.Key).Select(pair => pair.Value).ToList();
        Assert.Equal([700, .. Enumerable.Repeat(30, 10)], counts);
    }

    [Fact]
    public void Of_Weights_CountAsRepetitions()
    {
        var random = new Random(77);
        double[] column = [.. Enumerable.Range(0, 300).Select(_ => random.NextDouble())];
        double[] weights = [.. Enumerable.Range(0, 300).Select(_ => (double)random.Next(4))];
        double[] repeated = [.. column.SelectMany((v, i) => Enumerable.Repeat(v, (int)weights[i]))];
        Assert.Equal(ColumnCuts.Of(repeated, [], 20), ColumnCuts.Of(column, weights, 20));
    }

    [Fact]
    public void Of_NeighbouringDoubles_StillPartsThem()
    {
        var next = Math.BitIncrement(1.0);
        var cuts = ColumnCuts.Of([1.0, next], [], 256);
        Assert.Equal([0, 1], new[] { 1.0, next }.Select(v => (int)ColumnCuts.Bin(v, cuts)));
        Assert.True(double.IsFinite(ColumnCuts.Of([-double.MaxValue, double.MaxValue], [], 256).Single()));
    }

    [Fact]
    public void Bin_AnyNumberOfCuts_IsHowManyLieBelow()
    {
        for (var length = 0; length <= 255; length += length < 20 ? 1 : 47)
        {
            double[] cuts = [.. Enumerable.Range(0, length).Select(i => i + 0.5)];
            for (var value = -1.0; value <= length + 1; value += 0.25)
            {
                Assert.Equal(cuts.Count(c => c < value), ColumnCuts.Bin(value, cuts));
            }
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(20_000)]
    public void Sort_NumbersOfAllSizesAndSigns_Rise(int count)
    {
        var random = new Random(78);
        double[] special = [0, -0.0, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, 1, -1];
        double[] values = [.. special, .. Enumerable.Range(0, count).Select(i =>
            (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-300, 300))), .. Enumerable.Repeat(2.5, count / 2)];
        double[] expected = [.. values.Order()];
        RadixSort.Sort(values);
        Assert.Equal(expected, values);
    }
}
