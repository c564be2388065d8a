namespace SiOutcomeLab.Statistics.Pooling.Profiling;

/// <summary>How much more groups differ from a target than chance allows.</summary>
/// <param name="Target">p₀.</param>
/// <param name="Phi">Mean of the squared winsorised z; 1 if only chance is at work.</param>
/// <param name="PhiRaw">The same without winsorising.</param>
/// <param name="TauSquared">Variance of groups' true risks around the target.</param>
/// <param name="WinsorisedAt">The two quantiles of z.</param>
/// <param name="Statistics">z per group.</param>
/// <param name="Multiplicative">z / √φ per group.</param>
/// <param name="Additive">z with τ² added to its variance, per group.</param>
public sealed record OverdispersionResult(
    double Target,
    double Phi,
    double PhiRaw,
    double TauSquared,
    ValueRange WinsorisedAt,
    IReadOnlyList<double> Statistics,
    IReadOnlyList<double> Multiplicative,
    IReadOnlyList<double> Additive);
