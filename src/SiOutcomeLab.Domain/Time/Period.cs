using System.Globalization;

namespace SiOutcomeLab.Domain.Time;

/// <summary>How long a follow-up period is.</summary>
public enum PeriodLength
{
    /// <summary>A calendar month.</summary>
    Month = 1,

    /// <summary>A calendar quarter, starting in January, April, July or October.</summary>
    Quarter = 3,

    /// <summary>A calendar year.</summary>
    Year = 12,
}

/// <summary>
/// A calendar month, quarter or year. For a participation that starts in period p, event time 0 is p; outcomes count from 1, costs from 0.
/// </summary>
/// <param name="Length">The period's length.</param>
/// <param name="Ordinal">Whole periods since year 0; consecutive periods differ by one.</param>
public readonly record struct Period(PeriodLength Length, int Ordinal) : IComparable<Period>
{
    /// <summary>The period that contains <paramref name="date"/>.</summary>
    public static Period Containing(DateOnly date, PeriodLength length) => new(length, ((date.Year * 12) + date.Month - 1) / (int)length);

    /// <summary>The first day.</summary>
    public DateOnly Start => new(Ordinal * (int)Length / 12, (Ordinal * (int)Length % 12) + 1, 1);

    /// <summary>The period <paramref name="periods"/> later (earlier when negative).</summary>
    public Period Plus(int periods) => this with { Ordinal = Ordinal + periods };

    /// <summary>Whole periods from <paramref name="earlier"/> to this one; negative when this is the earlier.</summary>
    /// <exception cref="ArgumentException">The periods differ in length.</exception>
    public int Since(Period earlier) => earlier.Length == Length
        ? Ordinal - earlier.Ordinal
        : throw new ArgumentException($"Periods of different lengths cannot be compared: {Length} and {earlier.Length}.", nameof(earlier));

    /// <inheritdoc/>
    public int CompareTo(Period other) => Since(other);

    /// <summary>Reads what <see cref="ToString"/> writes: <c>2026</c>, <c>2026-Q1</c> or <c>2026-03</c>.</summary>
    /// <returns>False when the text is none of the three forms.</returns>
    public static bool TryParse(string? text, out Period period)
    {
        period = default;
        if (text is null || text.Length < 4 || !TryDigits(text.AsSpan(0, 4), out var year) || year < 1) return false;

        if (text.Length == 4)
        {
            period = new Period(PeriodLength.Year, year);
            return true;
        }

        if (text.Length != 7 || text[4] != '-') return false;
        var quarterly = text[5] == 'Q';
        if (!TryDigits(text.AsSpan(quarterly ? 6 : 5), out var part)) return false;
        var length = quarterly ? PeriodLength.Quarter : PeriodLength.Month;
        var perYear = 12 / (int)length;
        if (part < 1 || part > perYear) return false;
        period = new Period(length, (year * perYear) + part - 1);
        return true;
    }

    // int.TryParse alone takes null characters at the end for nothing.
    private static bool TryDigits(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && !text.ContainsAnyExceptInRange('0', '9');

    /// <summary><c>2026</c>, <c>2026-Q1</c> or <c>2026-03</c>.</summary>
    public override string ToString()
    {
        var start = Start;
        return Length switch
        {
            PeriodLength.Year => start.Year.ToString("0000", CultureInfo.InvariantCulture),
            PeriodLength.Quarter => string.Create(CultureInfo.InvariantCulture, $"{start.Year:0000}-Q{((start.Month - 1) / 3) + 1}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{start.Year:0000}-{start.Month:00}"),
        };
    }

    /// <summary>Orders by time.</summary>
    public static bool operator <(Period left, Period right) => left.CompareTo(right) < 0;

    /// <summary>Orders by time.</summary>
    public static bool operator >(Period left, Period right) => left.CompareTo(right) > 0;

    /// <summary>Orders by time.</summary>
    public static bool operator <=(Period left, Period right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by time.</summary>
    public static bool operator >=(Period left, Period right) => left.CompareTo(right) >= 0;
}
