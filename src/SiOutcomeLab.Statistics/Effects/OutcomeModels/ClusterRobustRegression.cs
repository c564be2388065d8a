using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Effects.OutcomeModels;

/// <summary>
/// Estimand: the effect if it is the same for all, from weighted least squares on the arm and covariates; without covariates the weighted
/// difference of means. For few or unequal clusters, where the plain clustered error is too small.
/// Formula: with M = (X'WX)⁻¹, Σ_g (c'M X_g'W_g A_g r_g)² where A_g = B_g^(−1/2) and B_g is cluster g's block of (I − H)(I − H)', so that
/// the error is unbiased when rows are independent with one variance; Satterthwaite's degrees of freedom (Σ pᵢᵢ)² / Σ pᵢⱼ² for the
/// quadratic form.
/// Arguments: see <see cref="Estimate"/>.
/// Result: <see cref="EffectResult"/> with <see cref="StandardErrorType.ClusterCr2"/>; influence values add up to it within clusters.
/// Not estimable when: an arm has fewer than two rows with weight; not more rows than coefficients; the arm is a combination of covariates;
/// all of an arm in one cluster; no residual variation.
/// Ties, order, seed: none. The time grows with the cube of a cluster's size.
/// Source: Bell and McCaffrey (2002), Survey Methodology 28(2), p. 169–181; Pustejovsky and Tipton (2018), Journal of Business and Economic
/// Statistics 36(4), p. 672–683, eq. 6 and 11.
/// Checked against: estimatr's lm_robust with CR2 on matched pairs (1e-10), and a dense version in the tests.
/// </summary>
public static class ClusterRobustRegression
{
    /// <summary>Estimates the effect.</summary>
    /// <param name="outcome">One finite number per row, any unit.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="covariates">For the same rows, without an intercept; may have no column.</param>
    /// <param name="weights">Weights for the same rows, taken as known.</param>
    /// <param name="clusters">Matched set, person or delivery group per row.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>The effect, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or an outcome is NaN or infinite.</exception>
    public static Estimable<EffectResult> Estimate(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<bool> treated,
        DesignMatrix covariates,
        BalancingWeights weights,
        ReadOnlySpan<int> clusters,
        double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(covariates);
        ArgumentNullException.ThrowIfNull(weights);
        EffectGuards.Arguments(outcome, treated, weights.Weights.Length, clusters, level);
        RowGuards.SameLength(outcome.Length, covariates.Rows, nameof(covariates));
        RowGuards.SameLength(outcome.Length, clusters.Length, nameof(clusters));
        if (EffectGuards.Arms(outcome, treated, weights.Weights.Span, clusters) is { } empty)
        {
            return Estimable.Not<EffectResult>(empty.Reason, empty.Detail);
        }

        var w = weights.Weights.ToArray();
        var y = outcome.ToArray();
        var withArm = covariates.WithFirst("arm", ArmRegression.Rows(treated, true));
        var design = StandardisedDesign.From(withArm, weights: w);
        if (design.Dropped.Length > 0 && StandardisedDesign.From(covariates, weights: w).Size == design.Size)
        {
            return Estimable.Not<EffectResult>(NotEstimableReason.Collinear, "The arm is a linear combination of the covariates.");
        }

        var fitted = GlmFitter.Fit(design, withArm.Names, OutcomeFamily.Linear, y, w);
        if (fitted is NotEstimable<GlmFit> none) return Estimable.Not<EffectResult>(none.Reason, none.Detail);

        var fit = ((Estimated<GlmFit>)fitted).Value;
        var contrast = fit.OwnUnit(1);
        var cr2 = BellMcCaffrey.Of(fit, y, contrast, clusters);
        if (EffectGuards.Judge(ClusterSums.Of(cr2.Influence, w, clusters)) is { } refusal)
        {
            return Estimable.Not<EffectResult>(refusal.Reason, refusal.Detail);
        }

        var means = WeightedMeans.Of(outcome, treated, weights);
        var effect = fit.Value(contrast);
        // What the model foretells for the group asked about, all of it treated.
        var share = TargetGroup.Of(weights, treated) ?? w;
        double predicted = 0, size = 0;
        for (var i = 0; i < w.Length; i++)
        {
            predicted += share[i] * (fit.Linear[i] + (treated[i] ? 0 : effect));
            size += share[i];
        }

        return Estimable.Of(means.Result(
            $"cluster-robust regression, {weights.Method}", weights.Estimand, effect, predicted / size,
            new Uncertainty(cr2.Error, StandardErrorType.ClusterCr2, cr2.DegreesOfFreedom), level, cr2.Influence, clusters.ToArray(), []));
    }
}
