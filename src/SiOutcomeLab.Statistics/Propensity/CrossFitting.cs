namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// Estimand: the probability of treatment of each row by a model that has not seen the row, as doubly robust estimators with flexible
/// models need it, and as calibration is to be judged on.
/// Formula: rows are divided into K folds; each fold is scored by the model fitted with case weight 0 on it.
/// Arguments: see <see cref="Fit"/>. Result: <see cref="CrossFitted"/>.
/// Not estimable when: an arm has fewer rows, or there are fewer clusters, than folds; the model refuses a fold (its reason, with the fold
/// named).
/// Ties, order, seed: folds depend on the seed and the row number, with clusters on the seed and the cluster's code only (any order of
/// rows then gives the same folds); without clusters each arm is spread evenly over the folds.
/// Source: Chernozhukov et al. (2018), The Econometrics Journal 21(1), definition 3.1.
/// Checked against: fits on copied training rows in the tests.
/// </summary>
public static class CrossFitting
{
    /// <summary>Fits out of fold.</summary>
    /// <param name="model">Any propensity model.</param>
    /// <param name="x">Covariates.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="folds">Number of folds, at least 2.</param>
    /// <param name="seed">Decides the folds.</param>
    /// <param name="clusters">Person or delivery group per row, which must not be torn apart; or empty.</param>
    /// <param name="caseWeights">How much each row counts, finite and at least 0; or empty.</param>
    /// <param name="cancellationToken">Stops the work between passes.</param>
    /// <returns>Out-of-fold scores, or why there are none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a case weight is out of range.</exception>
    public static Estimable<CrossFitted> Fit(
        IPropensityModel model,
        DesignMatrix x,
        ReadOnlySpan<bool> treated,
        int folds,
        int seed,
        ReadOnlySpan<int> clusters = default,
        ReadOnlySpan<double> caseWeights = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        PropensityGuards.Arguments(x, treated, caseWeights);
        if (!clusters.IsEmpty) RowGuards.SameLength(x.Rows, clusters.Length, nameof(clusters));
        if (RowGuards.EmptyArm(treated) is { } empty) return Estimable.Not<CrossFitted>(empty.Reason, empty.Detail);
        if (FoldAssignment.Of(treated, clusters, folds, seed) is not { } foldOf)
        {
            return Estimable.Not<CrossFitted>(
                NotEstimableReason.TooFewObservations,
                $"There are fewer {(clusters.IsEmpty ? "rows in an arm" : "clusters")} than {folds} folds.");
        }

        var (scores, logOdds) = (new double[x.Rows], new double[x.Rows]);
        var training = new double[x.Rows];
        for (var fold = 0; fold < folds; fold++)
        {
            for (var i = 0; i < training.Length; i++) training[i] = foldOf[i] == fold ? 0 : caseWeights.IsEmpty ? 1 : caseWeights[i];
            var answer = model.Fit(x, treated, training, cancellationToken);
            if (answer is NotEstimable<PropensityFit> refusal)
            {
                return Estimable.Not<CrossFitted>(refusal.Reason, $"Without fold {fold + 1} of {folds}: {refusal.Detail}");
            }

            var fit = ((Estimated<PropensityFit>)answer).Value;
            for (var i = 0; i < training.Length; i++)
            {
                if (foldOf[i] == fold) (scores[i], logOdds[i]) = (fit.Scores.Span[i], fit.LinearPredictors.Span[i]);
            }
        }

        return Estimable.Of(new CrossFitted(scores, logOdds, foldOf, folds));
    }
}
