using System.Runtime.InteropServices;
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

    public static void GroupIsRows(BalancingWeights weights)
    {
        if (weights.Aim is Estimand.Treated or Estimand.Everyone or Estimand.Untreated) return;
        throw new ArgumentException(
            $"The weights aim at {weights.Aim}; the augmented effect is of the treated, of everybody or of the comparison rows.",
            nameof(weights));
    }

    /// <summary>The refusal when the rows with weight cannot carry an effect and its standard error, or null.</summary>
    public static (NotEstimableReason Reason, string Detail)? Arms(
        ReadOnlySpan<double> outcome, ReadOnlySpan<bool> treated, ReadOnlySpan<double> weights, ReadOnlySpan<int> clusters = default)
    {
        if (RowGuards.EmptyArm(treated) is { } empty) return empty;

        var arms = MemoryMarshal.Cast<bool, byte>(treated);
        Span<int> used = [0, 0];
        for (var i = 0; i < arms.Length; i++) used[arms[i]] += weights[i] != 0 ? 1 : 0;
        if (used[1] == 0) return (NotEstimableReason.NoTreated, "No treated row has weight.");
        if (used[0] == 0) return (NotEstimableReason.NoComparison, "No comparison row has weight.");
        if (Math.Min(used[0], used[1]) < 2)
        {
            return (NotEstimableReason.TooFewObservations, "Each arm needs two rows with weight for a standard error.");
        }

        return Varies(outcome, treated, weights)
            ? OneCluster(treated, weights, clusters)
            : (NotEstimableReason.NoVariation, "The outcome does not vary within either arm.");
    }

    /// <summary>
    /// The refusal when an arm's rows are all in one cluster, or null: their influence values add up to zero there, and a clustered error
    /// would leave that arm's uncertainty out (MacKinnon and Webb 2018, The Econometrics Journal 21(2), p. 114–135).
    /// </summary>
    public static (NotEstimableReason Reason, string Detail)? OneCluster(
        ReadOnlySpan<bool> treated, ReadOnlySpan<double> weights, ReadOnlySpan<int> clusters)
    {
        if (clusters.IsEmpty) return null;

        Span<int> first = [-1, -1];
        Span<bool> several = [false, false];
        for (var i = 0; i < clusters.Length && !(several[0] && several[1]); i++)
        {
            if (weights[i] == 0) continue;
            var arm = treated[i] ? 1 : 0;
            if (first[arm] < 0) first[arm] = i;
            else several[arm] |= clusters[i] != clusters[first[arm]];
        }

        if (several[0] && several[1]) return null;
        return (
            NotEstimableReason.TooFewObservations,
            $"All used {ArmRegression.Words(!several[1])} rows are in one cluster, so nothing tells how much their clusters differ.");
    }

    /// <summary>
    /// Standard error by M-estimation from influence values, with its reference distribution: normal without clusters, t with
    /// clusters − 1 degrees of freedom otherwise. Returns the refusal, or null. Where nuisance models are not carried along, it is an
    /// influence-function standard error.
    /// </summary>
    public static (NotEstimableReason Reason, string Detail)? MEstimation(
        ReadOnlySpan<double> influence,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<int> clusters,
        out Uncertainty uncertainty,
        bool nuisanceCarried = true)
    {
        var sums = ClusterSums.Of(influence, weights, clusters);
        var type = (nuisanceCarried, clusters.IsEmpty) switch
        {
            (true, true) => StandardErrorType.MEstimation,
            (true, false) => StandardErrorType.ClusteredMEstimation,
            (false, true) => StandardErrorType.InfluenceFunction,
            (false, false) => StandardErrorType.ClusteredInfluenceFunction
        };
        uncertainty = new Uncertainty(
            Math.Sqrt(sums.Variance),
            type,
            clusters.IsEmpty ? double.PositiveInfinity : sums.Clusters - 1.0);
        return Judge(sums);
    }

    // The first difference settles it, as a rule within a few rows.
    private static bool Varies(ReadOnlySpan<double> outcome, ReadOnlySpan<bool> treated, ReadOnlySpan<double> weights)
    {
        Span<double> first = [double.NaN, double.NaN];
        for (var i = 0; i < outcome.Length; i++)
        {
            if (weights[i] == 0) continue;
            var arm = treated[i] ? 1 : 0;
            if (double.IsNaN(first[arm])) first[arm] = outcome[i];
            else if (outcome[i] != first[arm]) return true;
        }

        return false;
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
