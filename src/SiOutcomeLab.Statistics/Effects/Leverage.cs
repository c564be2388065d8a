namespace SiOutcomeLab.Statistics.Effects;

/// <summary>What HC2 and HC3 divide by.</summary>
internal static class Leverage
{
    /// <summary>
    /// 1 − leverage; NaN for a row that fits itself: its residual is zero over zero, and what rounding leaves of both says nothing.
    /// </summary>
    public static double Rest(double leverage) => 1 - leverage > 1e-10 ? 1 - leverage : double.NaN;
}
