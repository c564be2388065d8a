namespace SiOutcomeLab.Statistics.Pooling.Profiling;

/// <summary>A beta distribution of groups' true risks.</summary>
/// <param name="Alpha">α.</param>
/// <param name="Beta">β.</param>
/// <param name="LogLikelihood">Of the beta-binomial margin.</param>
/// <param name="Risks">Shrunken risk per group.</param>
/// <param name="Intervals">Posterior interval per group.</param>
public sealed record BetaBinomialFit(
    double Alpha, double Beta, double LogLikelihood, IReadOnlyList<double> Risks, IReadOnlyList<ValueRange> Intervals)
{
    /// <summary>Mean of the true risks, α / (α + β).</summary>
    public double Mean => Alpha / (Alpha + Beta);

    /// <summary>Correlation of two persons of one group, 1 / (α + β + 1).</summary>
    public double IntraclassCorrelation => 1 / (Alpha + Beta + 1);
}
