namespace SiOutcomeLab.Statistics.Sensitivity;

/// <summary>A regression estimate and how much unmeasured confounding it withstands.</summary>
public sealed class OmittedVariableBiasResult
{
    /// <summary>The treatment's coefficient, in the outcome's unit.</summary>
    public required double Estimate { get; init; }

    /// <summary>Its homoskedastic standard error.</summary>
    public required double StandardError { get; init; }

    /// <summary>Residual degrees of freedom.</summary>
    public required int DegreesOfFreedom { get; init; }

    /// <summary>Standard deviation of the outcome given treatment and covariates.</summary>
    public required double ResidualDeviation { get; init; }

    /// <summary>Its t statistic.</summary>
    public required double T { get; init; }

    /// <summary>
    /// Share of the outcome's remaining variance that the treatment explains: what a confounder explaining all of the outcome would have
    /// to share with the treatment.
    /// </summary>
    public required double PartialR2 { get; init; }

    /// <summary>Partial R² with treatment and outcome at which a confounder brings the estimate to zero.</summary>
    public required double RobustnessValue { get; init; }

    /// <summary>Partial R² with treatment and outcome at which a confounder brings the estimate to the edge of significance.</summary>
    public required double RobustnessValueAtLevel { get; init; }

    /// <summary>What confounders as strong as measured covariates would do.</summary>
    public required IReadOnlyList<ConfounderBound> Bounds { get; init; }
}
