using SiOutcomeLab.Statistics.Effects;

namespace SiOutcomeLab.Statistics.Attrition;

/// <summary>
/// Estimand: the effect on those whose outcome is observed whether treated or not.
/// Formula: with q₁, q₀ the shares observed and q₁ ≥ q₀, the share p = 1 − q₀/q₁ of the treated's observed outcomes is trimmed: from the
/// top for the lower bound, from the bottom for the upper one; the comparison arm is trimmed when q₀ is larger. Standard errors by
/// influence values: the trimmed mean's, ((y − y_q)1(y ≤ y_q)/(1 − p) + y_q − μ), and (y_q − μ) times that of ln(q₀/q₁); the same variance
/// as Lee's. Weights are taken as known.
/// Arguments: see <see cref="Estimate"/>. Result: <see cref="EffectBounds"/>.
/// Not estimable when: an arm has fewer than two observed rows with weight, or all in one cluster.
/// Ties, order, seed: the row at the edge counts in part, so that exactly the share p is trimmed and ties need no rule (Stata's leebounds
/// keeps or drops it whole, which vanishes with the sample's size). No randomness.
/// Source: Lee (2009), Review of Economic Studies 76(3), p. 1071–1102, propositions 1a and 3.
/// Checked against: in the tests, trimming by hand, Lee's variance written out, and simulated coverage with a known effect.
/// </summary>
public static class LeeBounds
{
    /// <summary>The bounds.</summary>
    /// <param name="outcome">One number per row; those of rows not observed are not read.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="observed">True for rows whose outcome is observed.</param>
    /// <param name="weights">Weights, at least 0, or empty for equal ones.</param>
    /// <param name="clusters">Person or delivery group per row, or empty.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>The bounds, or why there are none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a weight is negative, or an observed outcome is not finite.</exception>
    public static Estimable<EffectBounds> Estimate(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<bool> treated,
        ReadOnlySpan<bool> observed,
        ReadOnlySpan<double> weights = default,
        ReadOnlySpan<int> clusters = default,
        double level = 0.95)
    {
        var w = BoundsGuards.Weights(outcome, treated, observed, weights, clusters, level);
        if (BoundsGuards.Empty(treated, w) is { } empty) return Estimable.Not<EffectBounds>(empty.Reason, empty.Detail);
        if (EffectGuards.OneCluster(treated, w, clusters) is { } one) return Estimable.Not<EffectBounds>(one.Reason, one.Detail);

        var sample = new ObservedArms(outcome, treated, observed, w);
        foreach (var arm in (bool[])[true, false])
        {
            if (sample.Rows(arm) < 2)
            {
                return Estimable.Not<EffectBounds>(
                    NotEstimableReason.TooFewObservations,
                    $"Fewer than two {(arm ? "treated" : "comparison")} rows with weight have an observed outcome.");
            }
        }

        var shares = BoundsGuards.Shares(treated, observed, w);
        var trimTreated = shares.Treated >= shares.Comparison;
        var keep = Math.Min(shares.Treated, shares.Comparison) / Math.Max(shares.Treated, shares.Comparison);
        // The effect falls when the treated lose their highest outcomes, or the comparison rows their lowest.
        var (low, lowInfluence) = sample.Difference(trimTreated, keep, fromTop: trimTreated, shares);
        var (high, highInfluence) = sample.Difference(trimTreated, keep, fromTop: !trimTreated, shares);
        return Estimable.Of(new EffectBounds
        {
            Method = "Lee bounds",
            Assumption = BoundsAssumption.MonotoneAttrition,
            Low = low,
            High = high,
            LowError = Math.Sqrt(ClusterSums.Of(lowInfluence, w, clusters).Variance),
            HighError = Math.Sqrt(ClusterSums.Of(highInfluence, w, clusters).Variance),
            Level = level,
            ObservedTreated = shares.Treated,
            ObservedComparison = shares.Comparison,
            ShareTrimmed = 1 - keep
        });
    }
}
