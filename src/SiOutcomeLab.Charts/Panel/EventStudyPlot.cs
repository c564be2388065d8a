using SiOutcomeLab.Charts.Drawing;
using SiOutcomeLab.Charts.Scales;

namespace SiOutcomeLab.Charts;

/// <summary>Effects by period with pointwise intervals and, if given, a band for all periods at once.</summary>
public static class EventStudyPlot
{
    private const double Height = 260;

    /// <summary>The picture as an SVG document.</summary>
    /// <param name="data">What is shown.</param>
    /// <param name="frame">Title, description, language and width.</param>
    public static string Draw(EventStudyData data, ChartFrame frame)
    {
        ArgumentNullException.ThrowIfNull(data);
        var canvas = new Canvas(frame);
        var points = data.Points.OrderBy(p => p.Time).ToArray();
        Legend.Draw(canvas, Explained(canvas, data, points));
        canvas.Top = canvas.Paragraph(data.ValueLabel, TextStyle.Small with { Colour = Ink.Text }, canvas.Top, most: 3) + 8;
        var bands = points.SelectMany(p => new[] { p.BandLower, p.BandUpper }).OfType<double>();
        var (low, high) = Extent.Of(points.Where(IsShown).Select(p => p.Estimate!.Value), bands.Append(data.Reference), logarithmic: false);
        var up = new Scale(data.AxisLow ?? low, data.AxisHigh ?? high, canvas.Top + Height, canvas.Top);
        var ticks = up.Ticks(6, canvas.Numbers);
        var left = Canvas.Margin + 12 + ticks.Select(t => TextWidth.Of(t.Text, TextStyle.Small)).DefaultIfEmpty(0).Max();
        var right = canvas.Right - 8;
        var times = points.Select(p => p.Time).Concat(data.ReferenceTime is { } time ? [time] : []).DefaultIfEmpty(0).ToArray();
        var across = new Scale(times.Min() - 0.6, times.Max() + 0.6, left, right) { WholeTicks = true };
        Axis.Vertical(canvas, up, left, right, ticks);
        var bottom = Axis.Horizontal(canvas, across, canvas.Top + Height, canvas.Top, canvas.Top + Height);
        EventBand.Draw(canvas.Svg, points, across, up);
        Lines(canvas.Svg, data, across, up);
        for (var i = 0; i < points.Length; i++) Point(canvas, data, points[i], i, across, up);
        if (data.ReferenceTime is { } alone && points.All(p => p.Time != alone))
        {
            Reference(canvas.Svg, across.At(alone), up.At(data.Reference));
        }

        canvas.Top = Axis.Label(canvas, data.TimeLabel, left, right, bottom);
        return canvas.Finish();
    }

    private static bool IsShown(EventPoint point) => point.Estimate is { } e && Scale.CanPlace(e.Value, logarithmic: false);

    private static void Lines(SvgWriter svg, EventStudyData data, Scale across, Scale up)
    {
        if (up.Holds(data.Reference))
        {
            var y = up.At(data.Reference);
            svg.Line("reference", across.At(across.Low), y, across.At(across.High), y, Paint.Line(Ink.Text, 1.5));
        }

        if (data.Start is not { } start || !across.Holds(start)) return;
        svg.Line("start", across.At(start), up.At(up.Low), across.At(start), up.At(up.High), Paint.Line(Ink.Muted, 1.5, "6 4"));
    }

    private static void Point(Canvas canvas, EventStudyData data, EventPoint point, int index, Scale across, Scale up)
    {
        var (svg, x) = (canvas.Svg, across.At(point.Time));
        var isReference = point.Time == data.ReferenceTime && !IsShown(point);
        var told = IsShown(point) ? IntervalText.Of(canvas, point.Estimate!.Value, data.Decimals)
            : isReference ? canvas.Words.ReferencePeriod : point.Gap ?? canvas.Words.NotShown;
        svg.OpenGroup("point", index, $"{canvas.Numbers.Fixed((double)point.Time, 0)}: {told}");
        if (!IsShown(point) && !isReference) GapMark.Draw(svg, x, up.At(data.Reference));
        else if (IsShown(point))
        {
            var estimate = point.Estimate!.Value;
            if (IntervalText.HasEnds(estimate))
            {
                Marks.IntervalVertical(svg, "interval", up, estimate.Lower, estimate.Upper, x, Paint.Line(Ink.Blue, 2));
            }

            if (up.Holds(estimate.Value)) svg.Circle("estimate", x, up.At(estimate.Value), 4.5, Paint.Filled(Ink.Blue));
            else Marks.ArrowHeadVertical(svg, x, up.At(estimate.Value), estimate.Value > up.High, Ink.Blue);
        }

        if (point.Time == data.ReferenceTime) Reference(svg, x, up.At(data.Reference));
        svg.CloseGroup();
    }

    private static void Reference(SvgWriter svg, double x, double y, string mark = "reference-period") =>
        Marks.Square(svg, mark, x, y, 10, Paint.Hollow(Ink.Text));

    private static List<LegendItem> Explained(Canvas canvas, EventStudyData data, EventPoint[] points)
    {
        var words = canvas.Words;
        List<LegendItem> items =
        [
            new((svg, x, y) =>
            {
                svg.Line("legend", x, y - 8, x, y + 8, Paint.Line(Ink.Blue, 2));
                svg.Circle("legend", x, y, 4.5, Paint.Filled(Ink.Blue));
            }, words.PointwiseInterval),
        ];
        if (points.Any(EventBand.Has))
        {
            items.Add(new((svg, x, y) => svg.Rect("legend", x - 13, y - 7, 26, 14, EventBand.Paint), words.UniformBand));
        }

        if (data.ReferenceTime is not null) items.Add(new((svg, x, y) => Reference(svg, x, y, "legend"), words.ReferencePeriod));
        var gaps = points.Where(p => !IsShown(p) && p.Time != data.ReferenceTime).Select(p => p.Gap ?? words.NotShown);
        items.AddRange(gaps.Distinct(StringComparer.Ordinal).Select(g => new LegendItem(GapMark.Draw, g)));
        return items;
    }
}
