namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>A rank correlation and its test.</summary>
/// <param name="Tau">Kendall's τ-b, in [−1, 1].</param>
/// <param name="Statistic">Normal statistic.</param>
/// <param name="PValue">Two-sided.</param>
public sealed record RankCorrelationResult(double Tau, double Statistic, double PValue);
