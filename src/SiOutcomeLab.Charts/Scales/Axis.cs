using SiOutcomeLab.Charts.Drawing;

namespace SiOutcomeLab.Charts.Scales;

/// <summary>Draws axes: ticks with text that never overlaps, and what the axis shows.</summary>
internal static class Axis
{
    private const double TickLength = 5;

    /// <summary>As many ticks as have room side by side.</summary>
    public static IReadOnlyList<Tick> Fitting(Canvas canvas, Scale scale)
    {
        IReadOnlyList<Tick> ticks = [];
        for (var wanted = 8; wanted >= 1; wanted--)
        {
            ticks = scale.Ticks(wanted, canvas.Numbers);
            if (ticks.Count >= 1 && !Overlap(canvas, scale, ticks)) return ticks;
        }

        // A logarithmic axis has no fewer ticks to offer: leave out every second until they fit.
        while (ticks.Count > 1 && Overlap(canvas, scale, ticks)) ticks = [.. ticks.Where((_, i) => i % 2 == 0)];
        return ticks;
    }

    /// <summary>An axis along the bottom of the plot, or the top; returns where its ticks' text ends.</summary>
    public static double Horizontal(Canvas canvas, Scale scale, double y, double plotTop, double plotBottom, bool above = false)
    {
        var towards = above ? -1 : 1;
        canvas.Svg.Line("axis", scale.At(scale.Low), y, scale.At(scale.High), y, Paint.Line(Ink.Muted, 1));
        foreach (var tick in Fitting(canvas, scale))
        {
            var x = scale.At(tick.Value);
            if (!above) canvas.Svg.Line("grid", x, plotTop, x, plotBottom, Paint.Line(Ink.Grid, 1));
            canvas.Svg.Line("tick", x, y, x, y + towards * TickLength, Paint.Line(Ink.Muted, 1));
            var style = TextStyle.Small with { Anchor = Anchor.Middle };
            canvas.Svg.Text(Centre(canvas, tick, x), y + towards * 15 + style.Drop, tick.Text, style);
        }

        return y + towards * 24;
    }

    /// <summary>An axis along the left of the plot, with lines across it.</summary>
    public static void Vertical(Canvas canvas, Scale scale, double plotLeft, double plotRight, IReadOnlyList<Tick> ticks)
    {
        foreach (var tick in ticks)
        {
            var y = scale.At(tick.Value);
            canvas.Svg.Line("grid", plotLeft, y, plotRight, y, Paint.Line(Ink.Grid, 1));
            canvas.Svg.Line("tick", plotLeft - TickLength, y, plotLeft, y, Paint.Line(Ink.Muted, 1));
            var style = TextStyle.Small with { Anchor = Anchor.End };
            canvas.Svg.Text(plotLeft - 8, y + style.Drop, tick.Text, style);
        }

        canvas.Svg.Line("axis", plotLeft, scale.At(scale.Low), plotLeft, scale.At(scale.High), Paint.Line(Ink.Muted, 1));
    }

    /// <summary>What an axis shows, centred below it; returns where it ends.</summary>
    public static double Label(Canvas canvas, string label, double plotLeft, double plotRight, double top)
    {
        var style = TextStyle.Small with { Anchor = Anchor.Middle, Colour = Ink.Text };
        var lines = TextFit.Wrap(label, style, canvas.Right - Canvas.Margin, 3);
        var half = lines.Max(l => TextWidth.Of(l, style)) / 2;
        var x = Math.Clamp((plotLeft + plotRight) / 2, Canvas.Margin + half, canvas.Right - half);
        canvas.Svg.Lines(x, top + style.LineHeight / 2, lines, style);
        return top + lines.Count * style.LineHeight;
    }

    private static bool Overlap(Canvas canvas, Scale scale, IReadOnlyList<Tick> ticks)
    {
        var end = double.NegativeInfinity;
        foreach (var tick in ticks)
        {
            var (half, x) = (TextWidth.Of(tick.Text, TextStyle.Small) / 2, Centre(canvas, tick, scale.At(tick.Value)));
            if (x - half < end + 8) return true;
            end = x + half;
        }

        return false;
    }

    // The text of a tick near the edge moves inwards.
    private static double Centre(Canvas canvas, Tick tick, double x)
    {
        var half = TextWidth.Of(tick.Text, TextStyle.Small) / 2;
        return Math.Clamp(x, Math.Min(half + 2, canvas.Width / 2), Math.Max(canvas.Width - half - 2, canvas.Width / 2));
    }
}
