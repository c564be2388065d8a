namespace SiOutcomeLab.Statistics.Balance;

/// <summary>How alike the arms are in one covariate, before and after adjustment.</summary>
public sealed record CovariateBalance
{
    /// <summary>The column's name.</summary>
    public required string Name { get; init; }

    /// <summary>Binary or continuous.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>Before adjustment: all rows, weight 1.</summary>
    public required ArmComparison Before { get; init; }

    /// <summary>After adjustment: rows with their weights.</summary>
    public required ArmComparison After { get; init; }
}
