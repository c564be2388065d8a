using MathNet.Numerics;
using MathNet.Numerics.Distributions;

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
        return Root(t => Math.Log(TwoSided(t, degreesOfFreedom) / tail), 0, high);
    }

    public static double ChiSquareUpper(double x, double degreesOfFreedom) =>
        x <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2, x / 2);

    public static double ChiSquareQuantile(double p, double degreesOfFreedom)
    {
        if (p <= 0) return 0;
        var high = Math.Max(1, degreesOfFreedom);
        while (SpecialFunctions.GammaLowerRegularized(degreesOfFreedom / 2, high / 2) < p) high *= 2;
        return p < 0.5
            ? Root(x => Math.Log(p / SpecialFunctions.GammaLowerRegularized(degreesOfFreedom / 2, x / 2)), 0, high)
            : Root(x => Math.Log(ChiSquareUpper(x, degreesOfFreedom) / (1 - p)), 0, high);
    }

    /// <summary>P(F ≥ f).</summary>
    public static double FUpper(double f, double numerator, double denominator) =>
        f <= 0 ? 1 : SpecialFunctions.BetaRegularized(denominator / 2, numerator / 2, denominator / (denominator + (numerator * f)));

    public static double BetaQuantile(double p, double a, double b) =>
        Root(x => x <= 0 ? 1 : Math.Log(p / SpecialFunctions.BetaRegularized(a, b, x)), 0, 1);

    // A decreasing function's root: false position with bisection as its guard (Illinois; Dowell and Jarratt 1971, BIT 11, p. 168–174).
    private static double Root(Func<double, double> decreasing, double low, double high)
    {
        double atLow = double.PositiveInfinity, atHigh = decreasing(high);
        var kept = 0;
        for (var step = 0; step < 200 && high - low > 4e-16 * high; step++)
        {
            var slope = atLow - atHigh;
            var guess = double.IsFinite(slope) && step % 4 != 3 ? low + ((high - low) * atLow / slope) : (low + high) / 2;
            if (!(guess > low && guess < high)) guess = (low + high) / 2;
            var value = decreasing(guess);
            if (value == 0) return guess;
            if (value > 0)
            {
                (low, atLow) = (guess, value);
                if (kept > 0) atHigh /= 2;
                kept = 1;
            }
            else
            {
                (high, atHigh) = (guess, value);
                if (kept < 0) atLow /= 2;
                kept = -1;
            }
        }

        return (low + high) / 2;
    }
}
