using SiOutcomeLab.Charts.Drawing;
using SiOutcomeLab.Charts.Scales;

namespace SiOutcomeLab.Charts;

/// <summary>Standardised differences before and after adjustment, with limits.</summary>
public static class LovePlot
{
    private static readonly string[] Dashes = ["6 4", "2 3"];

    /// <summary>The picture as an SVG document.</summary>
    /// <param name="data">What is shown.</param>
    /// <param name="frame">Title, description, language and width.</param>
    public static string Draw(LoveData data, ChartFrame frame)
    {
        ArgumentNullException.ThrowIfNull(data);
        var canvas = new Canvas(frame);
        var rows = data.Rows.Select(r => (Row: r, Before: Shown(r.Before, data), After: Shown(r.After, data)))
            .OrderBy(r => r.Before is null && r.After is null).ThenByDescending(r => Math.Abs(r.Before ?? r.After ?? 0)).ToArray();
        var limits = data.Limits.Where(l => Scale.CanPlace(l, logarithmic: false)).ToArray();
        Legend.Draw(canvas, Explained(canvas, limits));
        var table = new RowTable(canvas, [.. rows.Select(r => Text(canvas, r.Row, r.Before, r.After))], 18);
        var scale = ScaleOf(data, [.. rows.SelectMany(r => new[] { r.Before, r.After }).OfType<double>(), .. limits], table);
        if (rows.Length > 15) Axis.Horizontal(canvas, scale, table.Top, table.Top, table.Bottom, above: true);
        var bottom = Axis.Horizontal(canvas, scale, table.Bottom + 4, table.Top, table.Bottom + 4);
        Limits(canvas.Svg, data, limits, scale, table);
        for (var i = 0; i < rows.Length; i++)
        {
            table.Begin(i);
            Mark(canvas.Svg, rows[i].Before, rows[i].After, scale, table[i].MarkY);
            canvas.Svg.CloseGroup();
        }

        var label = data.AxisLabel ?? (data.KeepSign ? canvas.Words.SignedDifference : canvas.Words.AbsoluteDifference);
        canvas.Top = Axis.Label(canvas, label, table.PlotLeft, table.PlotRight, bottom);
        return canvas.Finish();
    }

    private static double? Shown(double? value, LoveData data) =>
        value is { } v && Scale.CanPlace(v, logarithmic: false) ? (data.KeepSign ? v : Math.Abs(v)) : null;

    private static RowText Text(Canvas canvas, LoveRow row, double? before, double? after)
    {
        var label = XmlText.Clean(row.Label);
        if (before is null && after is null) return new RowText(label, "", XmlText.Clean(row.Gap ?? canvas.Words.NotShown));
        return new RowText(label, $"{Figure(canvas, before)} → {Figure(canvas, after)}");
    }

    private static string Figure(Canvas canvas, double? value) => value is { } v ? canvas.Numbers.Fixed(v, 2) : "–";

    private static Scale ScaleOf(LoveData data, double[] values, RowTable table)
    {
        var most = values.Select(Math.Abs).DefaultIfEmpty(0).Max();
        if (most == 0) most = 0.25;
        var low = data.KeepSign ? -most * 1.04 : 0;
        return new Scale(low, most * 1.04, table.PlotLeft, table.PlotRight);
    }

    private static void Limits(SvgWriter svg, LoveData data, double[] limits, Scale scale, RowTable table)
    {
        if (data.KeepSign) svg.Line("reference", scale.At(0), table.Top, scale.At(0), table.Bottom + 4, Paint.Line(Ink.Text, 1));
        for (var i = 0; i < limits.Length; i++)
        {
            var paint = Paint.Line(Ink.Text, 1.5, Dashes[Math.Min(i, Dashes.Length - 1)]);
            foreach (var limit in data.KeepSign ? new[] { -limits[i], limits[i] } : [limits[i]])
            {
                svg.Line("limit", scale.At(limit), table.Top, scale.At(limit), table.Bottom + 4, paint);
            }
        }
    }

    private static void Mark(SvgWriter svg, double? before, double? after, Scale scale, double y)
    {
        if (before is { } from && after is { } to) svg.Line("change", scale.At(from), y, scale.At(to), y, Paint.Line(Ink.Muted, 1));
        if (before is { } b) svg.Circle("before", scale.At(b), y, 5, Paint.Hollow(Ink.Vermillion));
        if (after is { } a) Marks.Diamond(svg, "after", scale.At(a) - 6, scale.At(a), scale.At(a) + 6, y, 6, Paint.Filled(Ink.Blue));
    }

    private static List<LegendItem> Explained(Canvas canvas, double[] limits)
    {
        List<LegendItem> items =
        [
            new((svg, x, y) => svg.Circle("legend", x, y, 5, Paint.Hollow(Ink.Vermillion)), canvas.Words.Before),
            new((svg, x, y) => Marks.Diamond(svg, "legend", x - 6, x, x + 6, y, 6, Paint.Filled(Ink.Blue)), canvas.Words.After),
        ];
        for (var i = 0; i < limits.Length; i++)
        {
            var dash = Dashes[Math.Min(i, Dashes.Length - 1)];
            items.Add(new(
                (svg, x, y) => svg.Line("legend", x - 13, y, x + 13, y, Paint.Line(Ink.Text, 1.5, dash)),
                $"{canvas.Words.Limit} {canvas.Numbers.Fixed(limits[i], 2)}"));
        }

        return items;
    }
}
