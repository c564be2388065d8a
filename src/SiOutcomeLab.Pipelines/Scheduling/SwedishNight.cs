namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>Nights by Swedish clocks: one a day, also on the two days when the clocks are changed.</summary>
public static class SwedishNight
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    /// <summary>The beginning of the latest night that has begun.</summary>
    /// <param name="now">The time.</param>
    /// <param name="beginsAt">When a night begins, by Swedish clocks.</param>
    public static DateTimeOffset LastAt(DateTimeOffset now, TimeOnly beginsAt)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone).DateTime);
        var begins = Of(today, beginsAt);
        return begins <= now ? begins : Of(today.AddDays(-1), beginsAt);
    }

    /// <summary>
    /// The beginning of a day's night. Where the clocks jump over it, the moment to which they jump; where they show it twice, the first.
    /// </summary>
    public static DateTimeOffset Of(DateOnly day, TimeOnly beginsAt)
    {
        var local = day.ToDateTime(beginsAt);
        while (Zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
