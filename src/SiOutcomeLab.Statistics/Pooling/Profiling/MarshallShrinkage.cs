namespace SiOutcomeLab.Statistics.Pooling.Profiling;

/// <summary>Ratios shrunk by moments.</summary>
/// <param name="Mean">m, all observed over all expected.</param>
/// <param name="VarianceBetween">A, at least 0.</param>
/// <param name="Ratios">Shrunken ratio per group; all equal the mean when A is 0.</param>
public sealed record MarshallShrinkage(double Mean, double VarianceBetween, IReadOnlyList<double> Ratios);
