namespace SiOutcomeLab.Statistics.Multiplicity;

/// <summary>
/// Estimand: none; it tests families of hypotheses in an order fixed beforehand: a family is opened when all of the one before it are
/// rejected.
/// Formula: adjusted p = max(largest adjusted p of earlier families, adjusted p within the family). Strong control of the family-wise
/// error when the adjustment within has it.
/// Arguments: families of p-values in the order of testing. Result: adjusted p-values, family by family. Not estimable when: never.
/// Ties, order, seed: order within a family changes nothing.
/// Source: Bauer, Röhmel, Maurer and Hothorn (1998), Statistics in Medicine 17(18), p. 2133–2146; Dmitrienko and Tamhane (2007),
/// Pharmaceutical Statistics 6(3), p. 171–180. Gates that open when one is rejected (parallel) are graphs:
/// <see cref="GraphicalProcedure"/>. Checked against: hand computation in the tests.
/// </summary>
public static class SerialGatekeeping
{
    /// <summary>Adjusts p-values.</summary>
    /// <param name="families">p-values in [0, 1], family by family in the order of testing.</param>
    /// <param name="within">Adjustment within a family; one that controls the family-wise error.</param>
    /// <returns>Adjusted p-values in the same shape.</returns>
    /// <exception cref="ArgumentException">A p-value is outside of [0, 1], or the adjustment is for the false discovery rate.</exception>
    public static IReadOnlyList<double[]> Adjust(IReadOnlyList<double[]> families, Adjustment within = Adjustment.Holm)
    {
        ArgumentNullException.ThrowIfNull(families);
        if (within is Adjustment.BenjaminiHochberg or Adjustment.BenjaminiYekutieli)
        {
            throw new ArgumentException("A gate needs an adjustment that controls the family-wise error.", nameof(within));
        }

        List<double[]> result = [];
        var gate = 0.0;
        foreach (var family in families)
        {
            var adjusted = AdjustedPValues.Adjust(family, within);
            for (var i = 0; i < adjusted.Length; i++) adjusted[i] = Math.Max(gate, adjusted[i]);
            foreach (var p in adjusted) gate = Math.Max(gate, p);
            result.Add(adjusted);
        }

        return result;
    }
}
