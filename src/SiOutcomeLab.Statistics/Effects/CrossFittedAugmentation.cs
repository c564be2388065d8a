using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Effects;

/// <summary>
/// Estimand: as <see cref="AugmentedInversePropensity"/>, with every row's score and outcome predictions made by models that have not seen
/// that row's fold, so that flexible models may be used.
/// Formula: as there; outcome regressions are least squares fitted on all other folds, or predictions are given.
/// Arguments: see <see cref="Estimate"/> and <see cref="FromPredictions"/>.
/// Result: <see cref="EffectResult"/> with influence-function standard error, which needs no part for scores and predictions when they come
/// from other folds and converge faster than n^(−1/4) together; when they do not, it is too small.
/// Not estimable when: an arm has fewer than two rows with weight; a fold's other folds have too few rows of an arm, or collinear
/// covariates among them; a score is 0 or 1; all of an arm in one cluster; no residual variation.
/// Ties, order, seed: folds are given; a cluster's rows belong in one fold, which is the caller's care.
/// Source: Chernozhukov, Chetverikov, Demirer, Duflo, Hansen, Newey and Robins (2018), The Econometrics Journal 21(1), C1–C68, §3 and §5.
/// Checked against: in the tests a plain fold-by-fold computation, and a simulation with known truth.
/// </summary>
public static class CrossFittedAugmentation
{
    /// <summary>Estimates the effect with least-squares outcome models fitted out of fold.</summary>
    /// <param name="outcome">One finite number per row, any unit.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="scores">Probability of treatment per row from a model fitted on the other folds, in (0, 1).</param>
    /// <param name="folds">Fold of each row, numbered from 0; at least two folds.</param>
    /// <param name="outcomeCovariates">Covariates of the outcome model for the same rows, without an intercept.</param>
    /// <param name="estimand">The treated, everybody or the comparison rows.</param>
    /// <param name="normalised">True for the Hájek variant.</param>
    /// <param name="trimming">Which rows or how much of weights to do without, or null for none.</param>
    /// <param name="clusters">Person or delivery group per row when rows are not independent, or empty.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>The effect, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, an outcome is not finite, or a score or fold is none.</exception>
    public static Estimable<EffectResult> Estimate(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<bool> treated,
        ReadOnlySpan<double> scores,
        ReadOnlySpan<int> folds,
        DesignMatrix outcomeCovariates,
        Estimand estimand = Estimand.Treated,
        bool normalised = false,
        PropensityTrimming? trimming = null,
        ReadOnlySpan<int> clusters = default,
        double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(outcomeCovariates);
        EffectGuards.Arguments(outcome, treated, scores.Length, clusters, level);
        RowGuards.SameLength(outcome.Length, outcomeCovariates.Rows, nameof(outcomeCovariates));
        RowGuards.SameLength(outcome.Length, folds.Length, nameof(folds));
        var count = CountFolds(folds);
        if (RowGuards.EmptyArm(treated) is { } empty) return Estimable.Not<EffectResult>(empty.Reason, empty.Detail);

        var weighted = InversePropensity.FromScores(scores, treated, estimand, trimming);
        if (weighted is NotEstimable<BalancingWeights> refused) return Estimable.Not<EffectResult>(refused.Reason, refused.Detail);
        var weights = ((Estimated<BalancingWeights>)weighted).Value;
        EffectGuards.GroupIsRows(weights);

        var design = StandardisedDesign.From(outcomeCovariates);
        double[]? ofTreated = null, ofComparison = null;
        foreach (var arm in new[] { false, true })
        {
            if (estimand == (arm ? Estimand.Treated : Estimand.Untreated)) continue;
            var predicted = OutOfFold(design, outcome, treated, folds, count, arm);
            if (predicted is NotEstimable<double[]> none) return Estimable.Not<EffectResult>(none.Reason, none.Detail);
            var residuals = ((Estimated<double[]>)predicted).Value;
            if (arm) ofTreated = residuals;
            else ofComparison = residuals;
        }

        return Describe(outcome, treated, weights, ofTreated, ofComparison, normalised, clusters, level);
    }

    /// <summary>Estimates the effect from weights and outcome predictions of any origin.</summary>
    /// <param name="outcome">One finite number per row, any unit.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="weights">Weights that aim at the treated, at everybody or at the comparison rows, from scores made out of fold.</param>
    /// <param name="treatedPredictions">
    /// Outcome with treatment, predicted out of fold for every row; for the treated empty if none is lost.
    /// </param>
    /// <param name="comparisonPredictions">Outcome without; for the comparison rows empty if none is lost.</param>
    /// <param name="normalised">True for the Hájek variant.</param>
    /// <param name="clusters">Person or delivery group per row when rows are not independent, or empty.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>The effect, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a number is not finite, or the weights aim at a weighted population.</exception>
    public static Estimable<EffectResult> FromPredictions(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<bool> treated,
        BalancingWeights weights,
        ReadOnlySpan<double> treatedPredictions,
        ReadOnlySpan<double> comparisonPredictions,
        bool normalised = false,
        ReadOnlySpan<int> clusters = default,
        double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(weights);
        EffectGuards.Arguments(outcome, treated, weights.Weights.Length, clusters, level);
        EffectGuards.GroupIsRows(weights);
        var cancels = weights.BeforeLoss is null ? weights.Aim : (Estimand?)null;
        var ofTreated = Residuals(outcome, treatedPredictions, cancels == Estimand.Treated, nameof(treatedPredictions));
        var ofComparison = Residuals(outcome, comparisonPredictions, cancels == Estimand.Untreated, nameof(comparisonPredictions));
        return Describe(outcome, treated, weights, ofTreated, ofComparison, normalised, clusters, level);
    }

    private static Estimable<EffectResult> Describe(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<bool> treated,
        BalancingWeights weights,
        double[]? ofTreated,
        double[]? ofComparison,
        bool normalised,
        ReadOnlySpan<int> clusters,
        double level)
    {
        var w = weights.Weights.Span;
        if (EffectGuards.Arms(outcome, treated, w, clusters) is { } empty) return Estimable.Not<EffectResult>(empty.Reason, empty.Detail);
        var sums = new Augmentation(outcome, treated, weights, ofTreated, ofComparison, normalised);
        var influence = sums.Influence(sums.PerWeight(treated), w);
        if (EffectGuards.MEstimation(influence, w, clusters, out var uncertainty, nuisanceCarried: false) is { } refusal)
        {
            return Estimable.Not<EffectResult>(refusal.Reason, refusal.Detail);
        }

        return Estimable.Of(WeightedMeans.Of(outcome, treated, weights).Result(
            $"cross-fitted augmented {weights.Method}{(normalised ? ", normalised" : "")}", weights.Estimand, sums.Estimate,
            sums.MeanTreated, uncertainty, level, influence, clusters.ToArray(), []));
    }

    private static Estimable<double[]> OutOfFold(
        StandardisedDesign design, ReadOnlySpan<double> outcome, ReadOnlySpan<bool> treated, ReadOnlySpan<int> folds, int count, bool arm)
    {
        var residuals = new double[outcome.Length];
        for (var fold = 0; fold < count; fold++)
        {
            var learning = new double[outcome.Length];
            for (var i = 0; i < learning.Length; i++) learning[i] = treated[i] == arm && folds[i] != fold ? 1 : 0;
            var fitted = ArmRegression.Fit(design, outcome, learning, $"{ArmRegression.Words(arm)} (outside of fold {fold})");
            if (fitted is NotEstimable<LeastSquares> none) return Estimable.Not<double[]>(none.Reason, none.Detail);
            var all = ((Estimated<LeastSquares>)fitted).Value.Residuals;
            for (var i = 0; i < residuals.Length; i++)
            {
                if (folds[i] == fold) residuals[i] = all[i];
            }
        }

        return Estimable.Of(residuals);
    }

    private static int CountFolds(ReadOnlySpan<int> folds)
    {
        var count = 0;
        for (var i = 0; i < folds.Length; i++)
        {
            if (folds[i] < 0) throw new ArgumentException($"The fold in row {i} is negative.", nameof(folds));
            count = Math.Max(count, folds[i] + 1);
        }

        return count >= 2 ? count : throw new ArgumentException("At least two folds are needed.", nameof(folds));
    }

    private static double[]? Residuals(ReadOnlySpan<double> outcome, ReadOnlySpan<double> predictions, bool cancels, string name)
    {
        if (cancels && predictions.IsEmpty) return null;
        RowGuards.SameLength(outcome.Length, predictions.Length, name);
        RowGuards.Finite(predictions, name);
        var residuals = outcome.ToArray();
        LaneSum.AddScaled(-1, predictions, residuals);
        return residuals;
    }
}
