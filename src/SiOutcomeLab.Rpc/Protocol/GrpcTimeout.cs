using System.Globalization;

namespace SiOutcomeLab.Rpc.Protocol;

/// <summary>The header <c>grpc-timeout</c>: one to eight digits and a unit, H M S m u n.</summary>
internal static class GrpcTimeout
{
    /// <summary>Longest timeout that is kept, about three years: longer ones overflow the calendar and mean the same.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(99_999_999);

    private const long LargestValue = 99_999_999;

    /// <summary>Reads a value; nanoseconds are rounded up to ticks of 100 ns, and the result is capped at <see cref="Longest"/>.</summary>
    public static bool TryParse(ReadOnlySpan<char> value, out TimeSpan timeout)
    {
        timeout = default;
        if (value.Length is < 2 or > 9 || !long.TryParse(value[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
        {
            return false;
        }

        var ticks = value[^1] switch
        {
            'n' => (amount + 99) / 100,
            'u' => amount * TimeSpan.TicksPerMicrosecond,
            'm' => amount * TimeSpan.TicksPerMillisecond,
            'S' => amount * TimeSpan.TicksPerSecond,
            'M' => amount * TimeSpan.TicksPerMinute,
            'H' => amount * TimeSpan.TicksPerHour,
            _ => -1,
        };
        if (ticks < 0) return false;
        timeout = TimeSpan.FromTicks(Math.Min(ticks, Longest.Ticks));
        return true;
    }

    /// <summary>Writes a timeout in the finest unit that fits eight digits, rounded up; nothing left becomes one nanosecond.</summary>
    public static string Format(TimeSpan timeout)
    {
        if (timeout <= TimeSpan.Zero) return "1n";
        var ticks = Math.Min(timeout.Ticks, Longest.Ticks);
        if (ticks * 100 <= LargestValue) return $"{ticks * 100}n";
        ReadOnlySpan<(long Ticks, char Unit)> units =
        [
            (TimeSpan.TicksPerMicrosecond, 'u'), (TimeSpan.TicksPerMillisecond, 'm'), (TimeSpan.TicksPerSecond, 'S'),
        ];
        foreach (var (size, unit) in units)
        {
            var amount = (ticks + size - 1) / size;
            if (amount <= LargestValue) return string.Create(CultureInfo.InvariantCulture, $"{amount}{unit}");
        }

        throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "Longer than the cap, which was applied above.");
    }
}
