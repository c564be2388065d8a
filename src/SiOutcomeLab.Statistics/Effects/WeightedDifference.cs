using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Effects;

/// <summary>
/// Estimand: the one that the weights aim at.
/// Formula (Hájek): Σ t w y / Σ t w − Σ (1 − t) w y / Σ (1 − t) w.
/// Arguments: see <see cref="Estimate"/>.
/// Result: <see cref="EffectResult"/> with M-estimation standard error: the two means' equations stacked with those that estimated the
/// weights (logistic score, or entropy balancing's moments with the treated means estimated), V = A⁻¹BA⁻ᵀ, no finite-sample factor;
/// beside it HC0, which takes the weights as known,
/// and for entropy balancing the error with the treated means taken as known. Interval and p-value are normal, or t with clusters − 1
/// degrees of freedom.
/// Not estimable when: an arm has fewer than two rows with weight, all rows are in one cluster, or the outcome does not vary.
/// Ties, order, seed: none.
/// Source: Lunceford and Davidian (2004), Statistics in Medicine 23(19), p. 2937–2960; Stefanski and Boos (2002), The American
/// Statistician 56(1), p. 29–38.
/// Checked against: R on lalonde with a numerical Jacobian (IPW: ATT, ATE, ATO; 1e-7), WeightIt's ebal (1e-4), and in the tests a numerical
/// Jacobian of the stacked equations and a simulation with known truth.
/// </summary>
public static class WeightedDifference
{
    /// <summary>Estimates the effect.</summary>
    /// <param name="outcome">One finite number per row, any unit; leave rows without an outcome out beforehand.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="weights">Weights for the same rows.</param>
    /// <param name="clusters">Person or delivery group per row when rows are not independent, or empty.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>The effect, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or an outcome is NaN or infinite.</exception>
    public static Estimable<EffectResult> Estimate(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<bool> treated,
        BalancingWeights weights,
        ReadOnlySpan<int> clusters = default,
        double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var w = weights.Weights.Span;
        EffectGuards.Arguments(outcome, treated, w.Length, clusters, level);
        if (EffectGuards.Arms(outcome, treated, w) is { } empty) return Estimable.Not<EffectResult>(empty.Reason, empty.Detail);

        var means = WeightedMeans.Of(outcome, treated, w);
        var influence = means.Influence(outcome, treated, w);
        var hc0 = Math.Sqrt(ClusterSums.Of(influence, w, default).Variance);
        List<StandardErrorValue> alternatives = [new(StandardErrorType.Hc0, hc0)];
        if (weights.Model is { } model)
        {
            var perWeight = means.PerWeight(outcome, treated);
            if (model.ScoreWithTargetsFixed is not null)
            {
                var known = (double[])influence.Clone();
                model.AddInfluence(perWeight, known, targetsFixed: true);
                alternatives.Add(new(StandardErrorType.MEstimationTargetsFixed, Math.Sqrt(ClusterSums.Of(known, w, default).Variance)));
            }

            model.AddInfluence(perWeight, influence);
        }

        if (EffectGuards.MEstimation(influence, w, clusters, out var uncertainty) is { } refusal)
        {
            return Estimable.Not<EffectResult>(refusal.Reason, refusal.Detail);
        }

        return Estimable.Of(means.Result(
            $"weighted difference, {weights.Method}", weights.Estimand, means.Treated - means.Comparison, means.Treated, uncertainty, level,
            treated, w, influence, clusters.ToArray(), alternatives));
    }
}
