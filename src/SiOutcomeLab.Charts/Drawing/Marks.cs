using SiOutcomeLab.Charts.Scales;

namespace SiOutcomeLab.Charts.Drawing;

/// <summary>The shapes that carry data: each meaning has a form of its own besides its colour.</summary>
internal static class Marks
{
    private const double Head = 7;

    public static void Square(SvgWriter svg, string mark, double x, double y, double side, Paint paint) =>
        svg.Rect(mark, x - side / 2, y - side / 2, side, side, paint);

    public static void Diamond(SvgWriter svg, string mark, double left, double x, double right, double y, double half, Paint paint) =>
        svg.Path(mark, [(left, y), (x, y - half), (right, y), (x, y + half)], closed: true, paint);

    /// <summary>A head at the edge (x, y) that points left, or right.</summary>
    public static void ArrowHead(SvgWriter svg, double x, double y, bool right, string colour)
    {
        var back = right ? x - Head : x + Head;
        svg.Path("beyond", [(x, y), (back, y - Head / 2 - 1), (back, y + Head / 2 + 1)], closed: true, Paint.Filled(colour));
    }

    /// <summary>A head at the edge (x, y) that points up, or down.</summary>
    public static void ArrowHeadVertical(SvgWriter svg, double x, double y, bool up, string colour)
    {
        var back = up ? y + Head : y - Head;
        svg.Path("beyond", [(x, y), (x - Head / 2 - 1, back), (x + Head / 2 + 1, back)], closed: true, Paint.Filled(colour));
    }

    /// <summary>A lying interval: capped where it ends, with an arrowhead where it leaves the axis. Ends are numbers or infinite.</summary>
    public static void Interval(SvgWriter svg, string mark, Scale scale, double lower, double upper, double y, Paint paint, double cap = 4)
    {
        var (left, right) = (scale.At(lower), scale.At(upper));
        svg.Line(mark, left, y, right, y, paint);
        var solid = paint with { Dash = null };
        if (scale.Holds(lower)) svg.Line("cap", left, y - cap, left, y + cap, solid);
        else ArrowHead(svg, left, y, right: lower > scale.High, paint.Stroke);
        if (scale.Holds(upper)) svg.Line("cap", right, y - cap, right, y + cap, solid);
        else ArrowHead(svg, right, y, right: upper > scale.High, paint.Stroke);
    }

    /// <summary>A standing interval.</summary>
    public static void IntervalVertical(
        SvgWriter svg, string mark, Scale scale, double lower, double upper, double x, Paint paint, double cap = 4)
    {
        var (bottom, top) = (scale.At(lower), scale.At(upper));
        svg.Line(mark, x, bottom, x, top, paint);
        if (scale.Holds(lower)) svg.Line("cap", x - cap, bottom, x + cap, bottom, paint);
        else ArrowHeadVertical(svg, x, bottom, up: lower > scale.High, paint.Stroke);
        if (scale.Holds(upper)) svg.Line("cap", x - cap, top, x + cap, top, paint);
        else ArrowHeadVertical(svg, x, top, up: upper > scale.High, paint.Stroke);
    }
}
