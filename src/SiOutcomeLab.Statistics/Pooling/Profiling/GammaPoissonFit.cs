namespace SiOutcomeLab.Statistics.Pooling.Profiling;

/// <summary>A gamma distribution of groups' true ratios.</summary>
/// <param name="Shape">a; the coefficient of variation of true ratios is 1/√a.</param>
/// <param name="Mean">μ.</param>
/// <param name="LogLikelihood">Of the negative binomial margin.</param>
/// <param name="Ratios">Shrunken ratio per group.</param>
public sealed record GammaPoissonFit(double Shape, double Mean, double LogLikelihood, IReadOnlyList<double> Ratios);
