using System.Collections.Frozen;
using System.Text;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Contract;

/// <summary>What a text column may hold. A text outside a closed list that looks like an identity number is called that.</summary>
internal static class TextJudges
{
    private const int LongestShortText = 64;

    /// <summary>A pseudonym of 64 digits; its digits are not scanned, those of anything else are.</summary>
    public static TextColumnCheck.Judge Pseudonym { get; } =
        utf8 => IsPseudonym(utf8) ? null : Identity(utf8) ?? RowRules.PersonIdMalformed;

    /// <summary>One of a closed list of texts.</summary>
    public static TextColumnCheck.Judge OneOf(IEnumerable<string> allowed, ContractRule otherwise)
    {
        var texts = allowed.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        return utf8 => Contains(texts, utf8) ? null : Identity(utf8) ?? otherwise;
    }

    /// <summary>The organisation's own municipality code, or any in the register when <paramref name="own"/> is null.</summary>
    public static TextColumnCheck.Judge Municipality(string? own)
    {
        var codes = MunicipalityRegister.Current.All.Select(m => m.Code).ToFrozenSet(StringComparer.Ordinal);
        var known = codes.GetAlternateLookup<ReadOnlySpan<char>>();
        return utf8 =>
        {
            if (!Contains(known, utf8)) return Identity(utf8) ?? RowRules.MunicipalityUnknown;
            return own is null || Encoding.UTF8.GetString(utf8) == own ? null : RowRules.MunicipalityNotOwn;
        };
    }

    /// <summary>A short text of the sender's own choice; its ten-digit numbers are judged together by the tally.</summary>
    public static TextColumnCheck.Judge ShortText(BareNumberTally tally) => utf8 =>
    {
        if (IdentityNumberScanner.Find(utf8, tally)) return FileRules.IdentityNumber;
        return utf8.Length is 0 or > LongestShortText ? RowRules.TooLong : null;
    };

    /// <summary>Anything but an identity number: for columns that are refused anyway.</summary>
    public static TextColumnCheck.Judge Anything(BareNumberTally tally) =>
        utf8 => IdentityNumberScanner.Find(utf8, tally) ? FileRules.IdentityNumber : null;

    private static bool IsPseudonym(ReadOnlySpan<byte> utf8)
    {
        Span<byte> decoded = stackalloc byte[PseudonymText.Bytes];
        return PseudonymText.TryDecode(utf8, decoded);
    }

    private static ContractRule? Identity(ReadOnlySpan<byte> utf8) =>
        IdentityNumberScanner.Find(utf8, null) ? FileRules.IdentityNumber : null;

    private static bool Contains(FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> texts, ReadOnlySpan<byte> utf8)
    {
        // Codes and categories are at most 40 ASCII characters; anything longer is in no list.
        Span<char> text = stackalloc char[64];
        return utf8.Length <= text.Length && Encoding.UTF8.TryGetChars(utf8, text, out var length) && texts.Contains(text[..length]);
    }
}
