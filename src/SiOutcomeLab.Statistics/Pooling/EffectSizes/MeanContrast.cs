using MathNet.Numerics;

namespace SiOutcomeLab.Statistics.Pooling.EffectSizes;

/// <summary>
/// Estimand: the difference or ratio of two groups' means that each maker names.
/// Formula: given with each maker; J(m) = Γ(m/2) / (√(m/2) Γ((m − 1)/2)) is Hedges' exact correction for small samples.
/// Arguments: two groups, each with n ≥ 2, a finite mean and a positive standard deviation (denominator n − 1).
/// Result: <see cref="EffectSize"/>.
/// Not estimable when: a ratio of means whose signs differ or where one is 0.
/// Ties, order, seed: none.
/// Source: Hedges (1981), Journal of Educational Statistics 6(2), p. 107–128; Bonett (2009), Psychological Methods 14(3), p. 225–238;
/// Hedges, Gurevitch and Curtis (1999), Ecology 80(4), p. 1150–1156.
/// Checked against: metafor 3.8-1 escalc (1e-10).
/// </summary>
public static class MeanContrast
{
    /// <summary>m₁ − m₀, variance s₁²/n₁ + s₀²/n₀.</summary>
    /// <param name="treated">Treated group.</param>
    /// <param name="comparison">Comparison group.</param>
    /// <returns>The mean difference, in the outcome's unit.</returns>
    public static EffectSize Difference(GroupSummary treated, GroupSummary comparison)
    {
        Guard(treated, comparison);
        return new(treated.Mean - comparison.Mean, treated.VarianceOfMean + comparison.VarianceOfMean);
    }

    /// <summary>Hedges' g = J(m)(m₁ − m₀) / s with the pooled s and m = n₁ + n₀ − 2; variance 1/n₁ + 1/n₀ + g² / (2(n₁ + n₀)).</summary>
    /// <param name="treated">Treated group.</param>
    /// <param name="comparison">Comparison group.</param>
    /// <returns>The standardised mean difference.</returns>
    public static EffectSize Standardised(GroupSummary treated, GroupSummary comparison)
    {
        Guard(treated, comparison);
        double n1 = treated.Persons, n0 = comparison.Persons, m = n1 + n0 - 2;
        var (s1, s0) = (treated.StandardDeviation, comparison.StandardDeviation);
        var pooled = Math.Sqrt((((n1 - 1) * s1 * s1) + ((n0 - 1) * s0 * s0)) / m);
        var g = Correction(m) * (treated.Mean - comparison.Mean) / pooled;
        return new(g, (1 / n1) + (1 / n0) + (g * g / (2 * (n1 + n0))));
    }

    /// <summary>
    /// J(m)(m₁ − m₀) / √((s₁² + s₀²)/2) for groups whose spread differs, with Bonett's variance at the corrected value, times J².
    /// </summary>
    /// <param name="treated">Treated group.</param>
    /// <param name="comparison">Comparison group.</param>
    /// <returns>The standardised mean difference.</returns>
    public static EffectSize StandardisedUnequal(GroupSummary treated, GroupSummary comparison)
    {
        Guard(treated, comparison);
        double d1 = treated.Persons - 1, d0 = comparison.Persons - 1;
        var (v1, v0) = (treated.StandardDeviation * treated.StandardDeviation, comparison.StandardDeviation * comparison.StandardDeviation);
        var mean = (v1 + v0) / 2;
        var (j, d) = (Correction(d1 + d0), (treated.Mean - comparison.Mean) / Math.Sqrt(mean));
        var own = j * j * d * d * ((v1 * v1 / d1) + (v0 * v0 / d0)) / (8 * mean * mean);
        return new(j * d, j * j * (own + (v1 / mean / d1) + (v0 / mean / d0)));
    }

    /// <summary>log(m₁ / m₀), variance s₁²/(n₁ m₁²) + s₀²/(n₀ m₀²).</summary>
    /// <param name="treated">Treated group.</param>
    /// <param name="comparison">Comparison group.</param>
    /// <returns>The log ratio of means, or why there is none.</returns>
    public static Estimable<EffectSize> LogRatio(GroupSummary treated, GroupSummary comparison)
    {
        Guard(treated, comparison);
        var ratio = treated.Mean / comparison.Mean;
        if (!(ratio > 0 && double.IsFinite(ratio)))
        {
            return Estimable.Not<EffectSize>(NotEstimableReason.NoOverlap, "Means of different signs, or of 0, have no ratio.");
        }

        var variance = (treated.VarianceOfMean / (treated.Mean * treated.Mean))
            + (comparison.VarianceOfMean / (comparison.Mean * comparison.Mean));
        return Estimable.Of(new EffectSize(Math.Log(ratio), variance));
    }

    private static double Correction(double m) =>
        Math.Exp(SpecialFunctions.GammaLn(m / 2) - SpecialFunctions.GammaLn((m - 1) / 2)) / Math.Sqrt(m / 2);

    private static void Guard(GroupSummary treated, GroupSummary comparison)
    {
        ArgumentNullException.ThrowIfNull(treated);
        ArgumentNullException.ThrowIfNull(comparison);
        treated.Guard(nameof(treated));
        comparison.Guard(nameof(comparison));
    }
}
