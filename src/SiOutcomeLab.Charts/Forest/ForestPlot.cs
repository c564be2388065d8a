using SiOutcomeLab.Charts.Drawing;
using SiOutcomeLab.Charts.Scales;

namespace SiOutcomeLab.Charts;

/// <summary>Estimates under each other on one axis: squares with intervals, the pooled estimate as a diamond.</summary>
public static class ForestPlot
{
    // Above this many rows the axis stands above the rows too.
    private const int RowsPerAxis = 15;

    private const double LargestSquare = 15;
    private const double SmallestSquare = 6;

    /// <summary>The picture as an SVG document.</summary>
    /// <param name="data">What is shown.</param>
    /// <param name="frame">Title, description, language and width.</param>
    public static string Draw(ForestData data, ChartFrame frame)
    {
        ArgumentNullException.ThrowIfNull(data);
        var canvas = new Canvas(frame);
        var rows = ForestRows.Of(canvas, data);
        Legend.Draw(canvas, Explained(data, rows));
        var twoAxes = rows.Count > RowsPerAxis;
        if (twoAxes) canvas.Top += 26;
        var table = new RowTable(canvas, [.. rows.Select(r => r.Text)], rows.Any(r => r.Shrunken is not null) ? 30 : 22);
        var scale = ScaleOf(data, rows, table);
        if (twoAxes) Axis.Horizontal(canvas, scale, table.Top, table.Top, table.Bottom, above: true);
        var axisBottom = Axis.Horizontal(canvas, scale, table.Bottom + 4, table.Top, table.Bottom + 4);
        Lines(canvas.Svg, data, rows, scale, table);
        var heaviest = rows.Max(r => r.Weight) ?? 1;
        for (var i = 0; i < rows.Count; i++)
        {
            table.Begin(i);
            Mark(canvas.Svg, rows[i], scale, table[i].MarkY, heaviest);
            canvas.Svg.CloseGroup();
        }

        canvas.Top = Axis.Label(canvas, data.AxisLabel, table.PlotLeft, table.PlotRight, ForestSides.Draw(canvas, data, scale, axisBottom));
        return canvas.Finish();
    }

    private static Scale ScaleOf(ForestData data, IReadOnlyList<ForestRows> rows, RowTable table)
    {
        var predictions = rows.Select(r => r.Prediction).OfType<(double Low, double High)>();
        var (low, high) = Extent.Of(
            rows.SelectMany(r => new[] { r.Estimate, r.Shrunken }).OfType<IntervalValue>(),
            predictions.SelectMany(p => new[] { p.Low, p.High }).Append(data.Reference),
            data.Logarithmic);
        return new Scale(data.AxisLow ?? low, data.AxisHigh ?? high, table.PlotLeft, table.PlotRight, data.Logarithmic);
    }

    private static void Lines(SvgWriter svg, ForestData data, IReadOnlyList<ForestRows> rows, Scale scale, RowTable table)
    {
        if (Scale.CanPlace(data.Reference, data.Logarithmic) && scale.Holds(data.Reference))
        {
            var x = scale.At(data.Reference);
            svg.Line("reference", x, table.Top, x, table.Bottom + 4, Paint.Line(Ink.Text, 1.5));
        }

        if (rows.FirstOrDefault(r => r.IsPooled)?.Estimate is not { } pooled || !scale.Holds(pooled.Value)) return;
        svg.Line("pooled-line", scale.At(pooled.Value), table.Top, scale.At(pooled.Value), table.Bottom, Paint.Line(Ink.Muted, 1, "2 4"));
    }

    private static void Mark(SvgWriter svg, ForestRows row, Scale scale, double y, double heaviest)
    {
        if (row.Prediction is { } prediction)
        {
            Marks.Interval(svg, "prediction", scale, prediction.Low, prediction.High, y, Paint.Line(Ink.Text, 3, "6 3"), cap: 6);
        }
        else if (row.IsPooled) Pooled(svg, row, scale, y);
        else
        {
            var offset = row.Shrunken is null ? 0 : 7;
            if (row.Estimate is { } own) Own(svg, own, row.Weight, scale, y - offset, heaviest);
            if (row.Shrunken is { } shrunken) Shrunken(svg, shrunken, scale, y + offset);
        }
    }

    private static void Own(SvgWriter svg, IntervalValue own, double? weight, Scale scale, double y, double heaviest)
    {
        if (IntervalText.HasEnds(own)) Marks.Interval(svg, "interval", scale, own.Lower, own.Upper, y, Paint.Line(Ink.Blue, 2));
        var side = weight is { } w ? Math.Max(SmallestSquare, LargestSquare * Math.Sqrt(w / heaviest)) : 9;
        if (scale.Holds(own.Value)) Marks.Square(svg, "estimate", scale.At(own.Value), y, side, Paint.Filled(Ink.Blue));
        else Marks.ArrowHead(svg, scale.At(own.Value), y, own.Value > scale.High, Ink.Blue);
    }

    private static void Shrunken(SvgWriter svg, IntervalValue shrunken, Scale scale, double y)
    {
        if (IntervalText.HasEnds(shrunken))
        {
            var paint = Paint.Line(Ink.Vermillion, 1.5, "4 2");
            Marks.Interval(svg, "shrunken-interval", scale, shrunken.Lower, shrunken.Upper, y, paint, cap: 3);
        }

        if (scale.Holds(shrunken.Value)) svg.Circle("shrunken", scale.At(shrunken.Value), y, 4, Paint.Hollow(Ink.Vermillion));
        else Marks.ArrowHead(svg, scale.At(shrunken.Value), y, shrunken.Value > scale.High, Ink.Vermillion);
    }

    private static void Pooled(SvgWriter svg, ForestRows row, Scale scale, double y)
    {
        if (row.Estimate is not { } pooled) return;
        if (!IntervalText.HasEnds(pooled)) pooled = pooled with { Lower = pooled.Value, Upper = pooled.Value };
        if (!scale.Holds(pooled.Lower)) Marks.ArrowHead(svg, scale.At(pooled.Lower), y, pooled.Lower > scale.High, Ink.Text);
        if (!scale.Holds(pooled.Upper)) Marks.ArrowHead(svg, scale.At(pooled.Upper), y, pooled.Upper > scale.High, Ink.Text);
        var (left, right) = (scale.At(pooled.Lower), scale.At(pooled.Upper));
        // A diamond narrower than this is not seen as one.
        var thin = Math.Max(0, 5 - (right - left)) / 2;
        Marks.Diamond(svg, "pooled", left - thin, scale.At(pooled.Value), right + thin, y, 9, Paint.Filled(Ink.Text));
    }

    private static List<LegendItem> Explained(ForestData data, IReadOnlyList<ForestRows> rows)
    {
        var words = rows.Count == 0 ? null : rows[0].Words;
        List<LegendItem> items = [];
        if (words is null) return items;
        var weighted = rows.Any(r => r.Weight is not null);
        if (rows.Any(r => r is { IsPooled: false, Estimate: not null }))
        {
            items.Add(new((svg, x, y) =>
            {
                svg.Line("legend", x - 13, y, x + 13, y, Paint.Line(Ink.Blue, 2));
                Marks.Square(svg, "legend", x, y, 9, Paint.Filled(Ink.Blue));
            }, weighted ? words.EstimateWeighted : words.Estimate));
        }

        if (rows.Any(r => r.Shrunken is not null))
        {
            items.Add(new((svg, x, y) =>
            {
                svg.Line("legend", x - 13, y, x + 13, y, Paint.Line(Ink.Vermillion, 1.5, "4 2"));
                svg.Circle("legend", x, y, 4, Paint.Hollow(Ink.Vermillion));
            }, words.Shrunken));
        }

        if (data.Pooled?.Estimate is not null)
        {
            items.Add(new((svg, x, y) => Marks.Diamond(svg, "legend", x - 12, x, x + 12, y, 7, Paint.Filled(Ink.Text)), words.Pooled));
        }

        return items;
    }
}
