namespace SiOutcomeLab.Charts.Scales;

/// <summary>Chooses how far an axis reaches.</summary>
internal static class Extent
{
    /// <summary>
    /// Holds every point and fixed value, and intervals as far as they are ordinary: two median half-widths beyond the outermost
    /// point. One very wide interval must not press the others together; it gets an arrowhead.
    /// </summary>
    public static (double Low, double High) Of(IEnumerable<IntervalValue> values, IEnumerable<double> fixedValues, bool logarithmic)
    {
        var usable = values.Where(v => Scale.CanPlace(v.Value, logarithmic)).Select(v => (
            Point: Into(v.Value, logarithmic), Low: End(v.Lower, logarithmic), High: End(v.Upper, logarithmic))).ToArray();
        var points = usable.Select(v => v.Point)
            .Concat(fixedValues.Where(v => Scale.CanPlace(v, logarithmic)).Select(v => Into(v, logarithmic))).ToArray();
        if (points.Length == 0) return logarithmic ? (0.5, 2) : (-1, 1);
        var halves = usable.Where(v => !double.IsNaN(v.Low) && !double.IsNaN(v.High)).Select(v => (v.High - v.Low) / 2).Order().ToArray();
        var room = halves.Length == 0 ? 0 : 2 * halves[halves.Length / 2];
        var (least, most) = (points.Min() - room, points.Max() + room);
        var low = Math.Max(least, usable.Select(v => v.Low).Where(v => !double.IsNaN(v)).Concat(points).Min());
        var high = Math.Min(most, usable.Select(v => v.High).Where(v => !double.IsNaN(v)).Concat(points).Max());
        var pad = (high - low) * 0.05;
        return (Out(low - pad, logarithmic), Out(high + pad, logarithmic));
    }

    private static double End(double value, bool logarithmic) => Scale.CanPlace(value, logarithmic) ? Into(value, logarithmic) : double.NaN;

    private static double Into(double value, bool logarithmic) => logarithmic ? Math.Log(value) : value;

    private static double Out(double value, bool logarithmic) =>
        logarithmic ? Math.Clamp(Math.Exp(value), 1e-9, 1e15) : Math.Clamp(value, -1e15, 1e15);
}
