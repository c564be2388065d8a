namespace SiOutcomeLab.Statistics.Pooling.Profiling;

/// <summary>A group's observed over expected events.</summary>
/// <param name="Ratio">O / E.</param>
/// <param name="Exact">Exact Poisson interval.</param>
/// <param name="Byar">Byar's approximate interval.</param>
/// <param name="Statistic">z of no difference from what is expected.</param>
/// <param name="PValue">Its two-sided p-value, not adjusted for the number of groups (see the Multiplicity room).</param>
public sealed record StandardisedRatioResult(double Ratio, ValueRange Exact, ValueRange Byar, double Statistic, double PValue);
