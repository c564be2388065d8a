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
    public static string PointAndInterval(Estimate estimate, Language language) =>
        PointAndInterval(estimate.Point, estimate.CiLow, estimate.CiHigh, language);

    public static string PointAndInterval(Cell? point, Cell? low, Cell? high, Language language)
    {
        if (point?.ContentCase != Cell.ContentOneofCase.Value) return Withheld(language);
        var value = language.Pick(PlainNumber.Fixed(point.Value, Decimals(point, low, high)));
        return low?.ContentCase == Cell.ContentOneofCase.Value && high?.ContentCase == Cell.ContentOneofCase.Value
            ? $"{value} ({Interval(point, low, high, language)})"
            : $"{value} ({Withheld(language)})";
    }

    public static string Interval(Estimate estimate, Language language) => Interval(estimate.Point, estimate.CiLow, estimate.CiHigh, language);

    /// <summary>An interval with the decimals that it has beside its point.</summary>
    public static string Interval(Cell? point, Cell? low, Cell? high, Language language)
    {
        var decimals = Decimals(point, low, high);
        return $"{Number(low, decimals, language)} {language.Pick("till", "to")} {Number(high, decimals, language)}";
    }

    /// <summary>A share as per cent.</summary>
    public static string Percent(Cell? cell, Language language) => cell?.ContentCase == Cell.ContentOneofCase.Value
        ? language.Pick(PlainNumber.Fixed(cell.Value * 100, 0)) + language.Pick("\u00A0%", "%")
        : Number(cell, language);

    /// <summary>A probability as per cent, never as certain.</summary>
    public static string Probability(Cell? cell, Language language) => cell switch
    {
        { ContentCase: Cell.ContentOneofCase.Value, Value: < 0.005 } => language.Pick("<\u00A01\u00A0%", "<\u00A01%"),
        { ContentCase: Cell.ContentOneofCase.Value, Value: > 0.995 } => language.Pick(">\u00A099\u00A0%", ">\u00A099%"),
        _ => Percent(cell, language),
    };

    private static int Decimals(params Cell?[] cells)
    {
        var largest = cells
            .Where(c => c?.ContentCase == Cell.ContentOneofCase.Value)
            .Select(c => Math.Abs(c!.Value))
            .DefaultIfEmpty(0)
            .Max();
        return PlainNumber.DecimalsFor(largest);
    }
}
