using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Effects;

/// <summary>What every effect estimator checks of its rows before it starts.</summary>
internal static class EffectGuards
{
    public static void Arguments(
        ReadOnlySpan<double> outcome, ReadOnlySpan<bool> treated, int weights, ReadOnlySpan<int> clusters, double level)
    {
        RowGuards.SameLength(outcome.Length, treated.Length, nameof(treated));
        RowGuards.SameLength(outcome.Length, weights, nameof(weights));
        if (!clusters.IsEmpty) RowGuards.SameLength(outcome.Length, clusters.Length, nameof(clusters));
        RowGuards.Finite(outcome, nameof(outcome));
        RowGuards.Level(level);
    }

    /// <summary>The refusal when the rows with weight cannot carry an effect and its standard error, or null.</summary>
    public static (NotEstimableReason Reason, string Detail)? Arms(
        ReadOnlySpan<double> outcome, ReadOnlySpan<bool> treated, ReadOnlySpan<double> weights)
    {
        if (RowGuards.EmptyArm(treated) is { } empty) return empty;

        Span<int> used = [0, 0];
        Span<double> first = [0, 0];
        var varies = false;
        for (var i = 0; i < treated.Length; i++)
        {
            if (weights[i] == 0) continue;
            var arm = treated[i] ? 1 : 0;
            if (used[arm]++ == 0) first[arm] = outcome[i];
            varies |= outcome[i] != first[arm];
        }

        if (used[1] == 0) return (NotEstimableReason.NoTreated, "No treated row has weight.");
        if (used[0] == 0) return (NotEstimableReason.NoComparison, "No comparison row has weight.");
        if (Math.Min(used[0], used[1]) < 2)
        {
            return (NotEstimableReason.TooFewObservations, "Each arm needs two rows with weight for a standard error.");
        }

        return varies ? null : (NotEstimableReason.NoVariation, "The outcome does not vary within either arm.");
    }

    /// <summary>
    /// Standard error by M-estimation from influence values, with its reference distribution: normal without clusters, t with
    /// clusters − 1 degrees of freedom otherwise. Returns the refusal, or null.
    /// </summary>
    public static (NotEstimableReason Reason, string Detail)? MEstimation(
        ReadOnlySpan<double> influence, ReadOnlySpan<double> weights, ReadOnlySpan<int> clusters, out Uncertainty uncertainty)
    {
        var sums = ClusterSums.Of(influence, weights, clusters);
        uncertainty = new Uncertainty(
            Math.Sqrt(sums.Variance),
            clusters.IsEmpty ? StandardErrorType.MEstimation : StandardErrorType.ClusteredMEstimation,
            clusters.IsEmpty ? double.PositiveInfinity : sums.Clusters - 1.0);
        return Judge(sums);
    }

    /// <summary>The refusal when clusters cannot carry a standard error, or null.</summary>
    public static (NotEstimableReason Reason, string Detail)? Judge(ClusterSums sums)
    {
        if (sums.Clusters < 2)
        {
            return (NotEstimableReason.TooFewObservations, "All used rows are in one cluster, so nothing tells how much clusters differ.");
        }

        return sums.Variance > 0
            ? null
            : (NotEstimableReason.NoVariation, "The outcome does not vary within the arms, so the standard error would be zero.");
    }
}
