using System.Buffers;

namespace SiOutcomeLab.Contract;

/// <summary>How an identity number was written.</summary>
/// <param name="Count">Digits, an interim letter among them.</param>
/// <param name="HasPlus">Whether a plus stands before the last four.</param>
/// <param name="IsParted">Whether anything stands between the digits.</param>
internal readonly record struct WrittenNumber(int Count, bool HasPlus, bool IsParted)
{
    // A separator may stand before the character with this index: after century, year and month, and before the last four.
    private const int PlacesOfTwelve = (1 << 2) | (1 << 4) | (1 << 6) | (1 << 8);
    private const int PlacesOfTen = (1 << 2) | (1 << 4) | (1 << 6);

    private static readonly SearchValues<char> Mantissa = SearchValues.Create("0123456789.,");
    private static readonly SearchValues<char> Exponent = SearchValues.Create("0123456789+");

    /// <summary>Gathers the digits of a text.</summary>
    /// <param name="text">As written.</param>
    /// <param name="digits">Receives up to twelve ASCII characters.</param>
    /// <param name="written">How they were written, when there is no fault.</param>
    public static PersonNumberFault Read(ReadOnlySpan<char> text, Span<byte> digits, out WrittenNumber written)
    {
        written = default;
        text = Bare(text);
        if (text.IsEmpty) return PersonNumberFault.Missing;
        var count = 0;
        var places = 0;
        var plus = -1;
        var letter = -1;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c) || (char.IsAscii(c) && IdentityNumbers.IsInterimLetter((byte)c)))
            {
                if (count == digits.Length) return PersonNumberFault.Length;
                if (!char.IsAsciiDigit(c))
                {
                    if (letter >= 0) return PersonNumberFault.Characters;
                    letter = count;
                }

                digits[count++] = (byte)char.ToUpperInvariant(c);
            }
            else if (c == '+' && plus < 0)
            {
                plus = count;
                places |= 1 << count;
            }
            else if (IsBlank(c) || IsHyphen(c))
            {
                places |= 1 << count;
            }
            else
            {
                return IsPowerOfTen(text) ? PersonNumberFault.Rounded : PersonNumberFault.Characters;
            }
        }

        if (letter >= 0 && letter != count - 4) return PersonNumberFault.Characters;
        if (plus >= 0 && plus != count - 4) return PersonNumberFault.Characters;
        if (count is 10 or 12 && (places & ~(count == 12 ? PlacesOfTwelve : PlacesOfTen)) != 0) return PersonNumberFault.Characters;
        written = new WrittenNumber(count, plus >= 0, places != 0);
        return PersonNumberFault.None;
    }

    /// <summary>
    /// Without blanks around it, and without what spreadsheets put about a number kept as text: <c>="…"</c>, an apostrophe before it,
    /// decimals that are all zero.
    /// </summary>
    private static ReadOnlySpan<char> Bare(ReadOnlySpan<char> text)
    {
        text = TrimBlanks(text);
        if (text.Length > 3 && text.StartsWith("=\"") && text[^1] == '"') text = TrimBlanks(text[2..^1]);
        if (text.Length > 0 && text[0] == '\'') text = TrimBlanks(text[1..]);
        var mark = text.LastIndexOfAny('.', ',');
        return mark > 0 && mark < text.Length - 1 && !text[(mark + 1)..].ContainsAnyExcept('0') ? text[..mark] : text;
    }

    private static ReadOnlySpan<char> TrimBlanks(ReadOnlySpan<char> text)
    {
        while (text.Length > 0 && IsBlank(text[0])) text = text[1..];
        while (text.Length > 0 && IsBlank(text[^1])) text = text[..^1];
        return text;
    }

    // Blanks of any width, the soft hyphen, and what shows nothing: zero-width characters, direction marks, the byte order mark.
    private static bool IsBlank(char c) =>
        c is ' ' or '\t' or '\r' or '\n' or '\u00A0' or '\u00AD' or '\u202F' or '\u205F' or '\u2060' or '\u3000' or '\uFEFF'
            or (>= '\u2000' and <= '\u200F');

    private static bool IsHyphen(char c) => c is '-' or (>= '\u2010' and <= '\u2015') or '\u2212' or '\uFE63' or '\uFF0D';

    private static bool IsPowerOfTen(ReadOnlySpan<char> text)
    {
        var at = text.IndexOfAny('E', 'e');
        return at > 0
            && at < text.Length - 1
            && !text[..at].ContainsAnyExcept(Mantissa)
            && !text[(at + 1)..].ContainsAnyExcept(Exponent);
    }
}
