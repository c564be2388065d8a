using System.Buffers;
using System.Globalization;

namespace SiOutcomeLab.Contract;

/// <summary>
/// Finds identity numbers anywhere in a text: twelve digits; eight or six digits, a separator and four characters; a century or a date set
/// apart (<c>19 850101 …</c>, <c>1985-01-01-…</c>). A separator is one to three of: hyphens and dashes, plus, blanks of any width.
/// Hashes and UUIDs (32 or more hexadecimal digits in a row, or the 8-4-4-4-12 form, with a letter among them) are passed over:
/// digits inside them are chance.
/// </summary>
internal static class IdentityNumberScanner
{
    private const int ShortestHash = 32;
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>Scans a text.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="bare">Where ten digits in a row are counted; when null, a valid one is reported at once.</param>
    /// <returns>Whether an identity number was found.</returns>
    public static bool Find(ReadOnlySpan<byte> utf8, BareNumberTally? bare)
    {
        if (utf8.Length < 10) return false;
        var at = 0;
        while (at < utf8.Length)
        {
            var rest = utf8[at..];
            if (!IsDigit(rest[0]) && !IsHexLetter(rest[0]))
            {
                at++;
                continue;
            }

            var hash = HashLength(rest);
            if (hash > 0)
            {
                at += hash;
                continue;
            }

            if (!IsDigit(rest[0]))
            {
                at++;
                continue;
            }

            if (FindAtRun(rest, bare)) return true;
            at += DigitRun(rest);
        }

        return false;
    }

    /// <summary>Judges a whole number as if it had been written with digits; ten digits may have lost a leading zero.</summary>
    public static bool FindNumber(long value, BareNumberTally bare)
    {
        if (value < 100_000_000) return false;
        Span<byte> digits = stackalloc byte[20];
        if (!value.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture)) return false;
        if (length == 9)
        {
            digits[..9].CopyTo(digits[1..]);
            digits[0] = (byte)'0';
            length = 10;
        }

        if (length == 12) return IsTwelve(digits[..12]);
        if (length == 10) bare.Add(digits[..10]);
        return false;
    }

    private static bool FindAtRun(ReadOnlySpan<byte> text, BareNumberTally? bare)
    {
        var run = DigitRun(text);
        switch (run)
        {
            case 12:
                return IsTwelve(text[..12]);
            case 10:
                return FindBare(text[..10], bare);
            case 8:
            case 6:
                return FindWithTail(text, run, bare);
            case 4:
            case 2:
                return FindSpread(text, run);
            default:
                return false;
        }
    }

    private static bool FindBare(ReadOnlySpan<byte> ten, BareNumberTally? bare)
    {
        if (bare is null) return IdentityNumbers.IsValid(ten, null);
        bare.Add(ten);
        return false;
    }

    /// <summary>Six or eight digits of date, perhaps a separator, then a tail of four digits or a letter and three digits.</summary>
    private static bool FindWithTail(ReadOnlySpan<byte> text, int date, BareNumberTally? bare)
    {
        var separator = SeparatorLength(text[date..]);
        var tail = text[(date + separator)..];
        if (!IsTail(tail)) return false;
        Span<byte> ten = stackalloc byte[10];
        text.Slice(date - 6, 6).CopyTo(ten);
        tail[..4].CopyTo(ten[6..]);
        if (date == 8) return IdentityNumbers.IsValid(ten, Century(text));
        return separator > 0 ? IdentityNumbers.IsValid(ten, null) : FindBare(ten, bare);
    }

    /// <summary>A date in parts, in the groups 2-6-4 or 4-2-2-4.</summary>
    private static bool FindSpread(ReadOnlySpan<byte> text, int first)
    {
        ReadOnlySpan<int> groups = first == 2 ? [2, 6] : [4, 2, 2];
        Span<byte> twelve = stackalloc byte[12];
        var filled = 0;
        foreach (var group in groups)
        {
            if (DigitRun(text) != group) return false;
            text[..group].CopyTo(twelve[filled..]);
            filled += group;
            text = text[group..];
            var separator = SeparatorLength(text);
            if (separator == 0) return false;
            text = text[separator..];
        }

        if (!IsTail(text)) return false;
        text[..4].CopyTo(twelve[8..]);
        return IsTwelve(twelve);
    }

    private static bool IsTwelve(ReadOnlySpan<byte> twelve) => IdentityNumbers.IsValid(twelve[2..], Century(twelve));

    private static int Century(ReadOnlySpan<byte> digits) => ((digits[0] - '0') * 10) + digits[1] - '0';

    private static bool IsTail(ReadOnlySpan<byte> text)
    {
        if (text.Length < 4) return false;
        var run = DigitRun(text);
        return run == 4 || (run == 0 && IdentityNumbers.IsInterimLetter(text[0]) && DigitRun(text[1..]) == 3);
    }

    private static int DigitRun(ReadOnlySpan<byte> text)
    {
        var run = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return run < 0 ? text.Length : run;
    }

    /// <summary>Bytes of one to three separator characters; 0 when there is none.</summary>
    private static int SeparatorLength(ReadOnlySpan<byte> text)
    {
        var length = 0;
        for (var characters = 0; characters < 3; characters++)
        {
            var one = OneSeparator(text[length..]);
            if (one == 0) break;
            length += one;
        }

        return length;
    }

    private static int OneSeparator(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return 0;
        if ("-+ \t"u8.Contains(text[0])) return 1;
        // U+00A0 no-break space; U+00AD soft hyphen; U+2000–U+200B blanks; U+2010–U+2015 dashes; U+202F and U+2212.
        if (text.Length >= 2 && text[0] == 0xC2 && text[1] is 0xA0 or 0xAD) return 2;
        if (text.Length >= 3 && text[0] == 0xE2 && text[1] == 0x80 && text[2] is (>= 0x80 and <= 0x8B) or (>= 0x90 and <= 0x95) or 0xAF)
        {
            return 3;
        }
        return text.Length >= 3 && text[0] == 0xE2 && text[1] == 0x88 && text[2] == 0x92 ? 3 : 0;
    }

    /// <summary>Length of the hash or UUID that the text begins with; 0 when it begins with neither.</summary>
    private static int HashLength(ReadOnlySpan<byte> text)
    {
        var run = HexRun(text);
        if (run >= ShortestHash) return text[..run].ContainsAnyExceptInRange((byte)'0', (byte)'9') ? run : 0;
        if (run != 8 || text.Length < 36) return 0;
        ReadOnlySpan<int> groups = [8, 4, 4, 4, 12];
        var at = 0;
        var letter = false;
        foreach (var group in groups)
        {
            if (at > 0 && text[at++] != '-') return 0;
            if (HexRun(text[at..]) != group) return 0;
            letter |= text.Slice(at, group).ContainsAnyExceptInRange((byte)'0', (byte)'9');
            at += group;
        }

        return letter ? at : 0;
    }

    private static int HexRun(ReadOnlySpan<byte> text)
    {
        var run = text.IndexOfAnyExcept(HexDigits);
        return run < 0 ? text.Length : run;
    }

    private static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';

    private static bool IsHexLetter(byte b) => (b | 0x20) is >= (byte)'a' and <= (byte)'f';
}
