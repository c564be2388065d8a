namespace SiOutcomeLab.Domain.Tests;

public sealed class PlainNumberTests
{
    [Theory]
    [InlineData(0, 0, "0", "0")]
    [InlineData(1234567.891, 2, "1\u00A0234\u00A0567,89", "1,234,567.89")]
    [InlineData(1234567.891, 0, "1\u00A0234\u00A0568", "1,234,568")]
    [InlineData(999, 0, "999", "999")]
    [InlineData(-1234.5, 1, "\u22121\u00A0234,5", "\u22121,234.5")]
    [InlineData(-0.004, 2, "0,00", "0.00")]
    [InlineData(-0.006, 2, "\u22120,01", "\u22120.01")]
    [InlineData(-0.0, 1, "0,0", "0.0")]
    [InlineData(0.1, 3, "0,100", "0.100")]
    public void Fixed_InBothLanguages_IsWrittenAsPeopleWrite(double value, int decimals, string sv, string en) =>
        Assert.Equal(new BilingualText(sv, en), PlainNumber.Fixed(value, decimals));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.00001, 3)]
    [InlineData(0.5, 3)]
    [InlineData(0.9994, 3)]
    [InlineData(0.9995, 2)]
    [InlineData(9.994, 2)]
    [InlineData(9.995, 1)]
    [InlineData(99.94, 1)]
    [InlineData(99.95, 0)]
    [InlineData(123456, 0)]
    [InlineData(-5, 2)]
    public void DecimalsFor_SizeOfTheNumber_DecidesThem(double value, int decimals) => Assert.Equal(decimals, PlainNumber.DecimalsFor(value));

    // What rounds up to the next power of ten must not gain a fourth digit by it.
    [Theory]
    [InlineData(0.99949, "0.999")]
    [InlineData(0.99951, "1.00")]
    [InlineData(9.9949, "9.99")]
    [InlineData(9.9951, "10.0")]
    [InlineData(99.949, "99.9")]
    [InlineData(99.951, "100")]
    [InlineData(-12.34, "\u221212.3")]
    public void ThreeDigits_AroundPowersOfTen_ShowsThree(double value, string en) => Assert.Equal(en, PlainNumber.ThreeDigits(value).En);
}
