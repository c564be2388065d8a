using SiOutcomeLab.Charts.Drawing;
using SiOutcomeLab.Charts.Scales;

namespace SiOutcomeLab.Charts;

/// <summary>Estimates against their standard errors, the most certain at the top, with the limits that chance alone would keep.</summary>
public static class FunnelPlot
{
    private const double Height = 280;

    /// <summary>The picture as an SVG document.</summary>
    /// <param name="data">What is shown.</param>
    /// <param name="frame">Title, description, language and width.</param>
    public static string Draw(FunnelData data, ChartFrame frame)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.LimitWidth is not (> 0 and < 100))
        {
            throw new ArgumentOutOfRangeException(nameof(data), "Limits lie 0 to 100 standard errors away.");
        }

        var canvas = new Canvas(frame);
        var pooled = data.Pooled is { } p && Scale.CanPlace(p, logarithmic: false) ? p : (double?)null;
        var shown = data.Points.Where(IsShown).ToArray();
        Legend.Draw(canvas, Explained(canvas, data, pooled is not null));
        canvas.Top = canvas.Paragraph(canvas.Words.StandardError, TextStyle.Small with { Colour = Ink.Text }, canvas.Top, most: 2) + 8;
        var widest = shown.Select(s => s.StandardError!.Value).DefaultIfEmpty(1).Max() * 1.05;
        var down = new Scale(0, widest, canvas.Top, canvas.Top + Height);
        var ticks = down.Ticks(5, canvas.Numbers);
        var (left, right) = (Canvas.Margin + 12 + ticks.Max(t => TextWidth.Of(t.Text, TextStyle.Small)), canvas.Right - 8);
        double[] limits = pooled is { } centre ? [centre - data.LimitWidth * widest, centre + data.LimitWidth * widest] : [];
        var (low, high) = Extent.Of(
            shown.Select(s => new IntervalValue(s.Estimate!.Value, double.NaN, double.NaN)), limits, logarithmic: false);
        var across = new Scale(low, high, left, right);
        Axis.Vertical(canvas, down, left, right, ticks);
        var bottom = Axis.Horizontal(canvas, across, canvas.Top + Height, canvas.Top, canvas.Top + Height);
        if (pooled is { } middle) Limits(canvas.Svg, middle, limits, across, down);
        for (var i = 0; i < data.Points.Count; i++)
        {
            if (IsShown(data.Points[i])) Point(canvas, data, i, across, down);
        }

        canvas.Top = Axis.Label(canvas, data.AxisLabel, left, right, bottom);
        return canvas.Finish();
    }

    private static bool IsShown(FunnelPoint point) =>
        point is { Estimate: { } e, StandardError: { } s } && Scale.CanPlace(e, logarithmic: false) && s > 0 && s <= 1e13;

    private static void Limits(SvgWriter svg, double pooled, double[] limits, Scale across, Scale down)
    {
        var (x, top, bottom) = (across.At(pooled), down.At(0), down.At(down.High));
        svg.Line("pooled-line", x, top, x, bottom, Paint.Line(Ink.Text, 1.5));
        (double X, double Y)[] funnel = [(across.At(limits[0]), bottom), (x, top), (across.At(limits[1]), bottom)];
        svg.Path("funnel", funnel, closed: false, Paint.Line(Ink.Text, 1.5, "6 4"));
    }

    private static void Point(Canvas canvas, FunnelData data, int index, Scale across, Scale down)
    {
        var point = data.Points[index];
        var (x, y) = (across.At(point.Estimate!.Value), down.At(point.StandardError!.Value));
        var estimate = canvas.Numbers.Fixed(point.Estimate.Value, data.Decimals);
        var error = canvas.Numbers.Fixed(point.StandardError.Value, data.Decimals);
        canvas.Svg.OpenGroup("point", index, $"{point.Label}: {estimate} ({canvas.Words.StandardError} {error})");
        canvas.Svg.Circle("estimate", x, y, 5, new Paint(Ink.Blue, Ink.Paper, 1));
        canvas.Svg.CloseGroup();
    }

    private static List<LegendItem> Explained(Canvas canvas, FunnelData data, bool pooled)
    {
        List<LegendItem> items = [];
        if (pooled)
        {
            items.Add(new((svg, x, y) => svg.Line("legend", x, y - 8, x, y + 8, Paint.Line(Ink.Text, 1.5)), canvas.Words.Pooled));
            var limits = Paint.Line(Ink.Text, 1.5, "6 4");
            items.Add(new((svg, x, y) => svg.Line("legend", x - 13, y, x + 13, y, limits), canvas.Words.FunnelLimits));
        }

        var gaps = data.Points.Where(p => !IsShown(p)).GroupBy(p => p.Gap ?? canvas.Words.NotShown, StringComparer.Ordinal);
        items.AddRange(gaps.Select(g => new LegendItem(GapMark.Draw, $"{g.Key} ({canvas.Numbers.Fixed((double)g.Count(), 0)})")));
        return items;
    }
}
