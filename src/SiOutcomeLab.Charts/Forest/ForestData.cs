namespace SiOutcomeLab.Charts;

/// <summary>What a forest plot shows: one row per estimate, in the given order, and the pooled estimate below.</summary>
/// <param name="Rows">The estimates; any number.</param>
/// <param name="AxisLabel">What is estimated, with its unit.</param>
public sealed record ForestData(IReadOnlyList<ForestRow> Rows, string AxisLabel)
{
    /// <summary>The pooled estimate, if there is one.</summary>
    public ForestPooled? Pooled { get; init; }

    /// <summary>The value that means no effect: 0 for differences, 1 for ratios.</summary>
    public double Reference { get; init; }

    /// <summary>Whether distances on the axis are ratios. Values at or below 0 then cannot be placed and are told as gaps.</summary>
    public bool Logarithmic { get; init; }

    /// <summary>Decimals of the figures beside the marks.</summary>
    public int Decimals { get; init; } = 2;

    /// <summary>Low end of the axis; chosen from the data when null. What lies beyond gets an arrowhead.</summary>
    public double? AxisLow { get; init; }

    /// <summary>High end of the axis; chosen from the data when null.</summary>
    public double? AxisHigh { get; init; }

    /// <summary>What values below the reference mean, such as "fewer months".</summary>
    public string? LowSide { get; init; }

    /// <summary>What values above the reference mean.</summary>
    public string? HighSide { get; init; }
}

/// <summary>One estimate, or why there is none.</summary>
/// <param name="Label">Whose estimate it is.</param>
/// <param name="Estimate">Null when it is suppressed or not estimable.</param>
public sealed record ForestRow(string Label, IntervalValue? Estimate)
{
    /// <summary>Weight in the pooled estimate, on any scale above 0: the square's area.</summary>
    public double? Weight { get; init; }

    /// <summary>The estimate drawn towards the pooled one: a second mark below the first.</summary>
    public IntervalValue? Shrunken { get; init; }

    /// <summary>Why nothing is shown, in words; used when there is no estimate.</summary>
    public string? Gap { get; init; }
}

/// <summary>The pooled estimate.</summary>
/// <param name="Label">Such as "Pooled, 14 municipalities".</param>
/// <param name="Estimate">Null when it is suppressed or not estimable.</param>
public sealed record ForestPooled(string Label, IntervalValue? Estimate)
{
    /// <summary>Low end of the prediction interval.</summary>
    public double? PredictionLower { get; init; }

    /// <summary>High end of the prediction interval.</summary>
    public double? PredictionUpper { get; init; }

    /// <summary>Why nothing is shown, in words.</summary>
    public string? Gap { get; init; }
}
