using System.Text;

namespace SiOutcomeLab.Contract;

/// <summary>
/// Recognises Swedish personnummer, samordningsnummer (day plus 60) and interim numbers (a letter for the first serial digit).
/// Independent of clock and culture; only the ASCII digits count. Source: Skatteverket's description of the numbers:
/// YYMMDD, serial 001–999 and a modulus-10 control digit over the nine digits without century, weights 2, 1, 2 …
/// </summary>
public static class IdentityNumbers
{
    /// <summary>
    /// Says whether a text holds an identity number with twelve digits or with a separator before its last four characters.
    /// Ten digits in a row are not reported: 0.73 % of innocent ten-digit numbers would be; columns of them are judged together.
    /// </summary>
    public static bool Contains(string text) => IdentityNumberScanner.Find(Encoding.UTF8.GetBytes(text), new BareNumberTally());

    /// <summary>Says whether ten digits, with the century when it is known, form an identity number.</summary>
    /// <param name="ten">Ten bytes: six digits of date, then the serial (its first byte a digit or an interim letter) and the control
    /// digit.</param>
    /// <param name="century">18, 19 or 20; null when not known, and then any of them will do.</param>
    internal static bool IsValid(ReadOnlySpan<byte> ten, int? century)
    {
        if (century is < 18 or > 20) return false;
        Span<int> digits = stackalloc int[10];
        for (var i = 0; i < 10; i++)
        {
            var isLetter = i == 6 && IsInterimLetter(ten[i]);
            if (!isLetter && !char.IsAsciiDigit((char)ten[i])) return false;
            digits[i] = isLetter ? 1 : ten[i] - '0';
        }

        var serial = (digits[6] * 100) + (digits[7] * 10) + digits[8];
        if (serial == 0) return false;
        var day = (digits[4] * 10) + digits[5];
        return IsDate(century, (digits[0] * 10) + digits[1], (digits[2] * 10) + digits[3], day > 60 ? day - 60 : day)
            && HasControlDigit(ten);
    }

    internal static bool IsInterimLetter(byte b) => "TRSUWXJKLMNP"u8.Contains((byte)(b & ~0x20)) && char.IsAsciiLetter((char)b);

    private static bool IsDate(int? century, int year, int month, int day)
    {
        if (month is < 1 or > 12 || day < 1) return false;
        // Without a century 00 may be 2000, which had a 29 February; 1800 and 1900 had none.
        var full = ((century ?? (year == 0 ? 20 : 19)) * 100) + year;
        return day <= DateTime.DaysInMonth(full, month);
    }

    /// <summary>Whether the last of ten digits is the control digit of the nine before it; an interim letter counts as 1.</summary>
    internal static bool HasControlDigit(ReadOnlySpan<byte> ten)
    {
        var sum = 0;
        for (var i = 0; i < 10; i++)
        {
            var digit = char.IsAsciiDigit((char)ten[i]) ? ten[i] - '0' : 1;
            var product = i % 2 == 0 ? digit * 2 : digit;
            sum += product > 9 ? product - 9 : product;
        }

        return sum % 10 == 0;
    }
}
