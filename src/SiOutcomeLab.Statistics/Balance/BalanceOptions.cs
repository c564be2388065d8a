namespace SiOutcomeLab.Statistics.Balance;

/// <summary>What a balance table holds beyond means, variance ratios and the Kolmogorov–Smirnov distance.</summary>
public sealed record BalanceOptions
{
    /// <summary>What mean differences are divided by.</summary>
    public SmdDenominator Denominator { get; init; } = SmdDenominator.Treated;

    /// <summary>True for <see cref="ArmComparison.MeanEcdfDifference"/>.</summary>
    public bool MeanEcdfDifference { get; init; }

    /// <summary>True for <see cref="ArmComparison.OverlapComplement"/>.</summary>
    public bool OverlapComplement { get; init; }

    /// <summary>True to judge the square of every continuous covariate as well.</summary>
    public bool Squares { get; init; }

    /// <summary>True to judge the product of every two covariates as well; products that do not vary are left out.</summary>
    public bool Interactions { get; init; }

    /// <summary>Most threads, or null for the machine's; the table does not depend on it.</summary>
    public int? Threads { get; init; }
}
