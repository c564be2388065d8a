using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Attrition;

/// <summary>
/// Estimand: the weights' own, for everybody with weight, observed or not.
/// Formula: lower bound: outcomes lost among the treated are the range's lowest, among comparison rows its highest; upper bound the other
/// way round. Standard errors by the influence values of the two weighted means so filled in, weights taken as known.
/// Arguments: see <see cref="Estimate"/>. Result: <see cref="EffectBounds"/>; their distance is the range times the shares lost.
/// Not estimable when: an arm has no row with weight, or all in one cluster. Ties, order, seed: none.
/// Source: Horowitz and Manski (2000), JASA 95(449), p. 77–84; Manski (1990), American Economic Review 80(2), p. 319–323.
/// Checked against: filling in by hand, and simulated coverage in the tests.
/// </summary>
public static class WorstCaseBounds
{
    /// <summary>The bounds.</summary>
    /// <param name="outcome">One number per row; those of rows not observed are not read.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="observed">True for rows whose outcome is observed.</param>
    /// <param name="lowest">The smallest value that the outcome can take.</param>
    /// <param name="highest">The largest value that the outcome can take.</param>
    /// <param name="weights">Weights, at least 0, or empty for equal ones.</param>
    /// <param name="clusters">Person or delivery group per row, or empty.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>The bounds, or why there are none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, an observed outcome is outside of the range, or the range is none.</exception>
    public static Estimable<EffectBounds> Estimate(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<bool> treated,
        ReadOnlySpan<bool> observed,
        double lowest,
        double highest,
        ReadOnlySpan<double> weights = default,
        ReadOnlySpan<int> clusters = default,
        double level = 0.95)
    {
        var w = BoundsGuards.Weights(outcome, treated, observed, weights, clusters, level);
        if (!double.IsFinite(lowest) || !double.IsFinite(highest) || lowest >= highest)
        {
            throw new ArgumentException("The range must be finite and rise.", nameof(highest));
        }

        for (var i = 0; i < outcome.Length; i++)
        {
            if (observed[i] && (outcome[i] < lowest || outcome[i] > highest))
            {
                throw new ArgumentException($"The outcome in row {i} is outside of the range.", nameof(outcome));
            }
        }

        if (BoundsGuards.Empty(treated, w) is { } empty) return Estimable.Not<EffectBounds>(empty.Reason, empty.Detail);
        if (EffectGuards.OneCluster(treated, w, clusters) is { } one) return Estimable.Not<EffectBounds>(one.Reason, one.Detail);

        var (low, lowError) = Filled(outcome, treated, observed, w, clusters, lowest, highest);
        var (high, highError) = Filled(outcome, treated, observed, w, clusters, highest, lowest);
        var shares = BoundsGuards.Shares(treated, observed, w);
        return Estimable.Of(new EffectBounds
        {
            Method = "worst-case bounds",
            Assumption = BoundsAssumption.OutcomeRange,
            Low = low,
            High = high,
            LowError = lowError,
            HighError = highError,
            Level = level,
            ObservedTreated = shares.Treated,
            ObservedComparison = shares.Comparison
        });
    }

    private static (double Estimate, double Error) Filled(
        ReadOnlySpan<double> outcome, ReadOnlySpan<bool> treated, ReadOnlySpan<bool> observed, double[] weights, ReadOnlySpan<int> clusters,
        double forTreated, double forComparison)
    {
        var values = new double[outcome.Length];
        for (var i = 0; i < values.Length; i++) values[i] = observed[i] ? outcome[i] : treated[i] ? forTreated : forComparison;
        CompensatedSum treatedSum = default, treatedWeight = default, sum = default, weight = default;
        for (var i = 0; i < values.Length; i++)
        {
            if (treated[i])
            {
                treatedSum.Add(weights[i] * values[i]);
                treatedWeight.Add(weights[i]);
            }
            else
            {
                sum.Add(weights[i] * values[i]);
                weight.Add(weights[i]);
            }
        }

        var (inTreated, inComparison) = (treatedSum.Value / treatedWeight.Value, sum.Value / weight.Value);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = weights[i]
                * (treated[i] ? (values[i] - inTreated) / treatedWeight.Value : (inComparison - values[i]) / weight.Value);
        }

        return (inTreated - inComparison, Math.Sqrt(ClusterSums.Of(values, weights, clusters).Variance));
    }
}
