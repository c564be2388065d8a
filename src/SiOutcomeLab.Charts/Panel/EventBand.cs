using SiOutcomeLab.Charts.Drawing;
using SiOutcomeLab.Charts.Scales;

namespace SiOutcomeLab.Charts;

/// <summary>The band of an event study: an area with a dashed edge, broken where a period has none.</summary>
internal static class EventBand
{
    // A tint of the estimates' blue; the dashed edge carries the meaning, so the tint may be faint.
    public static Paint Paint { get; } = new("#E3F0F8", Ink.Blue, 1.2, "5 3");

    public static bool Has(EventPoint point) => point is { BandLower: { } l, BandUpper: { } u } && !double.IsNaN(l) && !double.IsNaN(u);

    public static void Draw(SvgWriter svg, IReadOnlyList<EventPoint> points, Scale across, Scale up)
    {
        for (var i = 0; i < points.Count; i++)
        {
            if (!Has(points[i])) continue;
            var run = points.Skip(i).TakeWhile(Has).ToArray();
            i += run.Length;
            var upper = run.Select(p => (X: across.At(p.Time), Y: up.At(p.BandUpper!.Value))).ToArray();
            var lower = run.Select(p => (X: across.At(p.Time), Y: up.At(p.BandLower!.Value))).ToArray();
            // A single period's band is as wide as a mark.
            if (run.Length == 1) (upper, lower) = (Widened(upper[0]), Widened(lower[0]));
            svg.Path("band", [.. upper, .. lower.Reverse()], closed: true, Paint);
        }
    }

    private static (double X, double Y)[] Widened((double X, double Y) point) => [(point.X - 7, point.Y), (point.X + 7, point.Y)];
}
