namespace SiOutcomeLab.Charts;

/// <summary>What a love plot shows: how alike two groups are, covariate by covariate, before and after adjustment.</summary>
/// <param name="Rows">The covariates; drawn with the largest difference before adjustment first.</param>
public sealed record LoveData(IReadOnlyList<LoveRow> Rows)
{
    /// <summary>Limits as lines: the first dashed, the second dotted.</summary>
    public IReadOnlyList<double> Limits { get; init; } = [0.1, 0.25];

    /// <summary>Whether differences keep their sign; otherwise their absolute values are drawn.</summary>
    public bool KeepSign { get; init; }

    /// <summary>Instead of the language's own words for the axis.</summary>
    public string? AxisLabel { get; init; }
}

/// <summary>A covariate's standardised differences; null or NaN where there is none.</summary>
/// <param name="Label">The covariate.</param>
/// <param name="Before">Before adjustment.</param>
/// <param name="After">After adjustment.</param>
/// <param name="Gap">Why nothing is shown, in words; used when both are missing.</param>
public sealed record LoveRow(string Label, double? Before, double? After, string? Gap = null);
