using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Effects.OutcomeModels;

/// <summary>
/// Estimand: as <see cref="GComputation"/>, for amounts over 0 whose logarithm is linear in the covariates; to be shown beside the gamma
/// model.
/// Formula: with least squares of log y in either arm, Mₐ = φₐ Σ g exp(x'bₐ) / Σ g, φₐ the arm's weighted mean of exp(residual); M₁ − M₀
/// and log M₁ − log M₀.
/// Arguments: see <see cref="Estimate"/>.
/// Result: <see cref="GComputationResult"/> with M-estimation standard error: both regressions, both φ, the averaging and what estimated
/// the weights stacked. Right only when residuals are spread alike whatever the covariates; the gamma model does not need that.
/// Not estimable when: as <see cref="GComputation"/> for the linear family.
/// Ties, order, seed: none.
/// Source: Duan (1983), JASA 78(383), p. 605–610; Manning and Mullahy (2001), Journal of Health Economics 20(4), p. 461–494 (which to
/// choose).
/// Checked against: a numerical Jacobian of the stacked equations, in the tests.
/// </summary>
public static class SmearingRegression
{
    /// <summary>Estimates the effects.</summary>
    /// <param name="outcome">One finite number over 0 per row.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="covariates">For the same rows, without an intercept; may have no column.</param>
    /// <param name="weights">Weights for the same rows; <see cref="BalancingWeights.Equal"/> for none.</param>
    /// <param name="clusters">Matched set, person or delivery group per row when rows are not independent, or empty.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <param name="cancellationToken">Stops the work between passes over the data.</param>
    /// <returns>The effects, or why there are none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or an outcome is not over 0 (told by row).</exception>
    public static Estimable<GComputationResult> Estimate(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<bool> treated,
        DesignMatrix covariates,
        BalancingWeights weights,
        ReadOnlySpan<int> clusters = default,
        double level = 0.95,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(covariates);
        ArgumentNullException.ThrowIfNull(weights);
        EffectGuards.Arguments(outcome, treated, weights.Weights.Length, clusters, level);
        RowGuards.SameLength(outcome.Length, covariates.Rows, nameof(covariates));
        GComputationGuards.AtLeast(outcome, double.Epsilon, nameof(outcome), "not over 0");
        if (EffectGuards.Arms(outcome, treated, weights.Weights.Span, clusters) is { } empty)
        {
            return Estimable.Not<GComputationResult>(empty.Reason, empty.Detail);
        }

        var logs = new double[outcome.Length];
        for (var i = 0; i < logs.Length; i++) logs[i] = Math.Log(outcome[i]);
        var sample = GComputationSample.Of(logs, treated, covariates, weights, clusters, default, default);
        var design = StandardisedDesign.From(sample.Covariates);
        var arms = new ArmMean[2];
        for (var arm = 0; arm < 2; arm++)
        {
            var learning = ArmRegression.Rows(sample.Treated, arm == 1);
            LaneSum.Multiply(learning, sample.Weights, learning);
            var fitted = GlmFitter.Fit(
                design, sample.Covariates.Names, OutcomeFamily.Linear, sample.Outcome, learning, cancellationToken: cancellationToken);
            if (fitted is NotEstimable<GlmFit> none) return Estimable.Not<GComputationResult>(none.Reason, none.Detail);
            arms[arm] = ArmMean.Of(((Estimated<GlmFit>)fitted).Value, sample);
        }

        var (m1, m0) = (arms[1].Value, arms[0].Value);
        var name = $"log regression with smearing, {weights.Method}";
        return Effect(name, m1 - m0, m1, 1, 1).Then(difference =>
            Effect($"log ratio by {name}", Math.Log(m1 / m0), Math.Log(m1), 1 / m1, 1 / m0).Map(ratio => new GComputationResult
            {
                Difference = difference,
                Ratio = new RatioEffect(ratio),
                OddsRatio = null,
                DroppedColumns = design.Dropped
            }));

        Estimable<EffectResult> Effect(string method, double estimate, double mean, double perTreated, double perComparison)
        {
            var (influence, perWeight) = (new double[sample.Weights.Length], new double[sample.Weights.Length]);
            for (var i = 0; i < influence.Length; i++)
            {
                var averaged = (perTreated * arms[1].Averaging[i]) - (perComparison * arms[0].Averaging[i]);
                var learned = (perTreated * arms[1].Learning[i]) - (perComparison * arms[0].Learning[i]);
                influence[i] = averaged + learned;
                if (sample.Weights[i] != 0) perWeight[i] = (learned + (sample.GroupIsWeights ? averaged : 0)) / sample.Weights[i];
            }

            var all = (double[])sample.Spread(influence).Clone();
            weights.Model?.AddInfluence(sample.Spread(perWeight), all);
            return EffectGuards.MEstimation(all, sample.AllWeights, sample.AllClusters, out var uncertainty) is { } refusal
                ? Estimable.Not<EffectResult>(refusal.Reason, refusal.Detail)
                : Estimable.Of(WeightedMeans.Of(sample.AllOutcomes, sample.AllTreated, weights).Result(
                    method, weights.Estimand, estimate, mean, uncertainty, level, all, sample.AllClusters, []));
        }
    }

    /// <summary>
    /// φ times the group's mean of exp(x'b), with each row's influence through the averaging and through what was learned from it.
    /// </summary>
    private sealed record ArmMean(double Value, double[] Averaging, double[] Learning)
    {
        public static ArmMean Of(GlmFit fit, GComputationSample sample)
        {
            var rows = sample.Outcome.Length;
            var (exponential, residual) = (new double[rows], new double[rows]);
            CompensatedSum group = default, mean = default, weight = default, smeared = default;
            for (var i = 0; i < rows; i++)
            {
                exponential[i] = Math.Exp(fit.Linear[i]);
                group.Add(sample.Group[i]);
                mean.Add(sample.Group[i] * exponential[i]);
                if (fit.Weights[i] == 0) continue;
                residual[i] = Math.Exp(sample.Outcome[i] - fit.Linear[i]);
                weight.Add(fit.Weights[i]);
                smeared.Add(fit.Weights[i] * residual[i]);
            }

            var (average, smearing) = (mean.Value / group.Value, smeared.Value / weight.Value);
            var (averaging, factor) = (new double[rows], new double[rows]);
            for (var i = 0; i < rows; i++)
            {
                averaging[i] = smearing * sample.Group[i] * (exponential[i] - average) / group.Value;
                factor[i] = (smearing * sample.Group[i] * exponential[i] / group.Value)
                    - (average * fit.Weights[i] * residual[i] / weight.Value);
            }

            var learning = fit.Influence(fit.Design.TransposedTimes(factor));
            for (var i = 0; i < rows; i++)
            {
                if (fit.Weights[i] != 0) learning[i] += average * fit.Weights[i] * (residual[i] - smearing) / weight.Value;
            }

            return new ArmMean(smearing * average, averaging, learning);
        }
    }
}
