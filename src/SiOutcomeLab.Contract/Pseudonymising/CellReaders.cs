using System.Text;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>Chooses how a column of the contract is read from cells.</summary>
internal static class CellReaders
{
    private static readonly DateOnly Epoch = new(1970, 1, 1);

    public static ColumnBuilder For(ContractColumn column, ContractTableRow row, NumberStyle numbers, PeriodLength length)
    {
        var optional = !column.Required;
        switch (column.Content)
        {
            case ColumnContent.Date when column.Name == ContractColumns.PeriodStart:
                return new ValueBuilder<int>(ParquetColumnSpec.Date(column.Name, optional), (cell, out days) => Period(cell, length, out days));
            case ColumnContent.Date:
                return new ValueBuilder<int>(ParquetColumnSpec.Date(column.Name, optional), Day);
            case ColumnContent.Number when column.Whole:
                return new ValueBuilder<long>(ParquetColumnSpec.Of<long>(column.Name, optional), (cell, out value) => Whole(cell, numbers, out value));
            case ColumnContent.Number:
                return new ValueBuilder<double>(ParquetColumnSpec.Of<double>(column.Name, optional), (cell, out value) => Number(cell, numbers, out value));
            case ColumnContent.Flag:
                return new ValueBuilder<bool>(ParquetColumnSpec.Of<bool>(column.Name, optional), Flag);
            case ColumnContent.Category:
                var words = Words(row);
                return new TextBuilder(ParquetColumnSpec.Text(column.Name, optional), (cell, out text) => Category(cell, words, out text));
            case ColumnContent.Municipality:
                return new TextBuilder(ParquetColumnSpec.Text(column.Name, optional), Municipality);
            case ColumnContent.Intervention:
                return new TextBuilder(ParquetColumnSpec.Text(column.Name, optional), Code);
            default:
                return new TextBuilder(ParquetColumnSpec.Text(column.Name, optional), ShortText);
        }
    }

    private static SourceFault Period(ReadOnlySpan<char> cell, PeriodLength length, out int days)
    {
        var known = SourceDate.TryPeriod(cell, length, out var start);
        days = start.DayNumber - Epoch.DayNumber;
        return known ? SourceFault.None : SourceFault.NotAPeriod;
    }

    private static SourceFault Day(ReadOnlySpan<char> cell, out int days)
    {
        var known = SourceDate.TryDay(cell, out var day);
        days = day.DayNumber - Epoch.DayNumber;
        return known ? SourceFault.None : SourceFault.NotADate;
    }

    private static SourceFault Number(ReadOnlySpan<char> cell, NumberStyle style, out double value)
    {
        // A share may carry its sign; the unit is the catalogue's.
        if (cell[^1] == '%') cell = cell[..^1].TrimEnd();
        return SourceNumber.TryParse(cell, style, out value) ? SourceFault.None : SourceFault.NotANumber;
    }

    private static SourceFault Whole(ReadOnlySpan<char> cell, NumberStyle style, out long value)
    {
        value = 0;
        if (!SourceNumber.TryParse(cell, style, out var number)) return SourceFault.NotANumber;
        if (number != Math.Floor(number)) return SourceFault.NotWhole;
        // Beyond this a double no longer counts single units; no measure comes near.
        if (Math.Abs(number) > 9_007_199_254_740_992) return SourceFault.NotANumber;
        value = (long)number;
        return SourceFault.None;
    }

    private static SourceFault Flag(ReadOnlySpan<char> cell, out bool value)
    {
        Span<char> lower = stackalloc char[8];
        var length = cell.Length > lower.Length ? -1 : cell.ToLowerInvariant(lower);
        value = length > 0 && lower[..length] is "1" or "ja" or "j" or "sant" or "true" or "yes" or "x";
        if (value) return SourceFault.None;
        return length > 0 && lower[..length] is "0" or "nej" or "n" or "falskt" or "false" or "no" ? SourceFault.None : SourceFault.NotAFlag;
    }

    private static Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Words(ContractTableRow row)
    {
        var words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var category in row.Categories)
        {
            words[category.Code] = category.Code;
            words[category.Sv] = category.Code;
        }

        return words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    private static SourceFault Category(
        ReadOnlySpan<char> cell, Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> words, out string? text) =>
        words.TryGetValue(cell, out text) ? SourceFault.None
        : HoldsIdentityNumber(cell) ? SourceFault.IdentityNumberInText
        : SourceFault.UnknownCategory;

    /// <summary>Four digits; three are a code whose zero a spreadsheet took.</summary>
    private static SourceFault Municipality(ReadOnlySpan<char> cell, out string? text)
    {
        text = null;
        if (cell.Length is < 3 or > 4 || cell.ContainsAnyExceptInRange('0', '9'))
        {
            return HoldsIdentityNumber(cell) ? SourceFault.IdentityNumberInText : SourceFault.NotACode;
        }

        text = cell.Length == 3 ? $"0{cell}" : cell.ToString();
        return SourceFault.None;
    }

    private static SourceFault Code(ReadOnlySpan<char> cell, out string? text)
    {
        text = cell.ToString();
        if (HoldsIdentityNumber(cell)) return SourceFault.IdentityNumberInText;
        return CodeRule.IsValid(text) ? SourceFault.None : SourceFault.NotACode;
    }

    private static SourceFault ShortText(ReadOnlySpan<char> cell, out string? text)
    {
        text = cell.ToString();
        return HoldsIdentityNumber(cell) ? SourceFault.IdentityNumberInText : SourceFault.None;
    }

    private static bool HoldsIdentityNumber(ReadOnlySpan<char> cell)
    {
        Span<byte> utf8 = stackalloc byte[256];
        if (!Encoding.UTF8.TryGetBytes(cell, utf8, out var length)) return IdentityNumbers.Contains(cell.ToString());
        return IdentityNumberScanner.Find(utf8[..length], new BareNumberTally());
    }
}
