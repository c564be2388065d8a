namespace SiOutcomeLab.Statistics.Pooling.Profiling;

/// <summary>
/// Estimand: a group's events over the events that persons like its own have elsewhere (indirect standardisation).
/// Formula: O / E with E = Σ eᵢ over the group's persons, eᵢ each person's expected risk. Exact interval by χ² quantiles with 2O and 2O + 2
/// degrees of freedom; Byar's approximation of it; z = (O − E) / √Σ eᵢ(1 − eᵢ).
/// Arguments: see <see cref="Of"/>. E is taken as known.
/// Result: <see cref="StandardisedRatioResult"/>. Ratios of two groups are not comparable with each other: each is standardised to its own
/// persons.
/// Not estimable when: never; groups need a positive expectation.
/// Ties, order, seed: none.
/// Source: Breslow and Day (1987), Statistical Methods in Cancer Research II, §2.3 (Byar: eq. 2.13).
/// Checked against: R on 98 groups (1e-9).
/// </summary>
public static class StandardisedRatio
{
    /// <summary>One group's ratio.</summary>
    /// <param name="observed">Events, O.</param>
    /// <param name="expected">Expected events, E, positive and finite.</param>
    /// <param name="variance">Σ eᵢ(1 − eᵢ), positive; for rates E itself.</param>
    /// <param name="level">Confidence level.</param>
    /// <returns>Ratio, intervals and test.</returns>
    public static StandardisedRatioResult Of(int observed, double expected, double variance, double level = 0.95)
    {
        RowGuards.Level(level);
        ArgumentOutOfRangeException.ThrowIfNegative(observed);
        if (!(expected > 0 && double.IsFinite(expected))) throw new ArgumentOutOfRangeException(nameof(expected));
        if (!(variance > 0 && double.IsFinite(variance))) throw new ArgumentOutOfRangeException(nameof(variance));
        double o = observed, tail = (1 - level) / 2;
        var exact = new ValueRange(
            observed == 0 ? 0 : Distributions.ChiSquareQuantile(tail, 2 * o) / 2 / expected,
            Distributions.ChiSquareQuantile(1 - tail, (2 * o) + 2) / 2 / expected);
        var z = Distributions.TwoSidedCritical(level, double.PositiveInfinity);
        var byar = new ValueRange(
            observed == 0 ? 0 : o * Cube(1 - (1 / (9 * o)) - (z / (3 * Math.Sqrt(o)))) / expected,
            (o + 1) * Cube(1 - (1 / (9 * (o + 1))) + (z / (3 * Math.Sqrt(o + 1)))) / expected);
        var statistic = (o - expected) / Math.Sqrt(variance);
        return new(o / expected, exact, byar, statistic, Distributions.TwoSided(statistic, double.PositiveInfinity));
    }

    private static double Cube(double x) => x * x * x;
}
