namespace SiOutcomeLab.Statistics.Balance;

/// <summary>One covariate in both arms, under one set of weights.</summary>
public sealed record ArmComparison
{
    /// <summary>Mean among treated rows, in the covariate's unit.</summary>
    public required double MeanTreated { get; init; }

    /// <summary>Mean among comparison rows, in the covariate's unit.</summary>
    public required double MeanComparison { get; init; }

    /// <summary>
    /// Standardised mean difference, treated minus comparison, in standard deviations of the unadjusted sample. 0 when the means are equal;
    /// infinite when they differ though neither arm varies.
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
}
