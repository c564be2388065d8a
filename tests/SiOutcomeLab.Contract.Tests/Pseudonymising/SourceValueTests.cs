using System.Globalization;
using SiOutcomeLab.Contract.Tests.IdentityNumberTests;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Contract.Tests.Pseudonymising;

public sealed class SourceValueTests
{
    [Theory]
    [InlineData("12,5", 12.5)]
    [InlineData("12.5", 12.5)]
    [InlineData("-0,25", -0.25)]
    [InlineData("\u22123", -3)]
    [InlineData("1 234,50", 1234.5)]
    [InlineData("1\u00A0234\u00A0567", 1234567)]
    [InlineData("12\u202F345", 12345)]
    [InlineData("1'000", 1000)]
    [InlineData("007", 7)]
    public void TryParse_SwedishNumbers_AreRead(string text, double value)
    {
        Assert.True(SourceNumber.TryParse(text, NumberStyle.CommaOrPoint, out var read));
        Assert.Equal(value, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(",5")]
    [InlineData("5,")]
    [InlineData("1.234,50")]
    [InlineData("1,234,567")]
    [InlineData("1 23")]
    [InlineData("1234 567")]
    [InlineData("1 234 56")]
    [InlineData("1 23 456")]
    [InlineData("1E5")]
    [InlineData("NaN")]
    [InlineData("12 kr")]
    [InlineData("\u0661\u0662")]
    [InlineData("99999999999999999999999999999999999999999")]
    public void TryParse_AnythingElse_IsNoNumber(string text) => Assert.False(SourceNumber.TryParse(text, NumberStyle.CommaOrPoint, out _));

    [Theory]
    [InlineData("1,5", NumberStyle.Point, false)]
    [InlineData("1.5", NumberStyle.Comma, false)]
    [InlineData("1.5", NumberStyle.Point, true)]
    [InlineData("1.5E-3", NumberStyle.Typed, true)]
    [InlineData("NaN", NumberStyle.Typed, false)]
    public void TryParse_ToldStyle_IsKeptTo(string text, NumberStyle style, bool known) =>
        Assert.Equal(known, SourceNumber.TryParse(text, style, out _));

    [Theory]
    [InlineData("2024-03-01")]
    [InlineData("20240301")]
    [InlineData("2024/03/01")]
    [InlineData("2024-3-1")]
    [InlineData("1.3.2024")]
    [InlineData("1/3 2024")]
    [InlineData("1 mars 2024")]
    [InlineData("1 mar. 2024")]
    [InlineData("1 MARS 2024")]
    [InlineData("2024-03-01 00:00:00")]
    [InlineData("2024-03-01T13:45:00.000Z")]
    public void TryDay_WhatSwedishSystemsWrite_IsRead(string text)
    {
        Assert.True(SourceDate.TryDay(text, out var day));
        Assert.Equal(new DateOnly(2024, 3, 1), day);
    }

    [Theory]
    [InlineData("")]
    [InlineData("03/01/2024")]
    [InlineData("2024-02-30")]
    [InlineData("2024-13-01")]
    [InlineData("240301")]
    [InlineData("45352")]
    [InlineData("1 ma 2024")]
    [InlineData("2024-03")]
    [InlineData("2024-03/01")]
    [InlineData("0000-01-01")]
    [InlineData("2024-03-01 kl 9")]
    [InlineData("\u0662\u0660\u0662\u0664-03-01")]
    public void TryDay_AnythingElse_IsNoDay(string text) => Assert.False(SourceDate.TryDay(text, out _));

    [Theory]
    [InlineData("2024-Q2", PeriodLength.Quarter, "2024-04-01")]
    [InlineData("2024K2", PeriodLength.Quarter, "2024-04-01")]
    [InlineData("2024 kv 2", PeriodLength.Quarter, "2024-04-01")]
    [InlineData("kv. 2 2024", PeriodLength.Quarter, "2024-04-01")]
    [InlineData("Q2-2024", PeriodLength.Quarter, "2024-04-01")]
    [InlineData("2024-04-01", PeriodLength.Quarter, "2024-04-01")]
    [InlineData("2024-04", PeriodLength.Month, "2024-04-01")]
    [InlineData("202404", PeriodLength.Month, "2024-04-01")]
    [InlineData("april 2024", PeriodLength.Month, "2024-04-01")]
    [InlineData("2024", PeriodLength.Year, "2024-01-01")]
    [InlineData("2024-04", PeriodLength.Quarter, null)]
    [InlineData("2024", PeriodLength.Quarter, null)]
    [InlineData("2024-04-02", PeriodLength.Quarter, null)]
    [InlineData("2024K5", PeriodLength.Quarter, null)]
    [InlineData("2024X2", PeriodLength.Quarter, null)]
    [InlineData("202413", PeriodLength.Month, null)]
    [InlineData("vår 2024", PeriodLength.Month, null)]
    public void TryPeriod_OfTheSettingsLength_GivesItsFirstDay(string text, PeriodLength length, string? start)
    {
        Assert.Equal(start is not null, SourceDate.TryPeriod(text, length, out var day));
        if (start is not null) Assert.Equal(start, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Values_UnderOtherCultures_AreTheSame()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            foreach (var culture in OddCulture.All)
            {
                CultureInfo.CurrentCulture = culture;
                Assert.True(SourceNumber.TryParse("-1 234,5", NumberStyle.CommaOrPoint, out var value) && value == -1234.5);
                Assert.True(SourceDate.TryDay("2024-03-01", out var day) && day == new DateOnly(2024, 3, 1));
                Assert.True(SourceDate.TryPeriod("2024K1", PeriodLength.Quarter, out day) && day == new DateOnly(2024, 1, 1));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
