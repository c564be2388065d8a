namespace SiOutcomeLab.Statistics.Panel;

/// <summary>Which cells an aggregation uses.</summary>
public sealed record AggregationOptions
{
    /// <summary>
    /// Event study only: keep cohorts seen at least this many units of time after their start, and event times up to it, so that the
    /// later estimates are of the same cohorts as the earlier; null for all.
    /// </summary>
    public int? BalanceEventTime { get; init; }

    /// <summary>Event study only: smallest event time, or null.</summary>
    public int? FirstEventTime { get; init; }

    /// <summary>Largest event time, or null; also limits the treated cells of the other aggregations.</summary>
    public int? LastEventTime { get; init; }
}
