namespace SiOutcomeLab.Statistics.Sensitivity;

/// <summary>
/// Estimand: none; it describes how strong an unmeasured confounder would have to be to explain an estimate away.
/// Formula: E = r + √(r(r − 1)) with r = max(RR/RR₀, RR₀/RR): the least risk ratio, on both the treatment and the outcome side, that moves
/// RR to RR₀. Other measures become risk ratios first: odds ratio of a rare outcome as it is, of a common one √OR; hazard ratio of a rare
/// outcome as it is, of a common one (1 − 0.5^√HR)/(1 − 0.5^√(1/HR)); standardised difference exp(0.91 d) with limits
/// exp(0.91 d ± 1.78 s).
/// Arguments: an estimate and, if wanted, its 95 % limits (or standard error). Result: <see cref="EValueResult"/>.
/// Not estimable when: never. Ties, order, seed: none.
/// Source: VanderWeele and Ding (2017), Annals of Internal Medicine 167(4), p. 268–274, table 2; non-null hypotheses: appendix of the same.
/// The 1.78 is 0.91 · 1.96 as rounded there and in the EValue package.
/// Checked against: the EValue package's formulas in R (1e-10), and the bounding factor itself in the tests.
/// </summary>
public static class EValue
{
    private const double PerDeviation = 0.91;
    private const double PerStandardError = 1.78;

    /// <summary>From a risk ratio.</summary>
    /// <param name="estimate">Risk ratio, above 0.</param>
    /// <param name="low">Lower limit, or null.</param>
    /// <param name="high">Upper limit, or null.</param>
    /// <param name="hypothesis">Risk ratio to explain the estimate away to; 1 for no effect.</param>
    /// <returns>The E-values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A ratio is not above 0 and finite, or the limits do not hold the estimate.</exception>
    public static EValueResult FromRiskRatio(double estimate, double? low = null, double? high = null, double hypothesis = 1)
    {
        Guard(estimate, nameof(estimate));
        Guard(hypothesis, nameof(hypothesis));
        if (low is { } l)
        {
            Guard(l, nameof(low));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(l, estimate, nameof(low));
        }

        if (high is { } h)
        {
            Guard(h, nameof(high));
            ArgumentOutOfRangeException.ThrowIfLessThan(h, estimate, nameof(high));
        }

        // The limit that counts is the one towards the hypothesis.
        var nearer = estimate > hypothesis ? low : high;
        double? limit = nearer is not { } value ? null
            : (estimate > hypothesis ? value < hypothesis : value > hypothesis) ? 1
            : Of(value / hypothesis);
        return new EValueResult(estimate, low, high, hypothesis, Of(estimate / hypothesis), limit);
    }

    /// <summary>From an odds ratio.</summary>
    /// <param name="estimate">Odds ratio, above 0.</param>
    /// <param name="rareOutcome">True when under some 15 % have the outcome: the odds ratio then is a risk ratio.</param>
    /// <param name="low">Lower limit, or null.</param>
    /// <param name="high">Upper limit, or null.</param>
    /// <param name="hypothesis">Odds ratio to explain the estimate away to.</param>
    /// <returns>The E-values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">As <see cref="FromRiskRatio"/>.</exception>
    public static EValueResult FromOddsRatio(
        double estimate, bool rareOutcome, double? low = null, double? high = null, double hypothesis = 1) =>
        From(rareOutcome ? ratio => ratio : Math.Sqrt, estimate, low, high, hypothesis);

    /// <summary>From a hazard ratio.</summary>
    /// <param name="estimate">Hazard ratio, above 0.</param>
    /// <param name="rareOutcome">True when under some 15 % have the event by the end of follow-up.</param>
    /// <param name="low">Lower limit, or null.</param>
    /// <param name="high">Upper limit, or null.</param>
    /// <param name="hypothesis">Hazard ratio to explain the estimate away to.</param>
    /// <returns>The E-values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">As <see cref="FromRiskRatio"/>.</exception>
    public static EValueResult FromHazardRatio(
        double estimate, bool rareOutcome, double? low = null, double? high = null, double hypothesis = 1) =>
        From(rareOutcome ? ratio => ratio : FromCommonHazard, estimate, low, high, hypothesis);

    /// <summary>From a difference of means in standard deviations of the outcome.</summary>
    /// <param name="difference">Standardised difference.</param>
    /// <param name="standardError">Its standard error, at least 0, or null for no limits.</param>
    /// <param name="hypothesis">Standardised difference to explain the estimate away to.</param>
    /// <returns>The E-values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, or the standard error is negative.</exception>
    public static EValueResult FromStandardisedDifference(double difference, double? standardError = null, double hypothesis = 0)
    {
        if (standardError is { } se) ArgumentOutOfRangeException.ThrowIfNegative(se, nameof(standardError));
        var centre = PerDeviation * difference;
        double? width = PerStandardError * standardError;
        return FromRiskRatio(
            Math.Exp(centre),
            width is null ? null : Math.Exp(centre - width.Value),
            width is null ? null : Math.Exp(centre + width.Value),
            Math.Exp(PerDeviation * hypothesis));
    }

    /// <summary>From a coefficient of a linear regression.</summary>
    /// <param name="coefficient">Coefficient in the outcome's unit per unit of the exposure.</param>
    /// <param name="standardError">Its standard error, at least 0.</param>
    /// <param name="residualDeviation">The regression's residual standard deviation, above 0.</param>
    /// <param name="contrast">Size of the change in exposure that is of interest; 1 for a 0/1 exposure.</param>
    /// <param name="hypothesis">Standardised difference to explain the estimate away to.</param>
    /// <returns>The E-values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, or not above 0 where it must be.</exception>
    public static EValueResult FromRegression(
        double coefficient, double standardError, double residualDeviation, double contrast = 1, double hypothesis = 0)
    {
        Guard(residualDeviation, nameof(residualDeviation));
        Guard(contrast, nameof(contrast));
        return FromStandardisedDifference(
            coefficient * contrast / residualDeviation, standardError * contrast / residualDeviation, hypothesis);
    }

    private static EValueResult From(Func<double, double> toRiskRatio, double estimate, double? low, double? high, double hypothesis)
    {
        Guard(estimate, nameof(estimate));
        return FromRiskRatio(
            toRiskRatio(estimate),
            low is null ? null : toRiskRatio(low.Value),
            high is null ? null : toRiskRatio(high.Value),
            toRiskRatio(hypothesis));
    }

    private static double FromCommonHazard(double ratio) =>
        (1 - Math.Pow(0.5, Math.Sqrt(ratio))) / (1 - Math.Pow(0.5, Math.Sqrt(1 / ratio)));

    private static double Of(double ratio)
    {
        var r = Math.Max(ratio, 1 / ratio);
        return r + Math.Sqrt(r * (r - 1));
    }

    private static void Guard(double value, string name)
    {
        if (value is not (> 0 and < double.PositiveInfinity))
        {
            throw new ArgumentOutOfRangeException(name, "The number must be above 0 and finite.");
        }
    }
}
