namespace SiOutcomeLab.Charts.Drawing;

/// <summary>A cross where a value would have stood.</summary>
internal static class GapMark
{
    public static void Draw(SvgWriter svg, double x, double y)
    {
        svg.Line("gap", x - 4, y - 4, x + 4, y + 4, Paint.Line(Ink.Muted, 2));
        svg.Line("gap", x - 4, y + 4, x + 4, y - 4, Paint.Line(Ink.Muted, 2));
    }
}
