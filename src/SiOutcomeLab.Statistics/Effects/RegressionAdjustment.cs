using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Effects;

/// <summary>
/// Estimand: interacted: the average effect on the group that the weights aim at; additive: the effect, if it is the same for all.
/// Formula: interacted: Σ q (m₁ − m₀)/Σ q with m₁, m₀ weighted least squares on either arm and q the rows asked about (the weights where
/// the group is a weighted population); with weights 1 this is g-computation, or Lin's estimator for everybody, and with inverse-propensity
/// weights IPWRA, right when either model is. Additive: the arm's coefficient in weighted least squares on the arm and the covariates.
/// Arguments: see <see cref="Estimate"/>.
/// Result: <see cref="EffectResult"/>. M-estimation by default: stacked with the averaging and with what estimated the weights. HC0 to HC3,
/// ClusterHc1 and Classical take weights and averaged rows as known, and are beside it, or the headline where asked for, with t on
/// n − k degrees of freedom (k coefficients, two sets when interacted) or clusters − 1; HC2 and HC3 have no value where a row has a
/// coefficient of its own.
/// Not estimable when: an arm has fewer than two rows with weight, or no more than its coefficients; covariates are collinear within a
/// fitted arm only; additive: the arm is a combination of covariates; all of an arm in one cluster; no residual variation.
/// Ties, order, seed: none.
/// Source: Lin (2013), Annals of Applied Statistics 7(1), p. 295–318; Wooldridge (2007), Journal of Econometrics 141(2), p. 1281–1301
/// (IPWRA); HC2 and HC3: MacKinnon and White (1985), Journal of Econometrics 29(3), p. 305–325.
/// Checked against: R's lm with sandwich, estimatr's lm_lin and lm_robust, and stacked equations with a numerical Jacobian, on lalonde
/// (1e-8).
/// </summary>
public static class RegressionAdjustment
{
    /// <summary>Estimates the effect.</summary>
    /// <param name="outcome">One finite number per row, any unit.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="covariates">For the same rows, without an intercept.</param>
    /// <param name="weights">Weights for the same rows; <see cref="BalancingWeights.Equal"/> for none.</param>
    /// <param name="form">Interacted or additive.</param>
    /// <param name="errorType">
    /// M-estimation, HC0–HC3 or Classical; with clusters M-estimation (then clustered) or <see cref="StandardErrorType.ClusterHc1"/>.
    /// </param>
    /// <param name="clusters">Person or delivery group per row when rows are not independent, or empty.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>The effect, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, an outcome is not finite, or the error type does not fit.</exception>
    public static Estimable<EffectResult> Estimate(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<bool> treated,
        DesignMatrix covariates,
        BalancingWeights weights,
        RegressionForm form = RegressionForm.Interacted,
        StandardErrorType errorType = StandardErrorType.MEstimation,
        ReadOnlySpan<int> clusters = default,
        double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(covariates);
        ArgumentNullException.ThrowIfNull(weights);
        var w = weights.Weights.Span;
        EffectGuards.Arguments(outcome, treated, w.Length, clusters, level);
        RowGuards.SameLength(outcome.Length, covariates.Rows, nameof(covariates));
        RegressionErrors.Guard(errorType, clusters);
        if (EffectGuards.Arms(outcome, treated, w, clusters) is { } empty) return Estimable.Not<EffectResult>(empty.Reason, empty.Detail);

        var design = ArmRegression.DesignOf(covariates, weights);
        var fitted = form == RegressionForm.Interacted
            ? Interacted(design, outcome, treated, weights)
            : Additive(design, outcome, treated, weights);
        if (fitted is NotEstimable<RegressionErrors> none) return Estimable.Not<EffectResult>(none.Reason, none.Detail);

        var errors = ((Estimated<RegressionErrors>)fitted).Value;
        var means = WeightedMeans.Of(outcome, treated, weights);
        var alternatives = errors.Alternatives(w, clusters, means.TreatedUsed + means.ComparisonUsed);
        errors.AddModel(weights.Model);
        var refusal = EffectGuards.MEstimation(errors.Influence, w, clusters, out var uncertainty);
        if (refusal is { } why) return Estimable.Not<EffectResult>(why.Reason, why.Detail);

        alternatives.Insert(0, uncertainty);
        var wanted = errorType == StandardErrorType.MEstimation ? uncertainty.Type : errorType;
        var chosen = alternatives.First(other => other.Type == wanted);
        if (double.IsNaN(chosen.Value))
        {
            return Estimable.Not<EffectResult>(
                NotEstimableReason.TooFewObservations, $"A row has a coefficient of its own, so {wanted} has no value.");
        }

        var influence = errors.InfluenceFor(chosen);
        alternatives.Remove(chosen);
        return Estimable.Of(means.Result(
            $"{(form == RegressionForm.Interacted ? "interacted" : "additive")} regression, {weights.Method}", weights.Estimand,
            errors.Estimate, errors.MeanTreated, chosen, level, influence, clusters.ToArray(),
            [
                .. alternatives.Where(other => !double.IsNaN(other.Value))
                    .Select(other => new StandardErrorValue(other.Type, other.Value))
            ]));
    }

    private static Estimable<RegressionErrors> Interacted(
        StandardisedDesign design, ReadOnlySpan<double> outcome, ReadOnlySpan<bool> treated, BalancingWeights weights)
    {
        var w = weights.Weights.Span;
        var fits = new LeastSquares[2];
        for (var arm = 0; arm < 2; arm++)
        {
            var learning = ArmRegression.Rows(treated, arm == 1);
            LaneSum.Multiply(learning, w, learning);
            var fitted = ArmRegression.Fit(design, outcome, learning, ArmRegression.Words(arm == 1));
            if (fitted is NotEstimable<LeastSquares> none) return Estimable.Not<RegressionErrors>(none.Reason, none.Detail);
            fits[arm] = ((Estimated<LeastSquares>)fitted).Value;
        }

        var group = TargetGroup.Of(weights, treated);
        var share = group ?? w.ToArray();
        var size = LaneSum.Sum(share);
        for (var i = 0; i < share.Length; i++) share[i] /= size;
        double[][] carried = [fits[0].Carried(share), fits[1].Carried(share)];
        double[][] leverages = [fits[0].Leverages(), fits[1].Leverages()];
        var difference = LaneSum.Dot(share, fits[0].Residuals) - LaneSum.Dot(share, fits[1].Residuals);
        var result = new RegressionErrors(w.Length)
        {
            Estimate = difference,
            MeanTreated = LaneSum.Dot(share, outcome) - LaneSum.Dot(share, fits[1].Residuals),
            Coefficients = 2 * design.Size,
            Spread = LaneSum.Dot(share, carried[0]) + LaneSum.Dot(share, carried[1])
        };
        for (var i = 0; i < w.Length; i++)
        {
            var arm = treated[i] ? 1 : 0;
            var residual = fits[arm].Residuals[i];
            var averaged = fits[0].Residuals[i] - fits[1].Residuals[i] - difference;
            var coefficient = (arm == 1 ? 1 : -1) * carried[arm][i] * residual;
            result.Row(i, w[i], coefficient, residual, leverages[arm][i], share[i] * averaged, group is null ? averaged / size : 0);
        }

        return Estimable.Of(result);
    }

    // Frisch–Waugh: the arm's coefficient is that of the arm's own residual on the covariates, so the covariates stand nowhere twice.
    private static Estimable<RegressionErrors> Additive(
        StandardisedDesign design, ReadOnlySpan<double> outcome, ReadOnlySpan<bool> treated, BalancingWeights weights)
    {
        var w = weights.Weights.ToArray();
        var arms = ArmRegression.Rows(treated, true);
        var fittedOutcome = ArmRegression.Fit(design, outcome, w, "used");
        if (fittedOutcome is NotEstimable<LeastSquares> none) return Estimable.Not<RegressionErrors>(none.Reason, none.Detail);
        if (w.Length - w.AsSpan().Count(0.0) <= design.Size + 1)
        {
            return Estimable.Not<RegressionErrors>(
                NotEstimableReason.TooFewObservations, $"The used rows cannot tell {design.Size + 1} coefficients.");
        }

        var fit = ((Estimated<LeastSquares>)fittedOutcome).Value;
        var own = LeastSquares.TryFit(design, arms, w)!.Residuals;
        var weighted = new double[w.Length];
        LaneSum.Multiply(w, own, weighted);
        var square = LaneSum.Dot(weighted, own);
        var means = WeightedMeans.Of(arms, treated, w);
        var total = means.WeightTreated * means.WeightComparison / (means.WeightTreated + means.WeightComparison);
        if (!(square > 1e-10 * total))
        {
            return Estimable.Not<RegressionErrors>(NotEstimableReason.Collinear, "The arm is a linear combination of the covariates.");
        }

        var estimate = LaneSum.Dot(weighted, fit.Residuals) / square;
        var leverages = fit.Leverages();
        var share = TargetGroup.Of(weights, treated) ?? w;
        double predicted = 0, size = 0;
        var result = new RegressionErrors(w.Length) { Estimate = estimate, Coefficients = design.Size + 1, Spread = 1 / square };
        for (var i = 0; i < w.Length; i++)
        {
            var residual = fit.Residuals[i] - (estimate * own[i]);
            predicted += share[i] * (outcome[i] - residual + (estimate * (1 - arms[i])));
            size += share[i];
            result.Row(i, w[i], own[i] * residual / square, residual, leverages[i] + (weighted[i] * own[i] / square), 0, 0);
        }

        result.MeanTreated = predicted / size;
        return Estimable.Of(result);
    }
}
