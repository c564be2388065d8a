namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>One coefficient of a pooled model: the pooled effect itself, or a moderator's slope.</summary>
/// <param name="Name">"intercept" or the moderator's name.</param>
/// <param name="Estimate">In the effect's unit (per unit of the moderator).</param>
/// <param name="StandardError">In the same unit.</param>
/// <param name="Statistic">Estimate over standard error.</param>
/// <param name="PValue">Two-sided p-value of 0.</param>
/// <param name="ConfidenceLow">Lower end of the interval at the model's level.</param>
/// <param name="ConfidenceHigh">Upper end.</param>
public sealed record PooledCoefficient(
    string Name, double Estimate, double StandardError, double Statistic, double PValue, double ConfidenceLow, double ConfidenceHigh);
