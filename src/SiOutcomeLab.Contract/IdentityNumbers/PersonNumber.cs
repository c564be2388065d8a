namespace SiOutcomeLab.Contract;

/// <summary>
/// Brings an identity number to its one canonical form, twelve ASCII characters: year of birth with century, month, day (plus 60 in a
/// co-ordination number), serial number and control digit. All spellings of one person come to the same twelve characters.
/// Takes ten or twelve digits, with hyphens, dashes or blanks of any width between the parts, and interim numbers (one of
/// T R S U W X J K L M N P for the first serial digit, counted as 1 in the control digit). Independent of clock and culture.
/// </summary>
/// <remarks>
/// The century of a ten-digit number is decided by the reference date alone: the person is the youngest possible who was born by then.
/// A plus sign is written from the year in which the person turns 100, so with it the person is the youngest possible who turns 100 in
/// the reference date's year or has before; where that would be over <see cref="MaximumAge"/>, one who turns 100 within
/// <see cref="PlusAfterYears"/> years after, since a file is exported after its last period.
/// Source: Skatteverket, "Personnummer" (SKV 704) and "Samordningsnummer" (SKV 707); interim letters as in personnummer/meta.
/// </remarks>
public static class PersonNumber
{
    /// <summary>Characters of the canonical form.</summary>
    public const int CanonicalLength = 12;

    /// <summary>No person is older than this in the reference date's year; years.</summary>
    public const int MaximumAge = 130;

    /// <summary>A plus sign may have been written so many years after the reference date; years.</summary>
    public const int PlusAfterYears = 5;

    /// <summary>Reads an identity number.</summary>
    /// <param name="text">As written.</param>
    /// <param name="reference">The date by which the person was born: the last day of the submission's last period.</param>
    /// <param name="canonical">Receives the canonical form, <see cref="CanonicalLength"/> ASCII bytes, when there is no fault.</param>
    /// <param name="isNumber">True when the text was a number in its source, so that zeros at its beginning cannot have been
    /// kept; seven to nine digits are then read as ten.</param>
    /// <exception cref="ArgumentException"><paramref name="canonical"/> is too short.</exception>
    public static PersonNumberFault Read(ReadOnlySpan<char> text, DateOnly reference, Span<byte> canonical, bool isNumber = false)
    {
        if (canonical.Length < CanonicalLength) throw new ArgumentException("Twelve bytes are needed.", nameof(canonical));
        Span<byte> digits = stackalloc byte[CanonicalLength];
        var fault = WrittenNumber.Read(text, digits, out var written);
        if (fault != PersonNumberFault.None) return fault;
        if (written.Count is >= 7 and <= 9 && !written.IsParted)
        {
            Span<byte> padded = stackalloc byte[CanonicalLength];
            padded.Fill((byte)'0');
            digits[..written.Count].CopyTo(padded[(10 - written.Count)..]);
            fault = Complete(padded, new WrittenNumber(10, HasPlus: false, IsParted: false), reference, canonical);
            if (fault != PersonNumberFault.None) return PersonNumberFault.Length;
            return isNumber ? PersonNumberFault.None : PersonNumberFault.LostZeros;
        }

        return written.Count is 10 or 12 ? Complete(digits, written, reference, canonical) : PersonNumberFault.Length;
    }

    private static PersonNumberFault Complete(ReadOnlySpan<byte> digits, WrittenNumber written, DateOnly reference, Span<byte> canonical)
    {
        var ten = digits.Slice(written.Count - 10, 10);
        var century = (Two(digits) * 100) + Two(digits[2..]);
        var month = Two(ten[2..]);
        var day = Two(ten[4..]);
        if (day > 60) day -= 60;
        var year = written.Count == 12 ? century : YearOf(Two(ten), month, day, written.HasPlus, reference);
        if (year is < 1800 or > 2099) return PersonNumberFault.Century;
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return PersonNumberFault.Date;
        if (ten[6..9].SequenceEqual("000"u8)) return PersonNumberFault.Serial;
        if (!IdentityNumbers.HasControlDigit(ten)) return PersonNumberFault.ControlDigit;
        if (new DateOnly(year, month, day) > reference || reference.Year - year > MaximumAge) return PersonNumberFault.Century;
        canonical[0] = (byte)('0' + (year / 1000));
        canonical[1] = (byte)('0' + (year / 100 % 10));
        ten.CopyTo(canonical[2..]);
        return PersonNumberFault.None;
    }

    private static int YearOf(int twoDigits, int month, int day, bool hasPlus, DateOnly reference)
    {
        var latest = hasPlus ? reference.Year - 100 : reference.Year;
        var year = latest - ((latest - twoDigits) % 100);
        if (hasPlus)
        {
            return reference.Year - year > MaximumAge && reference.Year + PlusAfterYears >= year + 200 ? year + 100 : year;
        }

        var isAfter = year == reference.Year && (month > reference.Month || (month == reference.Month && day > reference.Day));
        return isAfter ? year - 100 : year;
    }

    private static int Two(ReadOnlySpan<byte> digits) => ((digits[0] - '0') * 10) + digits[1] - '0';
}
