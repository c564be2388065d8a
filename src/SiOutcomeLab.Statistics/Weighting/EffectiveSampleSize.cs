namespace SiOutcomeLab.Statistics.Weighting;

/// <summary>
/// Estimand: the number of equally weighted rows that would give a mean the same variance.
/// Formula: (Σw)² / Σw². Arguments: weights, any scale, at least 0. Result: persons, between 1 and the number of positive weights;
/// 0 when no weight is positive. Not estimable when: never. Ties, order, seed: none.
/// Source: Kish (1992), Journal of Official Statistics 8(2), p. 183–200.
/// Checked against: WeightIt and the reference values on lalonde (1e-8).
/// </summary>
public static class EffectiveSampleSize
{
    /// <summary>Kish's effective sample size.</summary>
    /// <param name="weights">Finite, at least 0.</param>
    /// <returns>Persons.</returns>
    public static double Of(ReadOnlySpan<double> weights)
    {
        double sum = 0, squares = 0;
        foreach (var weight in weights)
        {
            sum += weight;
            squares += weight * weight;
        }

        return squares > 0 ? sum * sum / squares : 0;
    }

    /// <summary>Kish's effective sample size of one arm.</summary>
    /// <param name="weights">Finite, at least 0, one per row.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="arm">Which arm: true for treated.</param>
    /// <returns>Persons.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static double Of(ReadOnlySpan<double> weights, ReadOnlySpan<bool> treated, bool arm)
    {
        RowGuards.SameLength(weights.Length, treated.Length, nameof(treated));
        double sum = 0, squares = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (treated[i] != arm) continue;
            sum += weights[i];
            squares += weights[i] * weights[i];
        }

        return squares > 0 ? sum * sum / squares : 0;
    }
}
