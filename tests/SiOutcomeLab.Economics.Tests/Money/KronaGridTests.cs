using SiOutcomeLab.Domain;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Tests.Money;

public sealed class KronaGridTests
{
    [Fact]
    public void Cut_RandomWholesAndSplits_SumExactlyInAnyOrder()
    {
        var random = new Random(4711);
        for (var round = 0; round < 5_000; round++)
        {
            var cuts = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Math.Round((decimal)random.NextDouble() * 20m, 3)).Where(c => c > 0).ToList();
            cuts.Add(100m - cuts.Sum());
            if (cuts[^1] <= 0) continue;
            var whole = KronaGrid.On((decimal)(random.NextDouble() - 0.3) * 12_345_678.9m / 6.6m);

            var parts = KronaGrid.Cut(whole, cuts);

            Assert.Equal(whole, parts.Sum());
            Assert.Equal(whole, parts.Reverse().Sum());
            // Rounding to the grid takes at most half a step from each part.
            for (var i = 0; i < parts.Length; i++) Assert.True(Math.Abs(parts[i] - (whole * cuts[i] / 100m)) <= 5e-11m * parts.Length);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e18)]
    public void Of_WhatIsNoAmount_IsRefused(double value) => Assert.Throws<ArgumentOutOfRangeException>(() => KronaGrid.Of(value));

    [Theory]
    [InlineData(72, 28, true)]
    [InlineData(72, 27.9999, false)]
    [InlineData(72, 28.0001, false)]
    [InlineData(100, 0, false)]
    [InlineData(110, -10, false)]
    public void TryMake_Split_HoldsExactlyAHundredPerCent(double a, double b, bool sound)
    {
        var (x, y) = (Item("x", Actor.Municipality), Item("y", Actor.Region));

        Assert.Equal(sound, ActorSplit.TryMake([new SplitPart(x, (decimal)a), new SplitPart(y, (decimal)b)]) is not null);
    }

    [Fact]
    public void TryMake_EmptyOrDoubledItem_IsRefused()
    {
        var x = Item("x", Actor.Municipality);

        Assert.Null(ActorSplit.TryMake([]));
        Assert.Null(ActorSplit.TryMake([new SplitPart(x, 50m), new SplitPart(x, 50m)]));
    }

    [Fact]
    public void TryMake_Order_DoesNotMatter()
    {
        SplitPart[] parts = [new(Item("x", Actor.Region), 30m), new(Item("z", Actor.Municipality), 30m), new(Item("a", Actor.Municipality), 40m)];

        Assert.Equal(["a", "z", "x"], ActorSplit.TryMake(parts)!.Parts.Select(p => p.Item.Code));
        Assert.Equal(["a", "z", "x"], ActorSplit.TryMake([.. parts.Reverse()])!.Parts.Select(p => p.Item.Code));
    }

    private static BudgetItem Item(string code, Actor actor) => new(code, actor, new BilingualText(code, code));
}
