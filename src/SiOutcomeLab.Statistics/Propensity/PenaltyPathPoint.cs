namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>The solution for one penalty.</summary>
public sealed record PenaltyPathPoint
{
    /// <summary>λ, on the scale of the mean log likelihood and standardised columns.</summary>
    public required double Penalty { get; init; }

    /// <summary>
    /// The intercept and all columns that vary, in own units; 0 where the penalty leaves a column out. No standard errors.
    /// </summary>
    public required IReadOnlyList<Coefficient> Coefficients { get; init; }

    /// <summary>−2 log likelihood.</summary>
    public required double Deviance { get; init; }

    /// <summary>1 − deviance over null deviance.</summary>
    public required double DevianceRatio { get; init; }

    /// <summary>Number of columns with a coefficient other than 0.</summary>
    public required int Columns { get; init; }

    /// <summary>Newton steps taken for this penalty.</summary>
    public required int Iterations { get; init; }

    /// <summary>Coefficients of the standardised columns, the intercept first.</summary>
    internal double[] Beta { get; init; } = [];
}
