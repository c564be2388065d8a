using System.Globalization;

namespace SiOutcomeLab.Contract;

/// <summary>Reads numbers as spreadsheets write them. Only ASCII digits count; the machine's culture has no say.</summary>
internal static class SourceNumber
{
    private const int Longest = 40;

    /// <summary>Reads a number: a sign, digits with blanks between thousands, perhaps a decimal mark and decimals.</summary>
    /// <returns>False when the text is anything else, or the number is not finite.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, NumberStyle style, out double value)
    {
        value = 0;
        if (style == NumberStyle.Typed)
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        }

        if (text.Length is 0 or > Longest) return false;
        Span<char> plain = stackalloc char[Longest];
        var length = 0;
        if (text[0] is '-' or '+' or '\u2212' or '\u2013')
        {
            plain[length++] = text[0] == '+' ? '+' : '-';
            text = text[1..];
        }

        var mark = text.IndexOfAny(',', '.');
        var whole = mark < 0 ? text : text[..mark];
        var decimals = mark < 0 ? default : text[(mark + 1)..];
        if (mark >= 0 && !IsMark(text[mark], style)) return false;
        if (!CopyThousands(whole, plain, ref length)) return false;
        if (mark >= 0)
        {
            if (decimals.IsEmpty || decimals.ContainsAnyExceptInRange('0', '9')) return false;
            plain[length++] = '.';
            decimals.CopyTo(plain[length..]);
            length += decimals.Length;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return double.TryParse(plain[..length], Style, CultureInfo.InvariantCulture, out value);
    }

    private static bool IsMark(char c, NumberStyle style) => style switch
    {
        NumberStyle.Comma => c == ',',
        NumberStyle.Point => c == '.',
        _ => true,
    };

    /// <summary>Digits, all together or in groups of three after the first.</summary>
    private static bool CopyThousands(ReadOnlySpan<char> whole, Span<char> plain, ref int length)
    {
        if (whole.IsEmpty || !char.IsAsciiDigit(whole[0])) return false;
        var group = 0;
        var grouped = false;
        foreach (var c in whole)
        {
            if (char.IsAsciiDigit(c))
            {
                plain[length++] = c;
                group++;
            }
            else if (c is ' ' or '\u00A0' or '\u202F' or '\u2009' or '\'')
            {
                if (grouped ? group != 3 : group is 0 or > 3) return false;
                grouped = true;
                group = 0;
            }
            else
            {
                return false;
            }
        }

        return !grouped || group == 3;
    }
}
