using System.Globalization;
using System.Text;

namespace SiOutcomeLab.Contract.Tests.IdentityNumberTests;

public sealed class IdentityNumberTests
{
    // Published test numbers: Skatteverket's 701063-2391 (co-ordination), sweidnumbr's 196408233234, personnummer/meta's 000101-T220.
    [Theory]
    [InlineData("196408233234")]
    [InlineData("19640823-3234")]
    [InlineData("640823-3234")]
    [InlineData("640823+3234")]
    [InlineData("701063-2391")]
    [InlineData("197010632391")]
    [InlineData("19701063-2391")]
    [InlineData("000101-T220")]
    [InlineData("000101-t220")]
    [InlineData("20000101T220")]
    [InlineData("pnr 640823-3234 enligt akt")]
    [InlineData("ID640823-3234x")]
    [InlineData("\uFEFF19640823-3234")]
    [InlineData("19640823 3234")]
    [InlineData("640823\u00A03234")]
    [InlineData("640823\u20133234")]
    [InlineData("640823\u22123234")]
    [InlineData("640823 - 3234")]
    [InlineData("640823\t3234")]
    [InlineData("19 640823 3234")]
    [InlineData("1964-08-23-3234")]
    [InlineData("123456 640823-3234")]
    [InlineData("{\"a\":\"196408233234\"}")]
    public void Contains_IdentityNumber_IsFound(string text) => Assert.True(IdentityNumbers.Contains(text));

    [Theory]
    [InlineData("")]
    [InlineData("6408233234")] // ten digits in a row are judged by the column
    [InlineData("640823-3235")] // control digit
    [InlineData("196408233235")]
    [InlineData("640832-3238")] // day 32
    [InlineData("641323-3232")] // month 13
    [InlineData("640892-3223")] // day 92 is neither
    [InlineData("640823-0008")] // serial 000
    [InlineData("556036-0793")] // organisation number: third digit 2 or more
    [InlineData("212000-1355")]
    [InlineData("176408233234")] // century 17
    [InlineData("1196408233234")] // thirteen digits
    [InlineData("640823-32345")]
    [InlineData("640823----3234")] // more than a separator
    [InlineData("\uFF11\uFF19\uFF16\uFF14\uFF10\uFF18\uFF12\uFF13\uFF13\uFF12\uFF13\uFF14")] // full-width digits
    [InlineData("\u0661\u0669\u0666\u0664\u0660\u0668\u0662\u0663\u0663\u0662\u0663\u0664")] // Arabic digits
    [InlineData("000101-A220")] // not an interim letter
    [InlineData("2024-01-01T00:00:00")]
    [InlineData("parquet-cpp-arrow version 14.0.2")]
    public void Contains_AnythingElse_IsNot(string text) => Assert.False(IdentityNumbers.Contains(text));

    [Theory]
    [InlineData("000229", null, true)] // 2000 had one
    [InlineData("000229", 19, false)]
    [InlineData("000229", 20, true)]
    [InlineData("010229", null, false)]
    [InlineData("040229", null, true)]
    [InlineData("000229", 18, false)]
    public void IsValid_LeapDay_HangsOnTheCentury(string date, int? century, bool valid)
    {
        var found =
            Enumerable.Range(0, 10).Any(control => IdentityNumbers.IsValid(Encoding.ASCII.GetBytes($"{date}123{control}"), century));

        Assert.Equal(valid, found);
    }

    [Fact]
    public void IsValid_EveryDateAndSerial_HasExactlyOneControlDigit()
    {
        for (var serial = 1; serial <= 999; serial += 7)
        {
            var valid = Enumerable.Range(0, 10).Count(c => IdentityNumbers.IsValid(Encoding.ASCII.GetBytes($"850101{serial:000}{c}"), 19));

            Assert.Equal(1, valid);
        }
    }

    [Fact]
    public void Contains_UnderAnotherCulture_IsTheSame()
    {
        var before = CultureInfo.CurrentCulture;
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NativeDigits = ["٠", "١", "٢", "٣", "٤", "٥", "٦", "٧", "٨", "٩"];
        odd.NumberFormat.NegativeSign = "1";
        odd.DateTimeFormat.Calendar.TwoDigitYearMax = 1999;
        try
        {
            CultureInfo.CurrentCulture = odd;
            Assert.True(IdentityNumbers.Contains("19640823-3234"));
            Assert.True(IdentityNumberScanner.FindNumber(196408233234, new BareNumberTally()));
            Assert.False(IdentityNumbers.Contains("640832-3238"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(101002399, true)] // 010100-… is no date, but nine digits are read with their lost zero
    [InlineData(99_999_999, false)]
    public void FindNumber_NineDigits_AreReadWithALeadingZero(long value, bool counted)
    {
        var tally = new BareNumberTally();

        Assert.False(IdentityNumberScanner.FindNumber(value, tally));
        Assert.Equal(counted ? "0 of 1" : "0 of 0", tally.ToString());
    }

    [Fact]
    public void Find_HashesAndUuids_ArePassedOver()
    {
        Assert.False(IdentityNumbers.Contains("a196408233234b" + new string('c', 50)));
        Assert.False(IdentityNumbers.Contains("a9640823-3234-4aaa-8aaa-196408233234"));
        Assert.True(IdentityNumbers.Contains("{a9640823-3234-4aaa-8aaa-196408233230} 640823-3234"));
        Assert.True(IdentityNumbers.Contains(new string('a', 40) + " 640823-3234"));
    }
}
