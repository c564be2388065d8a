using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Domain.Tests.Time;

public sealed class PeriodTests
{
    public static TheoryData<PeriodLength> Lengths => [PeriodLength.Month, PeriodLength.Quarter, PeriodLength.Year];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Containing_EveryDayOfFourCenturies_HoldsTheDayAndNoOther(PeriodLength length)
    {
        var last = new DateOnly(2201, 1, 1);
        for (var day = new DateOnly(1801, 1, 1); day < last; day = day.AddDays(1))
        {
            var period = Period.Containing(day, length);
            Assert.True(period.Start <= day, $"{day:O} lies before {period}.");
            Assert.True(day < period.Plus(1).Start, $"{day:O} lies after {period}.");
            Assert.Equal(period.Start, period.Start.AddMonths((int)length).AddMonths(-(int)length));
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Start_ConsecutivePeriods_LieOneLengthApart(PeriodLength length)
    {
        var period = Period.Containing(new DateOnly(1, 1, 1), length);
        var start = new DateOnly(1, 1, 1);
        for (; start.Year < 9990; start = start.AddMonths((int)length), period = period.Plus(1))
        {
            Assert.Equal(start, period.Start);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void TryParse_WhatToStringWrites_GivesThePeriodBack(PeriodLength length)
    {
        var last = Period.Containing(new DateOnly(9999, 12, 31), length);
        for (var period = Period.Containing(new DateOnly(1, 1, 1), length); period <= last; period = period.Plus(1))
        {
            Assert.True(Period.TryParse(period.ToString(), out var back), period.ToString());
            Assert.Equal(period, back);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Since_AfterPlus_IsWhatWasAdded(PeriodLength length)
    {
        var random = new Random(7);
        for (var i = 0; i < 1000; i++)
        {
            var period = Period.Containing(new DateOnly(2000, 1, 1).AddDays(random.Next(20_000)), length);
            var periods = random.Next(-200, 200);
            var other = period.Plus(periods);
            Assert.Equal(periods, other.Since(period));
            Assert.Equal(-periods, period.Since(other));
            Assert.Equal(period, other.Plus(-periods));
            Assert.Equal(periods > 0, other > period);
            Assert.Equal(periods >= 0, other >= period);
            Assert.Equal(periods < 0, other < period);
            Assert.Equal(periods <= 0, other <= period);
        }
    }

    [Fact]
    public void Since_AnotherLength_Throws()
    {
        var quarter = new Period(PeriodLength.Quarter, 2026 * 4);
        var year = new Period(PeriodLength.Year, 2026);

        Assert.Throws<ArgumentException>(() => quarter.Since(year));
        Assert.Throws<ArgumentException>(() => quarter < year);
    }

    [Theory]
    [InlineData("2026", PeriodLength.Year, 2026, 1)]
    [InlineData("2026-Q1", PeriodLength.Quarter, 2026, 1)]
    [InlineData("2026-Q4", PeriodLength.Quarter, 2026, 10)]
    [InlineData("2026-03", PeriodLength.Month, 2026, 3)]
    [InlineData("0001-12", PeriodLength.Month, 1, 12)]
    [InlineData("9999", PeriodLength.Year, 9999, 1)]
    public void TryParse_WrittenByHand_IsThatPeriod(string text, PeriodLength length, int year, int month)
    {
        Assert.True(Period.TryParse(text, out var period));
        Assert.Equal(length, period.Length);
        Assert.Equal(new DateOnly(year, month, 1), period.Start);
        Assert.Equal(text, period.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("26")]
    [InlineData("0000")]
    [InlineData("0000-01")]
    [InlineData("+026")]
    [InlineData(" 2026")]
    [InlineData("2026 ")]
    [InlineData("20 6")]
    [InlineData("2026-")]
    [InlineData("2026-3")]
    [InlineData("2026-00")]
    [InlineData("2026-13")]
    [InlineData("2026-Q0")]
    [InlineData("2026-Q5")]
    [InlineData("2026-q1")]
    [InlineData("2026-QQ")]
    [InlineData("2026-Q12")]
    [InlineData("2026Q1")]
    [InlineData("2026/03")]
    [InlineData("2026-+3")]
    [InlineData("2026-03-01")]
    [InlineData("20260")]
    [InlineData("٢٠٢٦")]
    [InlineData("202\0")]
    [InlineData("2026-3\0")]
    [InlineData("2026-Q1\n")]
    public void TryParse_AnythingElse_IsRefused(string? text)
    {
        Assert.False(Period.TryParse(text, out var period));
        Assert.Equal(default, period);
    }
}
