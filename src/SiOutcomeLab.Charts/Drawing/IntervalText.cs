namespace SiOutcomeLab.Charts.Drawing;

/// <summary>Estimates and their intervals in figures and words.</summary>
internal static class IntervalText
{
    /// <summary>"0,12 (0,05 till 0,19)".</summary>
    public static string Of(Canvas canvas, IntervalValue value, int decimals) =>
        $"{canvas.Numbers.Fixed(value.Value, decimals)} ({(HasEnds(value) ? Ends(canvas, value.Lower, value.Upper, decimals) : canvas.Words.NoInterval)})";

    /// <summary>"0,05 till 0,19".</summary>
    public static string Ends(Canvas canvas, double lower, double upper, int decimals) =>
        $"{canvas.Numbers.Fixed(lower, decimals)} {canvas.Words.To} {canvas.Numbers.Fixed(upper, decimals)}";

    public static bool HasEnds(IntervalValue value) => !double.IsNaN(value.Lower) && !double.IsNaN(value.Upper);
}
