namespace SiOutcomeLab.Statistics.Pooling.EffectSizes;

/// <summary>An effect size and its sampling variance.</summary>
/// <param name="Estimate">On the scale that its maker names.</param>
/// <param name="Variance">Sampling variance on the same scale.</param>
public readonly record struct EffectSize(double Estimate, double Variance);
