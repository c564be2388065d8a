using System.Globalization;

namespace SiOutcomeLab.Parquet;

/// <summary>A point in time to the nanosecond, of any range that a file can store.</summary>
/// <param name="Nanoseconds">Since 1970-01-01T00:00:00, without leap seconds; negative before.</param>
/// <param name="IsUtc">Whether it is an instant; else a reading of a clock at a place that the file does not name.</param>
public readonly record struct ParquetTimestamp(Int128 Nanoseconds, bool IsUtc)
{
    private const long NanosecondsASecond = 1_000_000_000;

    /// <summary>Gives it as a <see cref="DateTime"/> when that holds it exactly (years 1 to 9999, whole 100 ns).</summary>
    /// <param name="value">The time, of kind UTC or unspecified, or the smallest one.</param>
    /// <returns>Whether it does.</returns>
    public bool TryToDateTime(out DateTime value)
    {
        var isWhole = Nanoseconds % 100 == 0;
        return TryTicks(Nanoseconds / 100, out value) && isWhole;
    }

    /// <summary>
    /// ISO 8601 with as many digits as the value has, and Z for an instant; outside years 1 to 9999 nanoseconds since 1970 in words.
    /// </summary>
    public override string ToString()
    {
        var fraction = (long)((Nanoseconds % NanosecondsASecond + NanosecondsASecond) % NanosecondsASecond);
        if (!TryTicks((Nanoseconds - fraction) / 100, out var second))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Nanoseconds} ns from 1970");
        }

        var text = second.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        if (fraction > 0) text += "." + fraction.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        return IsUtc ? text + "Z" : text;
    }

    private bool TryTicks(Int128 ticksSince1970, out DateTime value)
    {
        var ticks = ticksSince1970 + DateTime.UnixEpoch.Ticks;
        var isWithin = ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
        value = isWithin ? new DateTime((long)ticks, IsUtc ? DateTimeKind.Utc : DateTimeKind.Unspecified) : DateTime.MinValue;
        return isWithin;
    }
}
