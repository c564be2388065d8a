namespace SiOutcomeLab.Pipelines.Custody;

/// <summary>The calendar day in Sweden, by which retention dates are meant.</summary>
public static class SwedishDay
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    /// <summary>The day in Sweden at an instant.</summary>
    public static DateOnly Of(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);
}
