namespace SiOutcomeLab.Statistics.Attrition;

/// <summary>What bounds under attrition check of their rows.</summary>
internal static class BoundsGuards
{
    public static double[] Weights(
        ReadOnlySpan<double> outcome, ReadOnlySpan<bool> treated, ReadOnlySpan<bool> observed, ReadOnlySpan<double> weights,
        ReadOnlySpan<int> clusters, double level)
    {
        RowGuards.SameLength(outcome.Length, treated.Length, nameof(treated));
        RowGuards.SameLength(outcome.Length, observed.Length, nameof(observed));
        if (!weights.IsEmpty) RowGuards.SameLength(outcome.Length, weights.Length, nameof(weights));
        if (!clusters.IsEmpty) RowGuards.SameLength(outcome.Length, clusters.Length, nameof(clusters));
        RowGuards.Finite(weights, nameof(weights));
        RowGuards.Level(level);
        var result = new double[outcome.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = weights.IsEmpty ? 1 : weights[i];
            if (result[i] < 0) throw new ArgumentException($"The weight in row {i} is negative.", nameof(weights));
            if (observed[i] && !double.IsFinite(outcome[i]))
            {
                throw new ArgumentException($"'outcome' is NaN or infinite in row {i}, which counts as observed.", nameof(outcome));
            }
        }

        return result;
    }

    public static (NotEstimableReason Reason, string Detail)? Empty(ReadOnlySpan<bool> treated, double[] weights)
    {
        var (anyTreated, anyComparison) = (false, false);
        for (var i = 0; i < weights.Length; i++)
        {
            anyTreated |= weights[i] > 0 && treated[i];
            anyComparison |= weights[i] > 0 && !treated[i];
        }

        return !anyTreated ? (NotEstimableReason.NoTreated, "No treated row has weight.")
            : !anyComparison ? (NotEstimableReason.NoComparison, "No comparison row has weight.")
            : null;
    }

    public static (double Treated, double Comparison) Shares(ReadOnlySpan<bool> treated, ReadOnlySpan<bool> observed, double[] weights)
    {
        Span<double> all = [0, 0];
        Span<double> seen = [0, 0];
        for (var i = 0; i < weights.Length; i++)
        {
            var arm = treated[i] ? 1 : 0;
            all[arm] += weights[i];
            if (observed[i]) seen[arm] += weights[i];
        }

        return (seen[1] / all[1], seen[0] / all[0]);
    }
}
