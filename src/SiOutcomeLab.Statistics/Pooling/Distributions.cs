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

    /// <inheritdoc cref="UpperTails.StudentTwoSided"/>
    public static double TwoSided(double statistic, double degreesOfFreedom) =>
        UpperTails.StudentTwoSided(statistic, degreesOfFreedom);

    /// <summary>The t with P(|T| ≥ t) = 1 − level; infinite where no degree of freedom is left.</summary>
    public static double TwoSidedCritical(double level, double degreesOfFreedom) =>
        degreesOfFreedom <= 0 ? double.PositiveInfinity : Quantiles.StudentUpper(degreesOfFreedom, (1 - level) / 2);

    /// <inheritdoc cref="UpperTails.ChiSquared"/>
    public static double ChiSquareUpper(double x, double degreesOfFreedom) => UpperTails.ChiSquared(x, degreesOfFreedom);

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

    /// <inheritdoc cref="UpperTails.F"/>
    public static double FUpper(double f, double numerator, double denominator) => UpperTails.F(f, numerator, denominator);

    public static double BetaQuantile(double p, double a, double b) =>
        BracketedRoot.Find(x => LogRatio(x <= 0 ? 0 : SpecialFunctions.BetaRegularized(a, b, x), p), 0, 1);

    // How far a probability is from its target, on the log scale, with a floor so that brackets may start where it is 0.
    private static double LogRatio(double probability, double target) => Math.Log(Math.Max(probability, 1e-300) / target);
}
