namespace SiOutcomeLab.Charts.Drawing;

/// <summary>Estimates and their intervals in figures and words.</summary>
internal static class IntervalText
{
    /// <summary>"0,12 (0,05 till 0,19)".</summary>
    public static string Of(Canvas canvas, IntervalValue value, int decimals)
    {
        var ends = HasEnds(value) ? Ends(canvas, value.Lower, value.Upper, decimals) : canvas.Words.NoInterval;
        return $"{canvas.Numbers.Fixed(value.Value, decimals)} ({ends})";
    }

    /// <summary>"0,05 till 0,19".</summary>
    public static string Ends(Canvas canvas, double lower, double upper, int decimals) =>
        $"{canvas.Numbers.Fixed(End(lower), decimals)} {canvas.Words.To} {canvas.Numbers.Fixed(End(upper), decimals)}";

    public static bool HasEnds(IntervalValue value) => !double.IsNaN(value.Lower) && !double.IsNaN(value.Upper);

    // An end too far away for any axis reads as no end, not as three hundred digits.
    private static double End(double value) => Math.Abs(value) > 1e15 ? double.CopySign(double.PositiveInfinity, value) : value;
}
