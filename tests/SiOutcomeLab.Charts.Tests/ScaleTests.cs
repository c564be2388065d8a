using SiOutcomeLab.Charts.Scales;

namespace SiOutcomeLab.Charts.Tests;

public sealed class ScaleTests
{
    [Fact]
    public void Ticks_OfAnyAxis_AreRoundEvenlySpacedAndWithin()
    {
        var random = new Random(20260401);
        for (var trial = 0; trial < 20_000; trial++)
        {
            var low = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-4, 9));
            var high = low + (random.NextDouble() + 0.01) * Math.Pow(10, random.Next(-4, 9));
            if (high - low < Math.Abs(low) * 1e-5) continue;
            var wanted = random.Next(2, 11);
            var step = NiceTicks.Step(high - low, wanted);
            var ticks = NiceTicks.Multiples(low, high, step);
            Assert.InRange(ticks.Count, 1, 2 * wanted + 2);
            Assert.All(ticks, t => Assert.InRange(t, low - step * 1e-6, high + step * 1e-6));
            for (var i = 1; i < ticks.Count; i++) Assert.Equal(step, ticks[i] - ticks[i - 1], step * 1e-3);
            var mantissa = step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-9));
            Assert.Contains([1.0, 2.0, 5.0], m => Math.Abs(mantissa - m) < 1e-6);
            // A tick as written reads back as the tick itself.
            var decimals = NiceTicks.Decimals(step);
            var read = ticks.Select(t => Picture.Value(NumberText.Swedish.Fixed(t, decimals), NumberText.Swedish)!.Value);
            Assert.Equal(ticks, read, (a, b) => Math.Abs(a - b) < step * 1e-6);
        }
    }

    [Theory]
    [InlineData(0, 1, 5, 0.2), InlineData(0, 105, 5, 20), InlineData(-3, 7, 10, 1), InlineData(0, 0.003, 6, 0.0005)]
    public void Step_IsTheNearestRoundNumber(double low, double high, int wanted, double step) =>
        Assert.Equal(step, NiceTicks.Step(high - low, wanted), step * 1e-9);

    [Fact]
    public void Logarithmic_GivesOneTwoFive_AndPowersAloneOverManyDecades()
    {
        Assert.Equal([0.5, 1, 2, 5], NiceTicks.Logarithmic(0.4, 6), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0.01, 0.1, 1, 10, 100], NiceTicks.Logarithmic(0.01, 100), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData(5, 5), InlineData(0, 0), InlineData(1e12, 1e12), InlineData(-1e15, 1e15), InlineData(3, 3.0000000001)]
    public void At_OfAnyAxis_IsFiniteAndOrdered(double low, double high)
    {
        var scale = new Scale(low, high, 0, 100);
        Assert.True(scale.At(low) < 100 && scale.At(low) >= 0 && scale.At(high) > 0);
        Assert.NotEmpty(scale.Ticks(5, NumberText.English));
        Assert.Equal(scale.Ticks(5, NumberText.English).Count, scale.Ticks(5, NumberText.English).Select(t => t.Text).Distinct().Count());
    }

    [Fact]
    public void At_BeyondTheAxis_IsItsEdge()
    {
        var scale = new Scale(0, 10, 20, 120);
        Assert.Equal((20, 120, 70), (scale.At(double.NegativeInfinity), scale.At(1e9), scale.At(5)));
        Assert.False(scale.Holds(10.1));
        Assert.True(scale.Holds(10));
    }

    [Fact]
    public void WholeTicks_NeverSplitAPerson()
    {
        var ticks = new Scale(0, 2, 0, 100) { WholeTicks = true }.Ticks(8, NumberText.English);
        Assert.Equal(["0", "1", "2"], ticks.Select(t => t.Text));
    }

    [Fact]
    public void Extent_HoldsPoints_AndOrdinaryIntervals()
    {
        IntervalValue[] values = [new(1, 0.5, 1.5), new(2, 1.5, 2.5), new(3, -100, 100), new(double.NaN, 0, 0)];
        var (low, high) = Extent.Of(values, [0], logarithmic: false);
        // Two median half-widths (0.5) below the reference and above the largest point, and 5 % of room.
        Assert.Equal(-1.25, low, 1e-9);
        Assert.Equal(4.25, high, 1e-9);
    }
}
