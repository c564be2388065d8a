using SiOutcomeLab.Charts.Drawing;
using SiOutcomeLab.Charts.Scales;

namespace SiOutcomeLab.Charts;

/// <summary>What the two sides of the reference mean, in words below the axis.</summary>
internal static class ForestSides
{
    /// <summary>Draws them from margin to margin, each in its half, and returns where they end.</summary>
    public static double Draw(Canvas canvas, ForestData data, Scale scale, double top)
    {
        if (data.LowSide is null && data.HighSide is null) return top;
        var style = TextStyle.Small with { Colour = Ink.Text };
        var (left, right) = (scale.At(scale.Low), scale.At(scale.High));
        var half = (right - left) / 2 - 8;
        var low = data.LowSide is null ? [] : TextFit.Wrap("← " + data.LowSide, style, half, 3);
        var high = data.HighSide is null ? [] : TextFit.Wrap(data.HighSide + " →", style, half, 3);
        canvas.Svg.Lines(left, top + style.LineHeight / 2, low, style);
        canvas.Svg.Lines(right, top + style.LineHeight / 2, high, style with { Anchor = Anchor.End });
        return top + Math.Max(low.Count, high.Count) * style.LineHeight + 2;
    }
}
