using SiOutcomeLab.Pipelines.Scheduling;

namespace SiOutcomeLab.Pipelines.Tests.Scheduling;

public sealed class SwedishNightTests
{
    private static readonly TimeOnly HalfPastTwo = new(2, 30);

    // Sweden's clocks: 2026-03-29 from 02:00 to 03:00, 2026-10-25 from 03:00 back to 02:00.
    [Theory]
    [InlineData("2026-01-15", "2026-01-15T01:30:00Z")]
    [InlineData("2026-07-15", "2026-07-15T00:30:00Z")]
    [InlineData("2026-03-28", "2026-03-28T01:30:00Z")]
    [InlineData("2026-03-29", "2026-03-29T01:00:00Z")]
    [InlineData("2026-03-30", "2026-03-30T00:30:00Z")]
    [InlineData("2026-10-24", "2026-10-24T00:30:00Z")]
    [InlineData("2026-10-25", "2026-10-25T00:30:00Z")]
    [InlineData("2026-10-26", "2026-10-26T01:30:00Z")]
    public void Of_ADay_IsOneMoment(string day, string expected) =>
        Assert.Equal(Time(expected), SwedishNight.Of(DateOnly.ParseExact(day, "yyyy-MM-dd"), HalfPastTwo));

    [Theory]
    [InlineData("2026-03-27T12:00:00Z", 5)]
    [InlineData("2026-10-23T12:00:00Z", 5)]
    [InlineData("2025-12-30T12:00:00Z", 366)]
    public void LastAt_AskedEveryFiveMinutes_BeginsOneNightADay(string from, int days)
    {
        var nights = new List<DateTimeOffset>();
        var start = Time(from);
        for (var now = start; now < start.AddDays(days); now = now.AddMinutes(5))
        {
            var night = SwedishNight.LastAt(now, HalfPastTwo);
            Assert.InRange(now - night, TimeSpan.Zero, TimeSpan.FromHours(25));
            if (nights.Count == 0 || nights[^1] != night) nights.Add(night);
        }

        var stockholm = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");
        var dates = nights.Select(n => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(n, stockholm).DateTime)).ToArray();
        Assert.Equal(days + 1, nights.Count);
        Assert.Equal(Enumerable.Range(0, days + 1).Select(dates[0].AddDays), dates);
        Assert.Equal(nights.Order(), nights);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
