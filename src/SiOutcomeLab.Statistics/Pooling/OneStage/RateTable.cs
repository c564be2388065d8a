namespace SiOutcomeLab.Statistics.Pooling.OneStage;

/// <summary>Events and time at risk in the two groups of a stratum.</summary>
public sealed record RateTable
{
    /// <summary>Makes a stratum.</summary>
    /// <param name="treatedEvents">Events among the treated.</param>
    /// <param name="treatedTime">Their time at risk, positive, in any unit.</param>
    /// <param name="comparisonEvents">Events in the comparison group.</param>
    /// <param name="comparisonTime">Its time at risk, in the same unit.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative or a time not positive and finite.</exception>
    public RateTable(int treatedEvents, double treatedTime, int comparisonEvents, double comparisonTime)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(treatedEvents);
        ArgumentOutOfRangeException.ThrowIfNegative(comparisonEvents);
        if (!(treatedTime > 0 && double.IsFinite(treatedTime))) throw new ArgumentOutOfRangeException(nameof(treatedTime));
        if (!(comparisonTime > 0 && double.IsFinite(comparisonTime))) throw new ArgumentOutOfRangeException(nameof(comparisonTime));
        (TreatedEvents, TreatedTime) = (treatedEvents, treatedTime);
        (ComparisonEvents, ComparisonTime) = (comparisonEvents, comparisonTime);
    }

    /// <summary>Events among the treated.</summary>
    public int TreatedEvents { get; }

    /// <summary>The treated's time at risk.</summary>
    public double TreatedTime { get; }

    /// <summary>Events in the comparison group.</summary>
    public int ComparisonEvents { get; }

    /// <summary>The comparison group's time at risk.</summary>
    public double ComparisonTime { get; }
}
