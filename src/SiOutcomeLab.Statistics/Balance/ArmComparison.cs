namespace SiOutcomeLab.Statistics.Balance;

/// <summary>One covariate in both arms, under one set of weights.</summary>
public sealed record ArmComparison
{
    /// <summary>Mean among treated rows, in the covariate's unit.</summary>
    public required double MeanTreated { get; init; }

    /// <summary>Mean among comparison rows, in the covariate's unit.</summary>
    public required double MeanComparison { get; init; }

    /// <summary>Standard deviation among treated rows; of a binary covariate √(p(1 − p)).</summary>
    public required double DeviationTreated { get; init; }

    /// <summary>Standard deviation among comparison rows; of a binary covariate √(p(1 − p)).</summary>
    public required double DeviationComparison { get; init; }

    /// <summary>Difference of means in the covariate's unit, treated minus comparison: of a binary covariate in shares.</summary>
    public double RawDifference => MeanTreated - MeanComparison;

    /// <summary>
    /// Standardised mean difference, treated minus comparison, in standard deviations of the table's denominator. 0 when the means are
    /// equal; infinite when they differ though neither arm varies.
    /// </summary>
    public required double Smd { get; init; }

    /// <summary>
    /// Standard error of <see cref="Smd"/>: √((v₁/n₁ + v₀/n₀)/s² + d²/(2 (m − 1))), v the weighted variances, n the effective numbers,
    /// s the denominator, m the effective number of treated. The last term is that of an estimated denominator (Hedges and Olkin 1985,
    /// Statistical Methods for Meta-Analysis, p. 86).
    /// </summary>
    public required double SmdStandardError { get; init; }

    /// <summary>Variance of treated over variance of comparison rows; null for binary covariates and where the latter is 0.</summary>
    public required double? VarianceRatio { get; init; }

    /// <summary>Kolmogorov–Smirnov distance: largest difference of the weighted distribution functions, in [0, 1].</summary>
    public required double KolmogorovSmirnov { get; init; }

    /// <summary>
    /// Mean difference of the weighted distribution functions over the distinct values that occur, in [0, 1], as MatchIt reports it; null
    /// when not asked for.
    /// </summary>
    public double? MeanEcdfDifference { get; init; }

    /// <summary>
    /// 1 − overlap coefficient, as cobalt reports it: 0 when both arms are distributed alike, 1 when they share nothing; null when not
    /// asked for..
    /// </summary>
    public double? OverlapComplement { get; init; }
}
