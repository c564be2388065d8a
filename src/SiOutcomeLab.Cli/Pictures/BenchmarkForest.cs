using SiOutcomeLab.Charts;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Protos.Benchmarks.V1;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Pictures;

/// <summary>The municipalities of a benchmark around the pooled effect, as an SVG picture.</summary>
internal static class BenchmarkForest
{
    private const int Wide = 720;

    /// <summary>The picture; null when no municipality has an estimate.</summary>
    public static string? Draw(Benchmark b, Language language)
    {
        if (b.Municipalities.Count == 0) return null;
        var rows = b.Municipalities.Select(m => new ForestRow(
            BenchmarkText.Municipality(m.Municipality), Interval(m.Point, m.CiLow, m.CiHigh))
        {
            Weight = m.Place is { } p && Value(p.Weight) is > 0 and var weight ? weight : null,
            Shrunken = m.Place is { } s ? Interval(s.Shrunken, s.ShrunkenLow, s.ShrunkenHigh) : null,
            Gap = Value(m.Point) is null ? CellText.Withheld(language) : null,
        });
        var largest = b.Municipalities.SelectMany(m => new[] { m.Point, m.CiLow, m.CiHigh }).Select(c => Math.Abs(Value(c) ?? 0)).Max();
        var data = new ForestData([.. rows], language.Pick($"Skillnad mot utan insatsen, {b.UnitSv}",
            $"Difference from without it, {b.UnitEn}"))
        {
            Pooled = b.Pooled is { } pooled ? PooledRow(pooled, language) : null,
            Decimals = PlainNumber.DecimalsFor(largest),
        };
        var frame = new ChartFrame(
            $"{b.Method}: {language.Pick(BenchmarkText.Outcome(b))}",
            string.Join(' ', language == Language.Swedish ? b.SentencesSv : b.SentencesEn),
            language == Language.Swedish ? ChartLanguage.Swedish : ChartLanguage.English)
        {
            Width = Wide,
            Note = b.Name,
        };
        return ForestPlot.Draw(data, frame);
    }

    private static ForestPooled PooledRow(PooledEffect p, Language language) => new(
        language.Pick($"Sammanvägt, {p.Municipalities} kommuner", $"Pooled, {p.Municipalities} municipalities"),
        Interval(p.Point, p.CiLow, p.CiHigh))
    {
        PredictionLower = Value(p.PredictionLow),
        PredictionUpper = Value(p.PredictionHigh),
        Gap = Value(p.Point) is null ? CellText.Withheld(language) : null,
    };

    private static IntervalValue? Interval(Cell? point, Cell? low, Cell? high) =>
        Value(point) is { } value && Value(low) is { } from && Value(high) is { } to ? new IntervalValue(value, from, to) : null;

    private static double? Value(Cell? cell) => cell?.ContentCase == Cell.ContentOneofCase.Value ? cell.Value : null;
}
