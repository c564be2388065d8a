using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Contract;

/// <summary>
/// Reads days and periods as Swedish systems write them: <c>2024-03-01</c>, <c>20240301</c>, <c>2024/03/01</c>, <c>1.3.2024</c>,
/// <c>1/3 2024</c>, <c>1 mars 2024</c>, with or without a time of day; quarters as <c>2024-Q1</c>, <c>2024K1</c>, <c>kv 1 2024</c>.
/// Day and month in the American order (<c>03/01/2024</c>) cannot be told from the European and are refused.
/// </summary>
internal static class SourceDate
{
    private static readonly string[] Months =
        ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"];

    public static bool TryDay(ReadOnlySpan<char> text, out DateOnly day)
    {
        day = default;
        text = WithoutTime(text);
        Span<int> numbers = stackalloc int[3];
        Span<char> marks = stackalloc char[2];
        if (text.Length == 8 && !text.ContainsAnyExceptInRange('0', '9'))
        {
            return TryMake(Number(text[..4]), Number(text[4..6]), Number(text[6..]), out day);
        }

        if (!Split(text, numbers, marks, out var lengths)) return false;
        var (first, second, third) = (numbers[0], numbers[1], numbers[2]);
        if (lengths.First == 4)
        {
            return marks[0] == marks[1] && marks[0] is '-' or '/' or '.' && TryMake(first, second, third, out day);
        }

        if (lengths.Third != 4) return false;
        var isDayFirst = (marks[0], marks[1]) is ('.', '.') or ('/', ' ') or ('m', 'm');
        return isDayFirst && TryMake(third, second, first, out day);
    }

    public static bool TryPeriod(ReadOnlySpan<char> text, PeriodLength length, out DateOnly start)
    {
        start = default;
        if (Period.TryParse(text.ToString(), out var period) || TryOtherPeriod(text, length, out period))
        {
            start = period.Length == length ? period.Start : default;
            return period.Length == length;
        }

        if (!TryDay(text, out start)) return false;
        return Period.Containing(start, length).Start == start;
    }

    private static bool TryOtherPeriod(ReadOnlySpan<char> text, PeriodLength length, out Period period)
    {
        period = default;
        if (length == PeriodLength.Month)
        {
            if (text.Length == 6 && !text.ContainsAnyExceptInRange('0', '9') && Number(text[4..]) is >= 1 and <= 12)
            {
                return TryMake(Number(text[..4]), Number(text[4..]), out period);
            }

            var blank = text.IndexOf(' ');
            return blank > 0
                && IsYear(text[(blank + 1)..])
                && MonthOf(text[..blank]) is > 0 and var month
                && TryMake(Number(text[(blank + 1)..]), month, out period);
        }

        if (length != PeriodLength.Quarter) return false;
        // The year stands first or last; what is left is a mark and one digit.
        var yearFirst = text.Length > 4 && IsYear(text[..4]);
        var rest = yearFirst ? text[4..] : text.Length > 4 && IsYear(text[^4..]) ? text[..^4] : default;
        rest = rest.Trim(" -");
        if (rest.Length < 2 || rest[^1] is < '1' or > '4') return false;
        var mark = rest[..^1].Trim(" .");
        if (!(mark.Equals("k", StringComparison.OrdinalIgnoreCase) || mark.Equals("kv", StringComparison.OrdinalIgnoreCase)
            || mark.Equals("q", StringComparison.OrdinalIgnoreCase) || mark.Equals("kvartal", StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        var year = Number(yearFirst ? text[..4] : text[^4..]);
        if (year < 1) return false;
        period = new Period(PeriodLength.Quarter, (year * 4) + rest[^1] - '1');
        return true;
    }

    private static bool TryMake(int year, int month, out Period period)
    {
        period = new Period(PeriodLength.Month, (year * 12) + month - 1);
        return year >= 1;
    }

    private static bool TryMake(int year, int month, int day, out DateOnly date)
    {
        date = default;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        date = new DateOnly(year, month, day);
        return true;
    }

    private static ReadOnlySpan<char> WithoutTime(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon < 0) return text;
        var at = text[..colon].LastIndexOfAny('T', ' ');
        return at < 8 || text[(at + 1)..].ContainsAnyExcept(TimeCharacters) ? text : text[..at];
    }

    private static readonly System.Buffers.SearchValues<char> TimeCharacters = System.Buffers.SearchValues.Create("0123456789:.,Z");

    /// <summary>Three numbers with a mark between; a month's name counts as a number with the marks m.</summary>
    private static bool Split(ReadOnlySpan<char> text, Span<int> numbers, Span<char> marks, out (int First, int Third) lengths)
    {
        lengths = default;
        var firstMark = text.IndexOfAny("-/. ");
        if (firstMark < 1) return false;
        var rest = text[(firstMark + 1)..];
        var secondMark = rest.IndexOfAny("-/. ");
        if (secondMark < 1) return false;
        var first = text[..firstMark];
        var second = rest[..secondMark];
        var third = rest[(secondMark + 1)..];
        // A shortened month has a full stop before its blank.
        var isShortened = rest[secondMark] == '.' && third.StartsWith(" ") && !IsNumber(second);
        if (isShortened) third = third[1..];
        if (!IsNumber(first) || !IsNumber(third)) return false;
        marks[0] = text[firstMark];
        marks[1] = isShortened ? ' ' : rest[secondMark];
        if (!IsNumber(second))
        {
            if (marks[0] != ' ' || marks[1] != ' ') return false;
            numbers[1] = MonthOf(second);
            marks[0] = marks[1] = 'm';
        }
        else
        {
            numbers[1] = Number(second);
        }

        numbers[0] = Number(first);
        numbers[2] = Number(third);
        lengths = (first.Length, third.Length);
        return true;
    }

    private static int MonthOf(ReadOnlySpan<char> word)
    {
        word = word.TrimEnd('.');
        if (word.Length < 3) return 0;
        for (var i = 0; i < Months.Length; i++)
        {
            if (Months[i].AsSpan().StartsWith(word, StringComparison.OrdinalIgnoreCase)) return i + 1;
        }

        return 0;
    }

    private static bool IsYear(ReadOnlySpan<char> text) => text.Length == 4 && IsNumber(text);

    private static bool IsNumber(ReadOnlySpan<char> text) => text.Length is >= 1 and <= 4 && !text.ContainsAnyExceptInRange('0', '9');

    private static int Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var c in digits) number = (number * 10) + c - '0';
        return number;
    }
}
