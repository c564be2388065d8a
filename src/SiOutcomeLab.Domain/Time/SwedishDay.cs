using System.Globalization;

namespace SiOutcomeLab.Domain.Time;

/// <summary>
/// The calendar and clock in Sweden: by which retention and due dates are meant, and by which days and times are told to people. What programs
/// read has instants in UTC.
/// </summary>
public static class SwedishDay
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    /// <summary>The day in Sweden at an instant.</summary>
    /// <param name="instant">The instant.</param>
    public static DateOnly Of(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>The instant at which a day begins in Sweden (UTC). Clocks change by night, never at midnight.</summary>
    /// <param name="day">The day.</param>
    public static DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    /// <summary>The day in Sweden as people read it: <c>2026-06-01</c>.</summary>
    /// <param name="instant">The instant.</param>
    public static string Text(DateTimeOffset instant) => Of(instant).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The time in Sweden: <c>2026-06-01 14:05</c>.</summary>
    /// <param name="instant">The instant.</param>
    public static string Minute(DateTimeOffset instant) => At(instant, "yyyy-MM-dd HH:mm");

    /// <summary>The time in Sweden, and that it is: <c>2026-06-01 14:05 svensk tid</c>.</summary>
    /// <param name="instant">The instant.</param>
    public static BilingualText Told(DateTimeOffset instant) => Named(Minute(instant));

    /// <summary>The same to the second.</summary>
    /// <param name="instant">The instant.</param>
    public static BilingualText ToldToTheSecond(DateTimeOffset instant) => Named(At(instant, "yyyy-MM-dd HH:mm:ss"));

    private static BilingualText Named(string time) => new($"{time} svensk tid", $"{time} Swedish time");

    private static string At(DateTimeOffset instant, string format) =>
        TimeZoneInfo.ConvertTime(instant, Zone).ToString(format, CultureInfo.InvariantCulture);
}
