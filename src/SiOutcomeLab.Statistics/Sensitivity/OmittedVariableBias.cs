using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Sensitivity;

/// <summary>
/// Estimand: none; it describes how strong an unmeasured confounder of a linear regression must be to change its conclusion.
/// Formula: bias = √(R²_Y R²_D / (1 − R²_D)) · se · √dof, adjusted se = se √((1 − R²_Y)/(1 − R²_D)) √(dof/(dof − 1)), with R²_D the
/// confounder's partial R² with the treatment and R²_Y with the outcome. Robustness value ½(√(f⁴ + 4f²) − f²) with f = q|t|/√dof; to
/// the edge of significance f* = |t_α/2(dof − 1)|/√(dof − 1) comes off f, and beyond f = 1/f* it is (f² − f*²)/(1 + f²); 0 below f*.
/// Bounds from a covariate j, k times as strong: R²_D = k r/(1 − r) with r its partial R² with the treatment, and
/// R²_Y = ((√k_Y + √η)/√(1 − η))² ρ/(1 − ρ) with η = k r²/((1 − k r)(1 − r)) and ρ its partial R² with the outcome.
/// Arguments: see the methods. Result: numbers in [0, 1], or <see cref="AdjustedEstimate"/>.
/// Not estimable when: see <see cref="OmittedVariableBiasRegression"/>. Ties, order, seed: none.
/// Source: Cinelli and Hazlett (2020), Journal of the Royal Statistical Society B 82(1), p. 39–67, eq. 4, 7, 18–19 and §4.4.
/// Checked against: sensemakr's published Darfur values and its formulas in R on lalonde (1e-10); in the tests a confounder put in.
/// </summary>
public static class OmittedVariableBias
{
    /// <summary>Partial R² of a coefficient.</summary>
    /// <param name="t">t statistic.</param>
    /// <param name="degreesOfFreedom">Residual degrees of freedom, above 0.</param>
    /// <returns>In [0, 1].</returns>
    public static double PartialR2(double t, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degreesOfFreedom);
        return t * t / ((t * t) + degreesOfFreedom);
    }

    /// <summary>Robustness value: the strength, with treatment and outcome alike, that takes away a share of the estimate.</summary>
    /// <param name="t">t statistic of the treatment.</param>
    /// <param name="degreesOfFreedom">Residual degrees of freedom, above 1.</param>
    /// <param name="share">q: the share of the estimate to take away, above 0; 1 for all.</param>
    /// <param name="alpha">Two-sided level when it is significance that must go, in (0, 1); null when it is the estimate.</param>
    /// <returns>In [0, 1).</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of its range.</exception>
    public static double RobustnessValue(double t, double degreesOfFreedom, double share = 1, double? alpha = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(degreesOfFreedom, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        if (alpha is not (null or (> 0 and < 1)))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The level lies between 0 and 1.");
        }


        var f = share * Math.Abs(t) / Math.Sqrt(degreesOfFreedom);
        var critical = alpha is { } level
            ? Quantiles.StudentUpper(degreesOfFreedom - 1, level / 2) / Math.Sqrt(degreesOfFreedom - 1)
            : 0;
        var excess = f - critical;
        if (excess <= 0) return 0;
        if (critical > 0 && f > 1 / critical) return ((f * f) - (critical * critical)) / (1 + (f * f));

        var square = excess * excess;
        // ½(√(f⁴ + 4f²) − f²) without subtracting near equals.
        return 2 * square / (Math.Sqrt((square * square) + (4 * square)) + square);
    }

    /// <summary>The estimate that a confounder of given strength would leave.</summary>
    /// <param name="estimate">The treatment's coefficient.</param>
    /// <param name="standardError">Its standard error, above 0.</param>
    /// <param name="degreesOfFreedom">Residual degrees of freedom, above 1.</param>
    /// <param name="treatmentR2">Partial R² of the confounder with the treatment, in [0, 1).</param>
    /// <param name="outcomeR2">Partial R² of the confounder with the outcome, in [0, 1].</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>The adjusted estimate, its error and interval.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of its range.</exception>
    public static AdjustedEstimate Adjust(
        double estimate, double standardError, double degreesOfFreedom, double treatmentR2, double outcomeR2, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(standardError);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(degreesOfFreedom, 1);
        if (treatmentR2 is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(treatmentR2), treatmentR2, "It lies in [0, 1).");
        }

        if (outcomeR2 is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(outcomeR2), outcomeR2, "It lies in [0, 1].");
        RowGuards.Level(level);
        var bias = Math.Sqrt(outcomeR2 * treatmentR2 / (1 - treatmentR2)) * standardError * Math.Sqrt(degreesOfFreedom);
        var adjusted = estimate < 0 ? estimate + bias : estimate - bias;
        var error = standardError * Math.Sqrt((1 - outcomeR2) / (1 - treatmentR2) * (degreesOfFreedom / (degreesOfFreedom - 1)));
        var width = Quantiles.StudentUpper(degreesOfFreedom - 1, (1 - level) / 2) * error;
        return new AdjustedEstimate(adjusted, error, adjusted / error, adjusted - width, adjusted + width);
    }

    /// <summary>What a confounder some times as strong as a measured covariate (or a group of them) would do.</summary>
    /// <param name="benchmark">Name of the covariates.</param>
    /// <param name="covariateTreatmentR2">Their partial R² with the treatment, given the other covariates, in [0, 1).</param>
    /// <param name="covariateOutcomeR2">Their partial R² with the outcome, given treatment and other covariates, in [0, 1).</param>
    /// <param name="estimate">The treatment's coefficient.</param>
    /// <param name="standardError">Its standard error.</param>
    /// <param name="degreesOfFreedom">Residual degrees of freedom.</param>
    /// <param name="timesTreatment">k: times as strong with the treatment, above 0.</param>
    /// <param name="timesOutcome">k_Y: times as strong with the outcome; null for the same.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>The bound; its adjusted estimate is null when nothing can be that strong.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of its range.</exception>
    public static ConfounderBound Bound(
        string benchmark,
        double covariateTreatmentR2,
        double covariateOutcomeR2,
        double estimate,
        double standardError,
        double degreesOfFreedom,
        double timesTreatment,
        double? timesOutcome = null,
        double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(timesTreatment);
        var (k, ky, r, rho) = (timesTreatment, timesOutcome ?? timesTreatment, covariateTreatmentR2, covariateOutcomeR2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ky, nameof(timesOutcome));
        if (r is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(covariateTreatmentR2), r, "It lies in [0, 1).");
        if (rho is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(covariateOutcomeR2), rho, "It lies in [0, 1).");

        var treatmentR2 = k * r / (1 - r);
        var eta = k * r * r / ((1 - (k * r)) * (1 - r));
        if (treatmentR2 >= 1 || k * r >= 1 || eta >= 1) return new ConfounderBound(benchmark, k, ky, Math.Min(1, treatmentR2), 1, null);

        var factor = (Math.Sqrt(ky) + Math.Sqrt(eta)) / Math.Sqrt(1 - eta);
        var outcomeR2 = Math.Min(1, factor * factor * rho / (1 - rho));
        return new ConfounderBound(
            benchmark, k, ky, treatmentR2, outcomeR2,
            Adjust(estimate, standardError, degreesOfFreedom, treatmentR2, outcomeR2, level));
    }
}
