using System.Globalization;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>Times as the catalogue keeps them: text in UTC with every digit, of one width, so that they sort as text.</summary>
internal static class StoredTime
{
    private const string Format = "yyyy-MM-ddTHH:mm:ss.fffffffZ";
    private const string DayFormat = "yyyy-MM-dd";

    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static DateTimeOffset Read(string text) => DateTimeOffset.ParseExact(
        text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    public static DateOnly ReadDay(string text) => DateOnly.ParseExact(text, DayFormat, CultureInfo.InvariantCulture);

    public static string Write(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);
}
