using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Statistics.Effects.OutcomeModels;

/// <summary>
/// Estimand: coefficients of a generalised linear model of the outcome's mean, g(μ) = a + x'b + offset, by maximum (quasi-)likelihood.
/// Formula: Newton steps on Σ wᵢ sᵢ zᵢ = 0 with s = y − μ for the canonical links and y/μ − 1 for gamma, halved while the deviance rises,
/// until a step is under 10⁻⁸ of the coefficients on standardised columns; the error left is that step's square.
/// Arguments: see <see cref="Fit"/>.
/// Result: <see cref="GeneralisedLinearFit"/>. Standard errors come from the likelihood, case weights counting as numbers of rows (for the
/// linear family as precisions), with dispersion Pearson's χ² / (n − k) for linear and gamma, 1 for logistic and Poisson.
/// Not estimable when: not more rows with weight than columns; columns are collinear; all outcomes at the end of their range; a column, or
/// a combination, foretells outcomes for certain; no convergence in 60 steps.
/// Ties, order, seed: none; the same bytes with any number of threads.
/// Source: McCullagh and Nelder (1989), Generalized Linear Models, 2nd ed., §2.5, §8.3; zeros in gamma as quasi-likelihood: Wedderburn
/// (1974), Biometrika 61(3), p. 439–447 (R's Gamma refuses them; only the mean model is used, so there is no need to).
/// Checked against: R's lm and glm on lalonde, every family (1e-8), and closed forms for saturated models of each family in the tests.
/// </summary>
public static class GeneralisedLinearModel
{
    /// <summary>Fits the model.</summary>
    /// <param name="outcome">One finite number per row, within the family's range; a count, not a rate, where there is exposure.</param>
    /// <param name="covariates">For the same rows, without an intercept.</param>
    /// <param name="family">The outcome's family.</param>
    /// <param name="weights">Finite and at least 0, or empty for all one.</param>
    /// <param name="exposure">Over 0, for Poisson and gamma; its logarithm is the offset. Or empty.</param>
    /// <param name="threads">Most threads, or null for the machine's.</param>
    /// <param name="cancellationToken">Stops the work between passes over the data.</param>
    /// <returns>The fit, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a number is out of range (told by row).</exception>
    public static Estimable<GeneralisedLinearFit> Fit(
        ReadOnlySpan<double> outcome,
        DesignMatrix covariates,
        OutcomeFamily family,
        ReadOnlySpan<double> weights = default,
        ReadOnlySpan<double> exposure = default,
        int? threads = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(covariates);
        var w = weights.IsEmpty ? Ones(outcome.Length) : weights.ToArray();
        RowGuards.SameLength(outcome.Length, covariates.Rows, nameof(covariates));
        RowGuards.SameLength(outcome.Length, w.Length, nameof(weights));
        RowGuards.Finite(outcome, nameof(outcome));
        RowGuards.Finite(w, nameof(weights));
        GComputationGuards.Range(outcome, family);
        GComputationGuards.AtLeast(w, 0, nameof(weights), "negative");
        GComputationGuards.Exposure(exposure, outcome.Length, family);
        var y = outcome.ToArray();
        var offset = exposure.IsEmpty ? null : exposure.ToArray();
        for (var i = 0; i < offset?.Length; i++) offset[i] = Math.Log(offset[i]);
        var design = StandardisedDesign.From(covariates, threads, w);
        return GlmFitter.Fit(design, covariates.Names, family, y, w, offset, threads, cancellationToken)
            .Map(fit => Describe(fit, covariates, y, offset));
    }

    private static GeneralisedLinearFit Describe(GlmFit fit, DesignMatrix covariates, double[] outcome, double[]? offset)
    {
        CompensatedSum deviance = default, pearson = default, total = default, exposure = default, nullDeviance = default;
        var mean = new double[outcome.Length];
        for (var i = 0; i < outcome.Length; i++)
        {
            mean[i] = GlmPass.Mean(fit.Family, fit.Linear[i]).Mean;
            var w = fit.Weights[i];
            if (w == 0) continue;
            deviance.Add(w * GlmDeviance.Row(fit.Family, outcome[i], mean[i]));
            pearson.Add(w * GlmDeviance.Pearson(fit.Family, outcome[i], mean[i]));
            total.Add(w * outcome[i]);
            exposure.Add(offset is null ? w : w * Math.Exp(offset[i]));
        }

        var common = total.Value / exposure.Value;
        for (var i = 0; i < outcome.Length; i++)
        {
            if (fit.Weights[i] == 0) continue;
            nullDeviance.Add(
                fit.Weights[i] * GlmDeviance.Row(fit.Family, outcome[i], offset is null ? common : common * Math.Exp(offset[i])));
        }

        var free = fit.Used - fit.Design.Size;
        var dispersion = fit.Family is OutcomeFamily.Linear or OutcomeFamily.GammaLog ? pearson.Value / free : 1;
        var curvature = fit.Family == OutcomeFamily.GammaLog
            ? Cholesky.TryFactor(fit.Design.CrossProduct(fit.Weights), fit.Design.Size) ?? fit.Curvature
            : fit.Curvature;
        List<Coefficient> coefficients = [];
        for (var j = 0; j < fit.Design.Size; j++)
        {
            var contrast = fit.OwnUnit(j);
            var variance = LaneSum.Dot(contrast, curvature.Solve(contrast));
            coefficients.Add(new(
                j == 0 ? "(Intercept)" : covariates.Names[fit.Design.Source[j - 1]], fit.Value(contrast),
                Math.Sqrt(dispersion * variance)));
        }

        return new GeneralisedLinearFit
        {
            Family = fit.Family,
            Coefficients = coefficients,
            Means = mean,
            Deviance = deviance.Value,
            NullDeviance = nullDeviance.Value,
            Dispersion = dispersion,
            PearsonDispersion = pearson.Value / free,
            ResidualDegreesOfFreedom = free,
            Iterations = fit.Iterations,
            DroppedColumns = fit.Design.Dropped
        };
    }

    private static double[] Ones(int rows)
    {
        var ones = new double[rows];
        Array.Fill(ones, 1.0);
        return ones;
    }
}
