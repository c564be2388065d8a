using System.Text;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Pictures;

/// <summary>
/// Balance before and after in characters: one line per covariate, absolute standardised differences on a square-root scale (near 0 is
/// where the eye must be able to tell), and the line at 0.1 that the gate aims at.
/// </summary>
internal static class LovePlot
{
    private const int PlotWidth = 44;
    private const int LabelWidth = 30;
    private const double Target = 0.1;
    private const char Before = '○';
    private const char After = '●';
    private const char Both = '◉';
    private const char TargetLine = '┊';
    private static readonly double[] Tops = [0.25, 0.5, 1, 2, 4];
    private static readonly double[] Ticks = [0, 0.1, 0.25, 0.5, 1, 2, 4];

    public static IReadOnlyList<string> Lines(IReadOnlyList<CovariateBalance> balance, Language language)
    {
        var top = Top(balance);
        var labels = Math.Min(LabelWidth, balance.Select(b => b.Covariate.Length).Append(8).Max());
        var lines = new List<string> { new string(' ', labels + 2) + Axis(top, language) };
        foreach (var row in balance)
        {
            var label = Wrap.Lines(row.Covariate, labels);
            lines.Add(
                $"{label[0].PadRight(labels)}  {Plot(row, top)}  {Size(row.SmdBefore, language),10} → {Size(row.SmdAfter, language)}");
            for (var i = 1; i < label.Count; i++) lines.Add(label[i]);
        }

        lines.Add(language.Pick(
            $"{Before} före  {After} efter  {Both} båda  {TargetLine} målet 0,1   standardiserad skillnad utan tecken, rotskala",
            $"{Before} before  {After} after  {Both} both  {TargetLine} target 0.1   absolute standardised difference, square-root scale"));
        return lines;
    }

    private static double Top(IEnumerable<CovariateBalance> balance)
    {
        var largest = balance.SelectMany(b => new[] { Value(b.SmdBefore), Value(b.SmdAfter) }).Select(v => v ?? 0).DefaultIfEmpty(0).Max();
        return Array.Find(Tops, t => t >= largest) is > 0 and var top ? top : largest;
    }

    private static string Plot(CovariateBalance row, double top)
    {
        var plot = new string('·', PlotWidth).ToCharArray();
        plot[At(Target, top)] = TargetLine;
        var before = Value(row.SmdBefore) is { } b ? At(b, top) : -1;
        var after = Value(row.SmdAfter) is { } a ? At(a, top) : -1;
        if (before >= 0) plot[before] = Before;
        if (after >= 0) plot[after] = after == before ? Both : After;
        return new string(plot);
    }

    private static string Axis(double top, Language language)
    {
        var axis = new StringBuilder(new string(' ', PlotWidth + 4));
        foreach (var tick in Ticks)
        {
            if (tick > top) break;
            var text = language.Pick(PlainNumber.Fixed(tick, tick is 0 or >= 1 ? 0 : tick == 0.25 ? 2 : 1));
            var at = At(tick, top);
            for (var i = 0; i < text.Length; i++) axis[at + i] = text[i];
        }

        return axis.ToString().TrimEnd();
    }

    private static int At(double size, double top) => (int)Math.Round(Math.Sqrt(Math.Min(size, top) / top) * (PlotWidth - 1));

    private static double? Value(Cell? cell) => cell?.ContentCase == Cell.ContentOneofCase.Value ? Math.Abs(cell.Value) : null;

    private static string Size(Cell? cell, Language language) =>
        Value(cell) is { } v ? language.Pick(PlainNumber.Fixed(v, 2)) : CellText.Number(cell, language);
}
