using System.Globalization;
using SiOutcomeLab.Disclosure.Rules;

namespace SiOutcomeLab.Disclosure.Tests.Rules;

public sealed class RoundingTests
{
    [Theory]
    [InlineData(10, 10)]
    [InlineData(11, 10)]
    [InlineData(12, 10)]
    [InlineData(12.5, 10)]
    [InlineData(13, 15)]
    [InlineData(17, 15)]
    [InlineData(17.5, 20)]
    [InlineData(22.5, 20)]
    [InlineData(0, 0)]
    public void ToMultiple_OfFive_GoesToTheNearestAndHalvesToTheEven(double value, double expected) =>
        Assert.Equal(expected, Rounding.ToMultiple(value, 5));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1794.342, 1790)]
    [InlineData(-1794.342, -1790)]
    [InlineData(123456, 123000)]
    [InlineData(1.2345, 1.23)]
    [InlineData(-1.2355, -1.24)]
    [InlineData(0.0012345, 0.00123)]
    [InlineData(9.996, 10)]
    [InlineData(1000, 1000)]
    [InlineData(0.125, 0.125)]
    [InlineData(1.125, 1.12)]
    [InlineData(1.375, 1.38)]
    [InlineData(1.2345678e-14, 1.23e-14)]
    [InlineData(-1.2345678e-20, -1.23e-20)]
    [InlineData(9.996e-30, 1e-29)]
    [InlineData(1.2345678e-300, 1.23e-300)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    public void ToSignificant_Three_KeepsThreeDigits(double value, double expected) => Assert.Equal(expected, Rounding.ToSignificant(value, 3), 1e-12 * Math.Abs(expected));

    [Fact]
    public void ToSignificant_AnySize_HasThreeDigitsAndLiesWithinHalfOfTheLast()
    {
        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var value = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-290, 290));
            var rounded = Rounding.ToSignificant(value, 3);
            var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 2);
            Assert.True(Math.Abs(rounded - value) <= unit * (0.5 + 1e-9), $"{value:R} became {rounded:R}.");
            var written = rounded.ToString("E10", CultureInfo.InvariantCulture).TrimStart('-');
            Assert.Equal("00000000", written[4..12]);
        }
    }
}
