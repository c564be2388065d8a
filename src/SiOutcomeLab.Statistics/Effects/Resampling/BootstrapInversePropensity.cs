using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Effects.Resampling;

/// <summary>
/// Estimand: the average effect on the treated, the comparison rows, everybody or the overlap population, by inverse-propensity weights;
/// its uncertainty by fitting the propensity model and the weights anew in every sample.
/// Formula: as <see cref="WeightedDifference"/> with <see cref="InversePropensity"/> weights of a <see cref="LogisticRegression"/>, in each
/// of B samples of n units drawn with replacement.
/// Arguments: see <see cref="Estimate"/>.
/// Result: <see cref="BootstrapEffect"/>: the effect with the replicates' standard deviation as error (influence values are the analytic
/// ones times the ratio of both errors), the analytic error beside it, and the whole distribution.
/// Not estimable when: the data refuse the model, the weights or the effect; or more than one sample in ten does.
/// Ties, order, seed: as <see cref="Bootstrap"/>. Samples that do not settle in a few Newton steps from the fit to all rows are fitted from
/// the beginning by <see cref="LogisticRegression"/>.
/// Source: Efron (1987), JASA 82(397), p. 171–185; Austin (2016), Statistics in Medicine 35(30), p. 5642–5655 (the weights must be
/// refitted).
/// Checked against: the same drawn counts fitted from the beginning by the ordinary path, replicate by replicate (1e-8), in the tests.
/// </summary>
public static class BootstrapInversePropensity
{
    /// <summary>Estimates the effect and its bootstrap distribution.</summary>
    /// <param name="outcome">One finite number per row, any unit.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="covariates">Of the propensity model, for the same rows, without an intercept.</param>
    /// <param name="estimand">Treated, Untreated, Everyone or Overlap.</param>
    /// <param name="options">Number of samples, seed, strata, level.</param>
    /// <param name="clusters">Person or delivery group per row, drawn whole; or empty.</param>
    /// <param name="cancellationToken">Stops between samples.</param>
    /// <returns>The effect, or why there is none.</returns>
    /// <exception cref="ArgumentException">
    /// Lengths differ, an outcome is not finite, or a cluster lies in both arms when stratified.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">Another estimand, or an option is out of range.</exception>
    public static Estimable<BootstrapEffect> Estimate(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<bool> treated,
        DesignMatrix covariates,
        Estimand estimand,
        BootstrapOptions options,
        ReadOnlySpan<int> clusters = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(covariates);
        if (estimand is not (Estimand.Treated or Estimand.Untreated or Estimand.Everyone or Estimand.Overlap))
        {
            throw new ArgumentOutOfRangeException(nameof(estimand), estimand, "The weights are not refitted for it.");
        }

        Bootstrap.Guard(outcome.Length, options, treated, clusters, default);
        EffectGuards.Arguments(outcome, treated, covariates.Rows, clusters, options.Level);
        var model = new LogisticRegression(options.Threads);
        var fitted = model.Fit(covariates, treated, cancellationToken);
        if (fitted is NotEstimable<PropensityFit> noFit) return Estimable.Not<BootstrapEffect>(noFit.Reason, noFit.Detail);
        var fit = ((Estimated<PropensityFit>)fitted).Value;
        var weighted = InversePropensity.Weights(fit, treated, estimand);
        if (weighted is NotEstimable<BalancingWeights> noWeights) return Estimable.Not<BootstrapEffect>(noWeights.Reason, noWeights.Detail);
        var effect = WeightedDifference.Estimate(outcome, treated, ((Estimated<BalancingWeights>)weighted).Value, clusters, options.Level);
        if (effect is NotEstimable<EffectResult> noEffect) return Estimable.Not<BootstrapEffect>(noEffect.Reason, noEffect.Detail);
        var analytic = ((Estimated<EffectResult>)effect).Value;

        var (y, t) = (outcome.ToArray(), treated.ToArray());
        var plan = ResamplingPlan.Of(y.Length, t, clusters, options.StratifiedByArm);
        var equations = fit.Equations!;
        var logit = new ResampledLogit(equations.Design, equations.Coefficients, equations.Bread, t, y, estimand);
        var values = Bootstrap.Replicate(
            plan, y.Length, options,
            () =>
            {
                var own = new ResampledLogit.Workspace(logit);
                return counts => logit.Estimate(counts, own) ?? FromTheBeginning(y, t, covariates, estimand, counts);
            },
            cancellationToken);
        var influence = analytic.InfluenceValues.ToArray();
        return Bootstrap.Describe(analytic.Estimate, values, plan, options, clusters, influence)
            .Map(distribution => new BootstrapEffect(analytic, distribution, plan.WholeClusters));
    }

    /// <summary>The estimate with given row counts by the ordinary path; NaN where they refuse it.</summary>
    internal static double FromTheBeginning(
        double[] outcome, bool[] treated, DesignMatrix covariates, Estimand estimand, ReadOnlySpan<int> counts)
    {
        var cases = new double[counts.Length];
        for (var i = 0; i < cases.Length; i++) cases[i] = counts[i];
        return new LogisticRegression(1).Fit(covariates, treated, cases)
            .Then(fit => InversePropensity.Weights(fit, treated, estimand))
            .Match(
                weights =>
                {
                    var w = weights.Weights.ToArray();
                    for (var i = 0; i < w.Length; i++) w[i] *= cases[i];
                    var means = WeightedMeans.Of(outcome, treated, w);
                    return means.Treated - means.Comparison;
                },
                (_, _) => double.NaN);
    }
}
