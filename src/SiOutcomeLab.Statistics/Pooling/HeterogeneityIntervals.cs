namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>Confidence intervals for the variance of true effects and what follows from it.</summary>
/// <param name="Level">Confidence level.</param>
/// <param name="TauSquared">For τ².</param>
/// <param name="Tau">For τ, in the effect's unit.</param>
/// <param name="ISquared">For I², in per cent.</param>
/// <param name="HSquared">For H².</param>
public sealed record HeterogeneityIntervals(
    double Level, ValueRange TauSquared, ValueRange Tau, ValueRange ISquared, ValueRange HSquared);
