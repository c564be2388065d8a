namespace SiOutcomeLab.Statistics.Multiplicity;

/// <summary>
/// Estimand: none; it gives each hypothesis the smallest error rate at which the procedure rejects it.
/// Formula, p₍₁₎ ≤ … ≤ p₍ₙ₎: Bonferroni n p; Holm max over j ≤ i of (n − j + 1) p₍ⱼ₎; Hochberg min over j ≥ i of the same;
/// Benjamini–Hochberg min over j ≥ i of n p₍ⱼ₎/j; Benjamini–Yekutieli the same times Σ 1/k; Hommel the closed test with Simes' rule; all
/// capped at 1.
/// Arguments: p-values in [0, 1]. Result: adjusted p-values in input order. Not estimable when: never; an empty list gives an empty list.
/// Ties, order, seed: equal p-values get equal results whatever their order.
/// Source: Holm (1979), Scandinavian Journal of Statistics 6, p. 65–70; Hochberg (1988), Biometrika 75(4), p. 800–802; Hommel (1988),
/// Biometrika 75(2), p. 383–386; Benjamini and Hochberg (1995), JRSS B 57(1), p. 289–300; Benjamini and Yekutieli (2001), Annals of
/// Statistics 29(4), p. 1165–1188; Hommel's adjusted values by Wright (1992), Biometrics 48(4), p. 1005–1013.
/// Checked against: the formulas of R's p.adjust and, in the tests, closed testing over all intersections.
/// </summary>
public static class AdjustedPValues
{
    /// <summary>Adjusts p-values.</summary>
    /// <param name="pValues">In [0, 1], in any order.</param>
    /// <param name="adjustment">How.</param>
    /// <returns>One adjusted p-value per hypothesis, in the same order.</returns>
    /// <exception cref="ArgumentException">A p-value is outside of [0, 1] or NaN (told by position).</exception>
    public static double[] Adjust(ReadOnlySpan<double> pValues, Adjustment adjustment)
    {
        Guard(pValues);
        var n = pValues.Length;
        var sorted = pValues.ToArray();
        var order = Enumerable.Range(0, n).ToArray();
        Array.Sort(sorted, order);
        var adjusted = adjustment switch
        {
            Adjustment.Bonferroni => sorted.Select(p => n * p).ToArray(),
            Adjustment.Holm => Rising(sorted, i => n - i),
            Adjustment.Hochberg => Falling(sorted, i => n - i),
            Adjustment.BenjaminiHochberg => Falling(sorted, i => n / (i + 1.0)),
            Adjustment.BenjaminiYekutieli => Falling(sorted, i => n / (i + 1.0) * Harmonic(n)),
            Adjustment.Hommel => Hommel(sorted),
            _ => throw new ArgumentOutOfRangeException(nameof(adjustment), adjustment, "No such adjustment.")
        };
        var result = new double[n];
        for (var i = 0; i < n; i++) result[order[i]] = Math.Min(1, adjusted[i]);
        return result;
    }

    internal static void Guard(ReadOnlySpan<double> pValues)
    {
        for (var i = 0; i < pValues.Length; i++)
        {
            if (pValues[i] is not (>= 0 and <= 1)) throw new ArgumentException($"p-value {i} is not in [0, 1].", nameof(pValues));
        }
    }

    private static double[] Rising(double[] sorted, Func<int, double> factor)
    {
        var result = new double[sorted.Length];
        var largest = 0.0;
        for (var i = 0; i < result.Length; i++) result[i] = largest = Math.Max(largest, factor(i) * sorted[i]);
        return result;
    }

    private static double[] Falling(double[] sorted, Func<int, double> factor)
    {
        var result = new double[sorted.Length];
        var smallest = double.PositiveInfinity;
        for (var i = result.Length - 1; i >= 0; i--) result[i] = smallest = Math.Min(smallest, factor(i) * sorted[i]);
        return result;
    }

    private static double Harmonic(int n)
    {
        var sum = 0.0;
        for (var k = n; k >= 1; k--) sum += 1.0 / k;
        return sum;
    }

    private static double[] Hommel(double[] p)
    {
        var n = p.Length;
        var result = (double[])p.Clone();
        // For each size m of an intersection, Simes over the worst one that holds hypothesis i: i itself and the largest others. Where i is
        // among those, a smaller size has decided already.
        for (var m = n; m >= 2; m--)
        {
            var simes = double.PositiveInfinity;
            for (var i = n - m + 1; i < n; i++) simes = Math.Min(simes, m * p[i] / (i - (n - m) + 1.0));
            for (var i = 0; i < n; i++) result[i] = Math.Max(result[i], Math.Min(simes, m * p[i]));
        }

        return result;
    }
}
