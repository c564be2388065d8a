using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Effects;

/// <summary>
/// Estimand: the average effect on the treated, right when either the weights or the outcome model is right.
/// Formula: with m₀ the least-squares prediction of the outcome from covariates, fitted on comparison rows, and r = y − m₀:
/// Σ [t r − (1 − t) w r] / n₁, w = e/(1 − e); the Hájek variant divides the second sum by Σ (1 − t) w instead of n₁.
/// Arguments: see <see cref="Att"/>.
/// Result: <see cref="EffectResult"/> with M-estimation standard error (propensity score equations, outcome regression and effect stacked;
/// no finite-sample factor); beside it the influence-function error that leaves both nuisance models' estimation out.
/// Not estimable when: an arm has fewer than two rows with weight; outcome covariates are collinear among comparison rows only; fewer
/// comparison rows than coefficients; all rows in one cluster; no residual variation.
/// Ties, order, seed: none.
/// Source: Moodie, Saarela and Stephens (2018), Stat 7(1), e205; Sant'Anna and Zhao (2020), Journal of Econometrics 219(1), p. 101–122
/// (the Hájek form); stacking: Stefanski and Boos (2002), The American Statistician 56(1), p. 29–38.
/// Checked against: R 4.2.2 with a numerical Jacobian on lalonde (1e-7), and in the tests a numerical Jacobian of the stacked equations
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
        ArgumentNullException.ThrowIfNull(outcomeCovariates);
        var w = weights.Weights.Span;
        EffectGuards.Arguments(outcome, treated, w.Length, clusters, level);
        RowGuards.SameLength(outcome.Length, outcomeCovariates.Rows, nameof(outcomeCovariates));
        if (weights.Estimand != Estimand.Treated)
        {
            throw new ArgumentException(
                $"The weights aim at {weights.Estimand}; the effect on the treated needs weights for it.", nameof(weights));
        }

        if (EffectGuards.Arms(outcome, treated, w) is { } empty) return Estimable.Not<EffectResult>(empty.Reason, empty.Detail);

        var fitted = ControlRegression.Fit(outcomeCovariates, outcome, treated);
        if (fitted is NotEstimable<LeastSquares> none) return Estimable.Not<EffectResult>(none.Reason, none.Detail);

        var regression = ((Estimated<LeastSquares>)fitted).Value;
        var residuals = regression.Residuals;
        var means = WeightedMeans.Of(residuals, treated, w);
        var comparisonTotal = normalised ? means.WeightComparison : means.WeightTreated;
        var bias = means.Comparison * means.WeightComparison / comparisonTotal;
        var estimate = means.Treated - bias;

        // Derivatives of the estimate: with respect to each weight, and with respect to each residual.
        var perWeight = new double[w.Length];
        var perResidual = new double[w.Length];
        var influence = new double[w.Length];
        for (var i = 0; i < w.Length; i++)
        {
            var centred = residuals[i] - (treated[i] ? normalised ? means.Treated : estimate : normalised ? means.Comparison : 0);
            perWeight[i] = treated[i] ? centred / means.WeightTreated : -centred / comparisonTotal;
            perResidual[i] = treated[i] ? w[i] / means.WeightTreated : -w[i] / comparisonTotal;
            influence[i] = w[i] * perWeight[i];
        }

        var plain = Math.Sqrt(ClusterSums.Of(influence, w, default).Variance);
        weights.Model?.AddInfluence(perWeight, influence);
        regression.AddInfluence(perResidual, influence);
        if (EffectGuards.MEstimation(influence, w, clusters, out var uncertainty) is { } refusal)
        {
            return Estimable.Not<EffectResult>(refusal.Reason, refusal.Detail);
        }

        var observed = WeightedMeans.Of(outcome, treated, w);
        return Estimable.Of(observed.Result(
            $"augmented {weights.Method}{(normalised ? ", normalised" : "")}", Estimand.Treated, estimate, observed.Treated,
            uncertainty, level, treated, w, influence, clusters.ToArray(), [new(StandardErrorType.InfluenceFunction, plain)]));
    }
}
