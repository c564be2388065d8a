namespace SiOutcomeLab.Charts;

/// <summary>What an overlap plot shows: how the probability of taking part is spread in two groups.</summary>
/// <param name="Bins">Adjoining ranges in rising order; at least one.</param>
public sealed record OverlapData(IReadOnlyList<OverlapBin> Bins)
{
    /// <summary>Low end of the range where both groups have persons.</summary>
    public double? SupportLow { get; init; }

    /// <summary>High end of that range.</summary>
    public double? SupportHigh { get; init; }

    /// <summary>Instead of the language's own words for the axis of the score.</summary>
    public string? AxisLabel { get; init; }

    /// <summary>Shares of each group in equally wide bins from 0 to 1; a score outside, or NaN, counts in no bin.</summary>
    /// <param name="participants">The participants' scores.</param>
    /// <param name="comparison">The comparison persons' scores.</param>
    /// <param name="bins">How many, 1 to 200.</param>
    public static OverlapData OfScores(IReadOnlyList<double> participants, IReadOnlyList<double> comparison, int bins = 20)
    {
        ArgumentNullException.ThrowIfNull(participants);
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bins, 200);
        var (ours, theirs) = (Shares(participants, bins), Shares(comparison, bins));
        var ranges = Enumerable.Range(0, bins).Select(i => (Bin: i, From: (double)i / bins, To: (double)(i + 1) / bins));
        return new OverlapData([.. ranges.Select(r => new OverlapBin(r.From, r.To, ours[r.Bin], theirs[r.Bin]))]);
    }

    private static double[] Shares(IReadOnlyList<double> scores, int bins)
    {
        var shares = new double[bins];
        foreach (var score in scores)
        {
            if (score is >= 0 and <= 1) shares[Math.Min(bins - 1, (int)(score * bins))] += 1.0 / scores.Count;
        }

        return shares;
    }
}

/// <summary>One range of the score.</summary>
/// <param name="From">Its low end.</param>
/// <param name="To">Its high end.</param>
/// <param name="Participants">Share of the participants, 0 to 1; null when suppressed.</param>
/// <param name="Comparison">Share of the comparison persons, 0 to 1; null when suppressed.</param>
public sealed record OverlapBin(double From, double To, double? Participants, double? Comparison);
