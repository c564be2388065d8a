using SiOutcomeLab.Charts.Drawing;
using SiOutcomeLab.Charts.Scales;

namespace SiOutcomeLab.Charts;

/// <summary>Two histograms of the propensity score, mirrored: participants upwards, comparison persons downwards.</summary>
public static class OverlapPlot
{
    private const double Half = 130;

    /// <summary>The picture as an SVG document.</summary>
    /// <param name="data">What is shown.</param>
    /// <param name="frame">Title, description, language and width.</param>
    public static string Draw(OverlapData data, ChartFrame frame)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfZero(data.Bins.Count, nameof(data));
        if (data.Bins.Any(b => !Scale.CanPlace(b.From, false) || !Scale.CanPlace(b.To, false) || b.To <= b.From))
        {
            throw new ArgumentException("A bin has two ends, the lower first.", nameof(data));
        }

        var canvas = new Canvas(frame);
        var withheld = data.Bins.Any(b => !Usable(b.Participants) || !Usable(b.Comparison));
        Legend.Draw(canvas, Explained(canvas, data, withheld));
        var shares = data.Bins.SelectMany(b => new[] { b.Participants, b.Comparison }).Where(Usable);
        var most = shares.Select(v => v!.Value).DefaultIfEmpty(0).Max();
        if (most <= 0) most = 0.1;
        var top = canvas.Paragraph(canvas.Words.ShareOfGroup, TextStyle.Small, canvas.Top, most: 2) + 8;
        var middle = top + Half;
        var up = new Scale(0, most * 100 * 1.06, middle, top);
        var down = new Scale(0, most * 100 * 1.06, middle, middle + Half);
        var ticks = up.Ticks(3, canvas.Numbers);
        var left = Canvas.Margin + 12 + ticks.Max(t => TextWidth.Of(t.Text, TextStyle.Small));
        var across = new Scale(data.Bins[0].From, data.Bins[^1].To, left, canvas.Right - 8);
        Axis.Vertical(canvas, up, left, canvas.Right - 8, ticks);
        // Zero is written once.
        Axis.Vertical(canvas, down, left, canvas.Right - 8, [.. ticks.Where(t => t.Value > 0)]);
        var bottom = Axis.Horizontal(canvas, across, middle + Half, top, middle + Half);
        for (var i = 0; i < data.Bins.Count; i++)
        {
            var bin = data.Bins[i];
            canvas.Svg.OpenGroup("bin", i, Told(canvas, bin));
            Bar(canvas.Svg, "participants", bin, bin.Participants, across, up, Paint.Filled(Ink.Blue));
            Bar(canvas.Svg, "comparison", bin, bin.Comparison, across, down, Paint.Hollow(Ink.Vermillion, 1.5));
            canvas.Svg.CloseGroup();
        }

        canvas.Svg.Line("reference", left, middle, canvas.Right - 8, middle, Paint.Line(Ink.Text, 1.5));
        Support(canvas.Svg, data, across, top, middle + Half);
        bottom = Axis.Label(canvas, data.AxisLabel ?? canvas.Words.Propensity, left, canvas.Right - 8, bottom);
        canvas.Top = bottom;
        return canvas.Finish();
    }

    private static bool Usable(double? share) => share is >= 0 and <= 1e6;

    private static void Bar(SvgWriter svg, string mark, OverlapBin bin, double? share, Scale across, Scale along, Paint paint)
    {
        var (left, right, zero) = (across.At(bin.From) + 0.75, across.At(bin.To) - 0.75, along.At(0));
        if (!Usable(share))
        {
            GapMark.Draw(svg, (left + right) / 2, zero + Math.Sign(along.At(along.High) - zero) * 8);
            return;
        }

        if (share == 0) return;
        var end = along.At(share!.Value * 100);
        svg.Rect(mark, left, Math.Min(zero, end), Math.Max(0.5, right - left), Math.Abs(end - zero), paint);
    }

    private static void Support(SvgWriter svg, OverlapData data, Scale across, double top, double bottom)
    {
        foreach (var end in new[] { data.SupportLow, data.SupportHigh })
        {
            if (end is not { } value || !across.Holds(value)) continue;
            svg.Line("support", across.At(value), top, across.At(value), bottom, Paint.Line(Ink.Text, 1.5, "6 4"));
        }
    }

    private static string Told(Canvas canvas, OverlapBin bin)
    {
        string Share(double? share) => Usable(share) ? canvas.Numbers.Percent(share!.Value, 1) : canvas.Words.NotShown;
        var range = IntervalText.Ends(canvas, bin.From, bin.To, 2);
        return $"{range}: {canvas.Words.Participants} {Share(bin.Participants)}, {canvas.Words.Comparison} {Share(bin.Comparison)}";
    }

    private static List<LegendItem> Explained(Canvas canvas, OverlapData data, bool withheld)
    {
        var words = canvas.Words;
        List<LegendItem> items =
        [
            new((svg, x, y) => svg.Rect("legend", x - 6, y - 7, 12, 14, Paint.Filled(Ink.Blue)), words.Participants + " ↑"),
            new((svg, x, y) => svg.Rect("legend", x - 6, y - 7, 12, 14, Paint.Hollow(Ink.Vermillion, 1.5)), words.Comparison + " ↓"),
        ];
        if (data.SupportLow is not null || data.SupportHigh is not null)
        {
            items.Add(new((svg, x, y) => svg.Line("legend", x - 13, y, x + 13, y, Paint.Line(Ink.Text, 1.5, "6 4")), words.CommonSupport));
        }

        if (withheld) items.Add(new(GapMark.Draw, words.NotShown));
        return items;
    }
}
