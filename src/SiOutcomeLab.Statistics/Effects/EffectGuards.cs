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

    public static (NotEstimableReason Reason, string Detail)? Arms(ReadOnlySpan<bool> treated, ReadOnlySpan<double> weights)
    {
        if (RowGuards.EmptyArm(treated) is { } empty) return empty;

        int usedTreated = 0, usedComparison = 0;
        for (var i = 0; i < treated.Length; i++)
        {
            if (weights[i] == 0) continue;
            if (treated[i]) usedTreated++;
            else usedComparison++;
        }

        if (usedTreated == 0) return (NotEstimableReason.NoTreated, "No treated row has weight.");
        if (usedComparison == 0) return (NotEstimableReason.NoComparison, "No comparison row has weight.");
        if (Math.Min(usedTreated, usedComparison) < 2)
        {
            return (NotEstimableReason.TooFewObservations, "Each arm needs two rows with weight for a standard error.");
        }

        return null;
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
