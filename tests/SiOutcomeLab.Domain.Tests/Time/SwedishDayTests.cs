using System.Globalization;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Domain.Tests.Time;

public sealed class SwedishDayTests
{
    // Winter is an hour ahead of UTC, summer two; clocks go forward 2026-03-29 01:00 UTC and back 2026-10-25 01:00 UTC.
    [Theory]
    [InlineData("2026-01-14T22:59:59Z", "2026-01-14 23:59")]
    [InlineData("2026-01-14T23:00:00Z", "2026-01-15 00:00")]
    [InlineData("2026-07-14T21:59:59Z", "2026-07-14 23:59")]
    [InlineData("2026-07-14T22:00:00Z", "2026-07-15 00:00")]
    [InlineData("2026-12-31T23:30:00Z", "2027-01-01 00:30")]
    [InlineData("2026-03-29T00:59:59Z", "2026-03-29 01:59")]
    [InlineData("2026-03-29T01:00:00Z", "2026-03-29 03:00")]
    [InlineData("2026-10-25T00:30:00Z", "2026-10-25 02:30")]
    [InlineData("2026-10-25T01:30:00Z", "2026-10-25 02:30")]
    [InlineData("2026-07-15T00:30:00+02:00", "2026-07-15 00:30")]
    public void Minute_AnInstant_IsTheClockInSweden(string instant, string expected)
    {
        var at = At(instant);

        Assert.Equal(expected, SwedishDay.Minute(at));
        Assert.Equal(expected[..10], SwedishDay.Text(at));
        Assert.Equal(expected[..10], SwedishDay.Of(at).ToString("O", CultureInfo.InvariantCulture));
        Assert.Equal((expected + " svensk tid", expected + " Swedish time"), (SwedishDay.Told(at).Sv, SwedishDay.Told(at).En));
        Assert.StartsWith(expected + ":", SwedishDay.ToldToTheSecond(at).Sv, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-01-15", "2026-01-14T23:00:00Z")]
    [InlineData("2026-07-15", "2026-07-14T22:00:00Z")]
    [InlineData("2026-03-29", "2026-03-28T23:00:00Z")]
    [InlineData("2026-03-30", "2026-03-29T22:00:00Z")]
    [InlineData("2026-10-25", "2026-10-24T22:00:00Z")]
    [InlineData("2026-10-26", "2026-10-25T23:00:00Z")]
    public void StartOf_ADay_IsItsFirstInstant(string day, string expected)
    {
        var start = SwedishDay.StartOf(DateOnly.Parse(day, CultureInfo.InvariantCulture));

        Assert.Equal(At(expected), start);
        Assert.Equal(TimeSpan.Zero, start.Offset);
        Assert.Equal(day, SwedishDay.Text(start));
        Assert.NotEqual(day, SwedishDay.Text(start.AddTicks(-1)));
    }

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
}
