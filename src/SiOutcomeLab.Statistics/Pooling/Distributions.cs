using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>
/// Tails and quantiles to full precision: upper tails are computed as such, never as 1 − p, and quantiles are polished on the tail's own
/// scale, because the library's root finders stop at an absolute tolerance.
/// </summary>
internal static class Distributions
{
    public static double NormalQuantile(double p) => Normal.InvCDF(0, 1, p);

    public static double NormalLower(double z) => Normal.CDF(0, 1, z);

    /// <summary>P(|T| ≥ |t|), with infinite degrees of freedom for the normal.</summary>
    public static double TwoSided(double statistic, double degreesOfFreedom)
    {
        var size = Math.Abs(statistic);
        if (double.IsPositiveInfinity(degreesOfFreedom)) return 2 * NormalLower(-size);
        return SpecialFunctions.BetaRegularized(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + (size * size)));
    }

    /// <summary>The t with P(|T| ≥ t) = 1 − level.</summary>
    public static double TwoSidedCritical(double level, double degreesOfFreedom)
    {
        var tail = 1 - level;
        if (double.IsPositiveInfinity(degreesOfFreedom)) return -NormalQuantile(tail / 2);
        if (degreesOfFreedom <= 0) return double.PositiveInfinity;
        var high = 2.0;
        while (TwoSided(high, degreesOfFreedom) > tail) high *= 2;
        return BracketedRoot.Find(t => LogRatio(TwoSided(t, degreesOfFreedom), tail), 0, high);
    }

    public static double ChiSquareUpper(double x, double degreesOfFreedom) =>
        x <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2, x / 2);

    public static double ChiSquareQuantile(double p, double degreesOfFreedom)
    {
        if (p <= 0) return 0;
        var high = Math.Max(1, degreesOfFreedom);
        while (SpecialFunctions.GammaLowerRegularized(degreesOfFreedom / 2, high / 2) < p) high *= 2;
        return p < 0.5
            ? BracketedRoot.Find(
                x => LogRatio(x <= 0 ? 0 : SpecialFunctions.GammaLowerRegularized(degreesOfFreedom / 2, x / 2), p), 0, high)
            : BracketedRoot.Find(x => LogRatio(ChiSquareUpper(x, degreesOfFreedom), 1 - p), 0, high);
    }

    /// <summary>P(F ≥ f).</summary>
    public static double FUpper(double f, double numerator, double denominator) =>
        f <= 0 ? 1 : SpecialFunctions.BetaRegularized(denominator / 2, numerator / 2, denominator / (denominator + (numerator * f)));

    public static double BetaQuantile(double p, double a, double b) =>
        BracketedRoot.Find(x => LogRatio(x <= 0 ? 0 : SpecialFunctions.BetaRegularized(a, b, x), p), 0, 1);

    // How far a probability is from its target, on the log scale, with a floor so that brackets may start where it is 0.
    private static double LogRatio(double probability, double target) => Math.Log(Math.Max(probability, 1e-300) / target);
}
