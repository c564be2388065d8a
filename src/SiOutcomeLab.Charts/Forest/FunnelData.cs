namespace SiOutcomeLab.Charts;

/// <summary>What a funnel plot shows: estimates against how uncertain they are.</summary>
/// <param name="Points">The estimates.</param>
/// <param name="AxisLabel">What is estimated, with its unit.</param>
public sealed record FunnelData(IReadOnlyList<FunnelPoint> Points, string AxisLabel)
{
    /// <summary>The pooled estimate, from which the limits spread; without it there are none.</summary>
    public double? Pooled { get; init; }

    /// <summary>How many standard errors the limits lie from the pooled estimate; 1.96 holds 95 % if chance alone differs.</summary>
    public double LimitWidth { get; init; } = 1.96;

    /// <summary>Decimals of the figures shown to who points at a mark.</summary>
    public int Decimals { get; init; } = 2;
}

/// <summary>An estimate, or why there is none.</summary>
/// <param name="Label">Whose estimate it is.</param>
/// <param name="Estimate">Null when it is suppressed or not estimable.</param>
/// <param name="StandardError">Above 0; null likewise.</param>
/// <param name="Gap">Why nothing is shown, in words.</param>
public sealed record FunnelPoint(string Label, double? Estimate, double? StandardError, string? Gap = null);
