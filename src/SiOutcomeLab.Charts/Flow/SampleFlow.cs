using SiOutcomeLab.Charts.Drawing;

namespace SiOutcomeLab.Charts;

/// <summary>Boxes under each other with who remains, and between them who was lost.</summary>
public static class SampleFlow
{
    private const double Padding = 9;
    private const double Stem = 26;
    private const double WidestBox = 620;

    private static readonly TextStyle Count = TextStyle.Label with { Bold = true };
    private static readonly TextStyle Reason = TextStyle.Small with { Colour = Ink.Text };

    /// <summary>The picture as an SVG document.</summary>
    /// <param name="data">What is shown.</param>
    /// <param name="frame">Title, description, language and width.</param>
    public static string Draw(FlowData data, ChartFrame frame)
    {
        ArgumentNullException.ThrowIfNull(data);
        var canvas = new Canvas(frame);
        var width = Math.Min(WidestBox, canvas.Right - Canvas.Margin);
        for (var i = 0; i < data.Steps.Count; i++)
        {
            var step = data.Steps[i];
            canvas.Svg.OpenGroup("step", i, $"{step.Label}: {Told(canvas, step.Count, step.Gap)}");
            canvas.Top = Box(canvas, width, step);
            var last = i == data.Steps.Count - 1;
            if (!last || step.Losses.Count > 0) canvas.Top = Between(canvas, width, step, last);
            canvas.Svg.CloseGroup();
        }

        return canvas.Finish();
    }

    private static double Box(Canvas canvas, double width, FlowStep step)
    {
        var inner = width - 2 * Padding;
        var label = TextFit.Wrap(step.Label, TextStyle.Label, inner, 4);
        var count = TextFit.Wrap(Told(canvas, step.Count, step.Gap), Style(step.Count), inner, 3);
        var height = 2 * Padding + label.Count * TextStyle.Label.LineHeight + count.Count * Count.LineHeight;
        canvas.Svg.Rect("step", Canvas.Margin, canvas.Top, width, height, Paint.Hollow(Ink.Blue));
        var y = canvas.Top + Padding + TextStyle.Label.LineHeight / 2;
        canvas.Svg.Lines(Canvas.Margin + Padding, y, label, TextStyle.Label);
        canvas.Svg.Lines(Canvas.Margin + Padding, y + label.Count * TextStyle.Label.LineHeight, count, Style(step.Count));
        return canvas.Top + height;
    }

    // The stem down to the next box, and the losses beside it.
    private static double Between(Canvas canvas, double width, FlowStep step, bool last)
    {
        var (svg, stem, top) = (canvas.Svg, Canvas.Margin + Stem, canvas.Top);
        var (bottom, middle) = (top + 12, top);
        foreach (var loss in step.Losses)
        {
            var end = Loss(canvas, stem + Stem, width - 2 * Stem, bottom, loss);
            middle = (bottom + end) / 2;
            svg.Line("branch", stem, middle, stem + Stem, middle, Paint.Line(Ink.Muted, 1.5));
            bottom = end + 10;
        }

        if (last)
        {
            svg.Line("stem", stem, top, stem, middle, Paint.Line(Ink.Muted, 1.5));
            return bottom;
        }

        if (step.Losses.Count == 0) bottom += 10;
        svg.Line("stem", stem, top, stem, bottom - 2, Paint.Line(Ink.Muted, 1.5));
        Marks.ArrowHeadVertical(svg, stem, bottom, up: false, Ink.Muted);
        return bottom;
    }

    private static double Loss(Canvas canvas, double left, double width, double top, FlowLoss loss)
    {
        var lines = TextFit.Wrap($"{canvas.Words.Lost}: {Told(canvas, loss.Count, loss.Gap)}", Reason, width - 2 * Padding, 3)
            .Concat(TextFit.Wrap(loss.Label, Reason, width - 2 * Padding, 4)).ToArray();
        var height = lines.Length * Reason.LineHeight + Padding;
        canvas.Svg.Rect("loss", left, top, width, height, new Paint(Ink.Paper, Ink.Vermillion, 1.5, "5 3"));
        canvas.Svg.Lines(left + Padding, top + Padding / 2 + Reason.LineHeight / 2, lines, Reason);
        return top + height;
    }

    private static string Told(Canvas canvas, long? count, string? gap) =>
        count is { } number ? canvas.Numbers.Fixed((decimal)number, 0) : gap ?? canvas.Words.NotShown;

    private static TextStyle Style(long? count) => count is null ? TextStyle.Small : Count;
}
