namespace SiOutcomeLab.Charts.Tests;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(1234567.891, 2, "1\u00A0234\u00A0567,89", "1,234,567.89")]
    [InlineData(-0.5, 1, "−0,5", "−0.5")]
    [InlineData(-0.0001, 2, "0,00", "0.00")]
    [InlineData(-0.0, 0, "0", "0")]
    [InlineData(999.5, 0, "1\u00A0000", "1,000")]
    [InlineData(double.NegativeInfinity, 2, "−∞", "−∞")]
    [InlineData(double.PositiveInfinity, 2, "∞", "∞")]
    public void Fixed_OfANumber_ReadsAsTheLanguageWritesIt(double value, int decimals, string swedish, string english)
    {
        Assert.Equal(swedish, NumberText.Swedish.Fixed(value, decimals));
        Assert.Equal(english, NumberText.English.Fixed(value, decimals));
    }

    [Fact]
    public void WithSign_OfAnAmount_HasAPlusOnlyAboveZero()
    {
        Assert.Equal("+1\u00A0500", NumberText.Swedish.WithSign(1500m, 0));
        Assert.Equal("−1,500", NumberText.English.WithSign(-1500m, 0));
        Assert.Equal("0", NumberText.English.WithSign(0.4m, 0));
    }

    [Fact]
    public void Percent_HasASpaceInSwedishOnly() =>
        Assert.Equal(("80,5\u00A0%", "80.5%"), (NumberText.Swedish.Percent(0.805, 1), NumberText.English.Percent(0.805, 1)));

    [Fact]
    public void Fixed_OfNaN_IsMisuse() => Assert.Throws<ArgumentException>(() => NumberText.English.Fixed(double.NaN, 2));

    [Fact]
    public void Fixed_OfTooManyDecimals_IsMisuse()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => NumberText.English.Fixed(1.0, 16));
        Assert.Throws<ArgumentOutOfRangeException>(() => NumberText.English.Fixed(1m, -1));
    }

    [Fact]
    public void Words_OfBothLanguages_AreAllThereAndDiffer()
    {
        var words = typeof(ChartWords).GetProperties().Where(p => p.PropertyType == typeof(string)).ToArray();
        Assert.True(words.Length > 20);
        Assert.All(words, w => Assert.NotEqual(w.GetValue(ChartWords.Swedish), w.GetValue(ChartWords.English)));
        Assert.All(words, w => Assert.False(string.IsNullOrWhiteSpace((string?)w.GetValue(ChartWords.Swedish))));
    }
}
