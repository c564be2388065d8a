using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Effects;

/// <summary>
/// Estimand: the average effect on the treated, on everybody or on the comparison rows, as the weights aim; right when either the weights
/// or the outcome model is right.
/// Formula: with m₁ and m₀ least-squares predictions of the outcome fitted on either arm, q the rows asked about and N their number:
/// Σ q (m₁ − m₀)/N + Σ t w (y − m₁)/N − Σ (1 − t) w (y − m₀)/N; for the treated, Σ [t (y − m₀) − (1 − t) w (y − m₀)]/N. The Hájek variant
/// divides the second and third sum by their arm's Σ w instead of N.
/// Arguments: see <see cref="Estimate"/>. <see cref="CrossFittedAugmentation"/> takes scores and predictions made out of fold.
/// Result: <see cref="EffectResult"/> with M-estimation standard error (propensity score equations, outcome regressions and effect stacked;
/// no finite-sample factor); beside it the influence-function error that leaves both nuisance models' estimation out.
/// Not estimable when: an arm has fewer than two rows with weight; outcome covariates are collinear within a fitted arm only; fewer rows of
/// it than coefficients; all of an arm in one cluster; no residual variation.
/// Ties, order, seed: none.
/// Source: Moodie, Saarela and Stephens (2018), Stat 7(1), e205; Robins, Rotnitzky and Zhao (1994), JASA 89(427), p. 846–866 (everybody);
/// Sant'Anna and Zhao (2020), Journal of Econometrics 219(1), p. 101–122 (the Hájek form); stacking: Stefanski and Boos (2002), The
/// American Statistician 56(1), p. 29–38.
/// Checked against: R 4.2.2 with a numerical Jacobian on lalonde (1e-8), and in the tests a numerical Jacobian of the stacked equations
/// and a simulation with known truth.
/// </summary>
public static class AugmentedInversePropensity
{
    /// <summary>Estimates the effect on the treated.</summary>
    /// <param name="outcome">One finite number per row, any unit.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="weights">Weights that aim at the treated (1 for treated rows), from a propensity model or entropy balancing.</param>
    /// <param name="outcomeCovariates">Covariates of the outcome model for the same rows, without an intercept.</param>
    /// <param name="normalised">True for the Hájek variant.</param>
    /// <param name="clusters">Person or delivery group per row when rows are not independent, or empty.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>The effect, or why there is none.</returns>
    /// <exception cref="ArgumentException">
    /// Lengths differ, an outcome is NaN or infinite, or the weights do not aim at the treated.
    /// </exception>
    public static Estimable<EffectResult> Att(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<bool> treated,
        BalancingWeights weights,
        DesignMatrix outcomeCovariates,
        bool normalised = false,
        ReadOnlySpan<int> clusters = default,
        double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return weights.Aim == Estimand.Treated
            ? Estimate(outcome, treated, weights, outcomeCovariates, normalised, clusters, level)
            : throw new ArgumentException(
                $"The weights aim at {weights.Estimand}; the effect on the treated needs weights for it.", nameof(weights));
    }

    /// <summary>Estimates the effect on the group that the weights aim at.</summary>
    /// <param name="outcome">One finite number per row, any unit.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="weights">Weights that aim at the treated, at everybody or at the comparison rows, trimmed or not.</param>
    /// <param name="outcomeCovariates">Covariates of the outcome model for the same rows, without an intercept.</param>
    /// <param name="normalised">True for the Hájek variant.</param>
    /// <param name="clusters">Person or delivery group per row when rows are not independent, or empty.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>The effect, or why there is none.</returns>
    /// <exception cref="ArgumentException">
    /// Lengths differ, an outcome is NaN or infinite, or the weights aim at a weighted population.
    /// </exception>
    public static Estimable<EffectResult> Estimate(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<bool> treated,
        BalancingWeights weights,
        DesignMatrix outcomeCovariates,
        bool normalised = false,
        ReadOnlySpan<int> clusters = default,
        double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(outcomeCovariates);
        EffectGuards.Arguments(outcome, treated, weights.Weights.Length, clusters, level);
        RowGuards.SameLength(outcome.Length, outcomeCovariates.Rows, nameof(outcomeCovariates));
        EffectGuards.GroupIsRows(weights);
        if (EffectGuards.Arms(outcome, treated, weights.Weights.Span, clusters) is { } empty)
        {
            return Estimable.Not<EffectResult>(empty.Reason, empty.Detail);
        }

        var design = ArmRegression.DesignOf(outcomeCovariates, weights);
        LeastSquares? ofTreated = null, ofComparison = null;
        foreach (var arm in new[] { false, true })
        {
            // The prediction that cancels is not made. With persons lost, none cancels: theirs is what stands for their outcome.
            if (weights.BeforeLoss is null && weights.Aim == (arm ? Estimand.Treated : Estimand.Untreated)) continue;
            var learning = ArmRegression.Rows(treated, arm);
            if (weights.BeforeLoss is not null) ArmRegression.LeaveOutUnweighted(learning, weights.Weights.Span);
            var fitted = ArmRegression.Fit(design, outcome, learning, ArmRegression.Words(arm));
            if (fitted is NotEstimable<LeastSquares> none) return Estimable.Not<EffectResult>(none.Reason, none.Detail);
            var regression = ((Estimated<LeastSquares>)fitted).Value;
            if (arm) ofTreated = regression;
            else ofComparison = regression;
        }

        var sums = new Augmentation(outcome, treated, weights, ofTreated?.Residuals, ofComparison?.Residuals, normalised);
        return Describe(sums, outcome, treated, weights, ofTreated, ofComparison, normalised, clusters, level);
    }

    private static Estimable<EffectResult> Describe(
        Augmentation sums,
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<bool> treated,
        BalancingWeights weights,
        LeastSquares? ofTreated,
        LeastSquares? ofComparison,
        bool normalised,
        ReadOnlySpan<int> clusters,
        double level)
    {
        var w = weights.Weights.Span;
        var perWeight = sums.PerWeight(treated);
        var influence = sums.Influence(perWeight, w);
        EffectGuards.MEstimation(influence, w, clusters, out var plain, nuisanceCarried: false);
        weights.Model?.AddInfluence(perWeight, influence);
        ofComparison?.AddInfluence(sums.PerResidual(false, treated, w), influence);
        ofTreated?.AddInfluence(sums.PerResidual(true, treated, w), influence);
        if (EffectGuards.MEstimation(influence, w, clusters, out var uncertainty) is { } refusal)
        {
            return Estimable.Not<EffectResult>(refusal.Reason, refusal.Detail);
        }

        return Estimable.Of(WeightedMeans.Of(outcome, treated, weights).Result(
            $"augmented {weights.Method}{(normalised ? ", normalised" : "")}", weights.Estimand, sums.Estimate, sums.MeanTreated,
            uncertainty, level, influence, clusters.ToArray(), [new(plain.Type, plain.Value)]));
    }
}
