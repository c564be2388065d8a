using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace SiOutcomeLab.Statistics.Numerics;

/// <summary>Upper tails, computed as such and never as 1 − p, so that small ones keep their digits.</summary>
internal static class UpperTails
{
    /// <summary>P(|T| ≥ |t|), with infinite degrees of freedom for the normal.</summary>
    public static double StudentTwoSided(double t, double degreesOfFreedom)
    {
        if (double.IsPositiveInfinity(degreesOfFreedom)) return 2 * Normal.CDF(0, 1, -Math.Abs(t));
        return SpecialFunctions.BetaRegularized(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + (t * t)));
    }

    /// <summary>P(χ² ≥ x).</summary>
    public static double ChiSquared(double x, double degreesOfFreedom) =>
        x <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2, x / 2);

    /// <summary>P(F ≥ f).</summary>
    public static double F(double f, double numerator, double denominator) =>
        f <= 0 ? 1 : SpecialFunctions.BetaRegularized(denominator / 2, numerator / 2, denominator / (denominator + (numerator * f)));
}
