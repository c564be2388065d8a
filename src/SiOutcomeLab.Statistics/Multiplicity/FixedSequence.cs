namespace SiOutcomeLab.Statistics.Multiplicity;

/// <summary>
/// Estimand: none; it tests hypotheses in an order fixed beforehand, each at the full level, until one is not rejected.
/// Formula: adjusted p = the largest p-value so far. Family-wise error under any dependence.
/// Arguments: p-values in the order of testing. Result: adjusted p-values in that order. Not estimable when: never.
/// Ties, order, seed: the order is the argument's.
/// Source: Maurer, Hothorn and Lehmacher (1995), Biometrie in der chemisch-pharmazeutischen Industrie 6, p. 3–18; Westfall and Krishen
/// (2001), Journal of Statistical Planning and Inference 99(1), p. 25–40. Checked against: closed testing in the tests.
/// </summary>
public static class FixedSequence
{
    /// <summary>Adjusts p-values.</summary>
    /// <param name="pValues">In [0, 1], in the order of testing.</param>
    /// <returns>Adjusted p-values in that order.</returns>
    /// <exception cref="ArgumentException">A p-value is outside of [0, 1] or NaN.</exception>
    public static double[] Adjust(ReadOnlySpan<double> pValues)
    {
        AdjustedPValues.Guard(pValues);
        var result = new double[pValues.Length];
        var largest = 0.0;
        for (var i = 0; i < result.Length; i++) result[i] = largest = Math.Max(largest, pValues[i]);
        return result;
    }
}
