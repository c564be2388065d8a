using System.Buffers;
using System.Globalization;

namespace SiOutcomeLab.Domain.Identity;

/// <summary>
/// A pseudonym: 256 bits made at the submitter by HMAC-SHA-256 under the project key, written as 64 lower-case hexadecimal digits.
/// Never a name or a number. <see cref="ToString"/> hides the value, so that no log or message can carry it by accident.
/// </summary>
/// <param name="High">The first 32 hexadecimal digits.</param>
/// <param name="Low">The last 32 hexadecimal digits.</param>
public readonly record struct PersonId(UInt128 High, UInt128 Low) : IComparable<PersonId>
{
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>Length of the written form, in hexadecimal digits.</summary>
    public const int HexLength = 64;

    /// <summary>Reads the written form.</summary>
    /// <param name="utf8">Exactly 64 ASCII digits 0–9 or a–f; upper case is refused, so that one person has one written form.</param>
    /// <param name="person">The pseudonym, when the text is one.</param>
    /// <returns>False when the text is not a pseudonym.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out PersonId person)
    {
        person = default;
        if (utf8.Length != HexLength || utf8.IndexOfAnyExcept(HexDigits) >= 0) return false;
        if (!UInt128.TryParse(utf8[..32], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)) return false;
        if (!UInt128.TryParse(utf8[32..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low)) return false;
        person = new PersonId(high, low);
        return true;
    }

    /// <summary>The written form, 64 lower-case hexadecimal digits. Only for files that hold pseudonyms by contract.</summary>
    public string ToHex() => High.ToString("x32", CultureInfo.InvariantCulture) + Low.ToString("x32", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public int CompareTo(PersonId other) => High == other.High ? Low.CompareTo(other.Low) : High.CompareTo(other.High);

    /// <inheritdoc/>
    public override string ToString() => "(person)";

    /// <summary>Orders by the written form.</summary>
    public static bool operator <(PersonId left, PersonId right) => left.CompareTo(right) < 0;

    /// <summary>Orders by the written form.</summary>
    public static bool operator >(PersonId left, PersonId right) => left.CompareTo(right) > 0;

    /// <summary>Orders by the written form.</summary>
    public static bool operator <=(PersonId left, PersonId right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by the written form.</summary>
    public static bool operator >=(PersonId left, PersonId right) => left.CompareTo(right) >= 0;
}
