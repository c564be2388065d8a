using SiOutcomeLab.Economics.Money;

namespace SiOutcomeLab.Economics.Tests.Money;

public sealed class LargestRemainderTests
{
    [Fact]
    public void Round_PartsThatEachRoundDown_StillSumToTheTotal()
    {
        // By hand: 3 × 33.4 = 100.2, shown 100; floors 33 each leave one krona, which goes to the first of three equal remainders.
        var (parts, total) = LargestRemainder.Round([33.4m, 33.4m, 33.4m], 1m);

        Assert.Equal([34m, 33m, 33m], parts);
        Assert.Equal(100m, total);
    }

    [Fact]
    public void Round_NegativeParts_SumToo()
    {
        var (parts, total) = LargestRemainder.Round([-150m, 449m], 100m);

        Assert.Equal(300m, total);
        Assert.Equal([-100m, 400m], parts);
    }

    [Fact]
    public void Round_NoParts_IsNothing() => Assert.Equal(0m, LargestRemainder.Round([], 100m).Total);

    [Fact]
    public void Round_RandomParts_ReconcileAndStayWithinAStep()
    {
        var random = new Random(20260101);
        for (var round = 0; round < 5_000; round++)
        {
            var parts = Enumerable.Range(0, random.Next(1, 12)).Select(_ => Math.Round(((decimal)random.NextDouble() - 0.3m) * 100_000m, random.Next(0, 8))).ToList();
            var step = new[] { 1m, 10m, 100m, 1000m, 2.5m }[random.Next(5)];

            var (shown, total) = LargestRemainder.Round(parts, step);

            Assert.Equal(total, shown.Sum());
            Assert.True(Math.Abs(total - parts.Sum()) <= step / 2);
            Assert.All(shown, s => Assert.Equal(0m, s % step));
            for (var i = 0; i < parts.Count; i++) Assert.True(Math.Abs(shown[i] - parts[i]) < step, $"Part {i} is off by a step or more.");
        }
    }
}
