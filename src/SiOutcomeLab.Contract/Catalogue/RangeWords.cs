using System.Globalization;
using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Contract;

/// <summary>What values a column may have, in words.</summary>
internal static class RangeWords
{
    public static BilingualText Of(ContractColumn column) => column.Content switch
    {
        ColumnContent.PersonId => new("64 hexadecimala gemener", "64 lower-case hexadecimal digits"),
        ColumnContent.Municipality => new("SCB:s fyra siffror", "Statistics Sweden's four digits"),
        ColumnContent.Date when column.Name == ContractColumns.PeriodStart => new("periodens första dag", "the period's first day"),
        ColumnContent.Date => new("dag", "day"),
        ColumnContent.Category => Same(string.Join(", ", column.Categories)),
        ColumnContent.Intervention => new("registrerad kod", "a registered code"),
        ColumnContent.ShortText => new("1–64 byte", "1–64 bytes"),
        ColumnContent.Flag => new("sant/falskt", "true/false"),
        _ => Numbers(column),
    };

    private static BilingualText Numbers(ContractColumn column)
    {
        // Years read wrongly with a thousands separator, so plain digits are written.
        var span = string.Create(CultureInfo.InvariantCulture, $"{column.Minimum:0.##}–{column.Maximum:0.##}");
        return column.Whole ? new BilingualText($"heltal {span}", $"whole {span}") : Same(span);
    }

    private static BilingualText Same(string text) => new(text, text);
}
