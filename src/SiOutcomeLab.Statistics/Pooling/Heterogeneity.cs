namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>How much the true effects differ between estimates, beyond what moderators explain.</summary>
/// <param name="TauSquared">Variance of true effects, in the effect's unit squared.</param>
/// <param name="TauSquaredStandardError">Its standard error; NaN for a fixed effect.</param>
/// <param name="Q">Cochran's Q: weighted squared residuals at τ² = 0.</param>
/// <param name="QDegreesOfFreedom">k − p.</param>
/// <param name="QPValue">Upper tail of the χ² distribution at Q.</param>
/// <param name="TypicalVariance">
/// The sampling variance s² that I² compares with, (k − p) / tr P (Higgins and Thompson 2002, Statistics in Medicine 21(11), eq. 9).
/// </param>
/// <param name="ISquared">
/// Share of the estimates' variance that is not sampling error, in per cent: 100 τ² / (τ² + s²); for a fixed effect
/// 100 (Q − df) / Q, at least 0. The two agree only for DerSimonian and Laird's τ².
/// </param>
/// <param name="HSquared">τ² / s² + 1; for a fixed effect Q / df.</param>
/// <param name="RSquared">
/// Share of τ² that the moderators explain, in per cent, at least 0 (for a fixed effect the adjusted share of Q); null without moderators,
/// and when there is nothing to explain.
/// </param>
public sealed record Heterogeneity(
    double TauSquared,
    double TauSquaredStandardError,
    double Q,
    int QDegreesOfFreedom,
    double QPValue,
    double TypicalVariance,
    double ISquared,
    double HSquared,
    double? RSquared);
