namespace SiOutcomeLab.Statistics.Pooling.EffectSizes;

/// <summary>One effect taken to be common to all strata.</summary>
/// <param name="Estimate">On the scale that its maker names.</param>
/// <param name="StandardError">On the same scale.</param>
/// <param name="ConfidenceLow">Lower end of the normal interval.</param>
/// <param name="ConfidenceHigh">Upper end.</param>
/// <param name="PValue">Two-sided p-value of 0.</param>
/// <param name="Q">Weighted squared deviations of the strata's own effects.</param>
/// <param name="QPValue">Upper tail of χ² with strata − 1 degrees of freedom.</param>
public sealed record CommonEffect(
    double Estimate, double StandardError, double ConfidenceLow, double ConfidenceHigh, double PValue, double Q, double QPValue)
{
    internal static CommonEffect Of(double estimate, double error, double q, int strata, double level)
    {
        var half = error * Distributions.TwoSidedCritical(level, double.PositiveInfinity);
        return new CommonEffect(
            estimate, error, estimate - half, estimate + half, Distributions.TwoSided(estimate / error, double.PositiveInfinity),
            q, strata > 1 ? Distributions.ChiSquareUpper(q, strata - 1) : 1);
    }
}
