using SiOutcomeLab.Domain;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Words;

/// <summary>Released numbers as people read them. A suppressed cell is words, never a number.</summary>
internal static class CellText
{
    public static string Withheld(Language language) => language.Pick("visas inte", "withheld");

    /// <summary>About three significant digits.</summary>
    public static string Number(Cell? cell, Language language) =>
        Number(cell, cell is { ContentCase: Cell.ContentOneofCase.Value } ? PlainNumber.DecimalsFor(cell.Value) : 0, language);

    public static string Number(Cell? cell, int decimals, Language language) => cell switch
    {
        null or { ContentCase: Cell.ContentOneofCase.None } => "–",
        { ContentCase: Cell.ContentOneofCase.Value } => language.Pick(PlainNumber.Fixed(cell.Value, decimals)),
        _ => Withheld(language),
    };

    public static string Persons(Cell? cell, Language language) => Number(cell, 0, language);

    /// <summary>A point with its interval: <c>1 273 (−274 till 2 821)</c>. The largest end sets the decimals of all three.</summary>
    public static string PointAndInterval(Estimate estimate, Language language)
    {
        if (estimate.Point?.ContentCase != Cell.ContentOneofCase.Value) return Withheld(language);
        var point = language.Pick(PlainNumber.Fixed(estimate.Point.Value, Decimals(estimate)));
        return estimate.CiLow?.ContentCase == Cell.ContentOneofCase.Value && estimate.CiHigh?.ContentCase == Cell.ContentOneofCase.Value
            ? $"{point} ({Interval(estimate, language)})"
            : $"{point} ({Withheld(language)})";
    }

    public static string Interval(Estimate estimate, Language language)
    {
        var decimals = Decimals(estimate);
        return $"{Number(estimate.CiLow, decimals, language)} {language.Pick("till", "to")} {Number(estimate.CiHigh, decimals, language)}";
    }

    private static int Decimals(Estimate estimate)
    {
        var largest = new[] { estimate.Point, estimate.CiLow, estimate.CiHigh }
            .Where(c => c?.ContentCase == Cell.ContentOneofCase.Value)
            .Select(c => Math.Abs(c.Value))
            .DefaultIfEmpty(0)
            .Max();
        return PlainNumber.DecimalsFor(largest);
    }
}
