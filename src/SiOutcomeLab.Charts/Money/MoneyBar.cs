using SiOutcomeLab.Charts.Drawing;
using SiOutcomeLab.Charts.Scales;

namespace SiOutcomeLab.Charts;

/// <summary>A lying bar from one amount to another, with the end's interval.</summary>
internal static class MoneyBar
{
    private const double Thickness = 18;

    public static void Draw(SvgWriter svg, string mark, Scale scale, decimal from, decimal to, double y, Paint paint)
    {
        var (a, b) = (scale.At((double)from), scale.At((double)to));
        // An amount of nearly nothing is still an amount.
        svg.Rect(mark, Math.Min(a, b), y - Thickness / 2, Math.Max(1.5, Math.Abs(b - a)), Thickness, paint);
    }

    public static void Interval(SvgWriter svg, Scale scale, MoneyRow row, decimal from, double y)
    {
        if (MoneyText.Ends(row) is not { } ends) return;
        var (lower, upper) = ((double)(from + ends.Lower), (double)(from + ends.Upper));
        // Paper under the line keeps it visible across a dark bar.
        svg.Line("under", scale.At(lower), y, scale.At(upper), y, Paint.Line(Ink.Paper, 5));
        Marks.Interval(svg, "interval", scale, lower, upper, y, Paint.Line(Ink.Text, 1.5), cap: 5);
    }
}
