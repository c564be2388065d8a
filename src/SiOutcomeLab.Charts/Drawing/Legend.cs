namespace SiOutcomeLab.Charts.Drawing;

/// <summary>One mark and what it means.</summary>
/// <param name="Draw">Draws the mark about the middle (x, y) of a space 28 wide.</param>
/// <param name="Text">What it means.</param>
internal readonly record struct LegendItem(Action<SvgWriter, double, double> Draw, string Text);

/// <summary>What the marks mean, in as many lines as it takes.</summary>
internal static class Legend
{
    private const double Swatch = 28;
    private const double Space = 8;
    private const double LineHeight = 21;

    /// <summary>Draws below the canvas's top and moves it.</summary>
    public static void Draw(Canvas canvas, IReadOnlyList<LegendItem> items)
    {
        if (items.Count == 0) return;
        var (x, y) = (Canvas.Margin, canvas.Top + LineHeight / 2);
        foreach (var item in items)
        {
            var lines = TextFit.Wrap(item.Text, TextStyle.Small, canvas.Right - Canvas.Margin - Swatch - Space, 3);
            var width = Swatch + Space + lines.Max(l => TextWidth.Of(l, TextStyle.Small));
            if (x > Canvas.Margin && x + width > canvas.Right) (x, y) = (Canvas.Margin, y + LineHeight);
            item.Draw(canvas.Svg, x + Swatch / 2, y);
            canvas.Svg.Lines(x + Swatch + Space, y, lines, TextStyle.Small);
            x += width + 14;
            // What took several lines has filled them: the next begins below.
            if (lines.Count > 1) (x, y) = (canvas.Right, y + (lines.Count - 1) * TextStyle.Small.LineHeight);
        }

        canvas.Top = y + LineHeight / 2 + 8;
    }
}
