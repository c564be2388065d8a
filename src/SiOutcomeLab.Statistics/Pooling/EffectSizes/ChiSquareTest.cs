namespace SiOutcomeLab.Statistics.Pooling.EffectSizes;

/// <summary>A χ² test.</summary>
/// <param name="Statistic">χ².</param>
/// <param name="DegreesOfFreedom">Its degrees of freedom.</param>
/// <param name="PValue">Upper tail.</param>
public sealed record ChiSquareTest(double Statistic, int DegreesOfFreedom, double PValue);
