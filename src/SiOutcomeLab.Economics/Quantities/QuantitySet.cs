namespace SiOutcomeLab.Economics.Quantities;

/// <summary>Quantities of one group, and how their errors go together.</summary>
public sealed class QuantitySet
{
    // Standard errors are handed over twice, alone and within the joint uncertainty: two routes to one number agree far better than this,
    // while an array in another order, or another scaling of influence, is off by more.
    private const double SameError = 1e-6;

    /// <summary>Makes a set and checks that it hangs together.</summary>
    /// <param name="quantities">One per measure and event year; each measure in the same event years.</param>
    /// <param name="uncertainty">How their errors go together, in the same order.</param>
    /// <exception cref="ArgumentException">Something is doubled, missing, not finite, or told two ways that differ.</exception>
    public QuantitySet(IReadOnlyList<MeasureQuantity> quantities, JointUncertainty uncertainty)
    {
        ArgumentNullException.ThrowIfNull(quantities);
        ArgumentNullException.ThrowIfNull(uncertainty);
        if (quantities.Count == 0) throw new ArgumentException("There must be at least one quantity.", nameof(quantities));
        foreach (var q in quantities)
        {
            if (q.EventYear < 1) throw new ArgumentException($"{q.Measure}: outcomes count from event year 1.", nameof(quantities));
            if (!(double.IsFinite(q.Mean) && double.IsFinite(q.StandardError) && q.StandardError >= 0))
            {
                throw new ArgumentException(
                    $"{q.Measure}, year {q.EventYear}: the mean must be a finite number, and its standard error one from 0.", nameof(quantities));
            }
        }

        if (quantities.DistinctBy(q => (q.Measure, q.EventYear)).Count() != quantities.Count)
        {
            throw new ArgumentException("A measure has two quantities in one event year.", nameof(quantities));
        }

        Years = [.. quantities.Select(q => q.EventYear).Distinct().Order()];
        if (quantities.GroupBy(q => q.Measure).Any(g => g.Count() != Years.Count))
        {
            throw new ArgumentException("Every measure must have a quantity in the same event years.", nameof(quantities));
        }

        CheckErrors(quantities, uncertainty);
        // One order whatever the caller's, so that sums of floating-point numbers come out the same to the last bit.
        var order = Enumerable.Range(0, quantities.Count)
            .OrderBy(k => quantities[k].Measure.Code, StringComparer.Ordinal).ThenBy(k => quantities[k].EventYear).ToList();
        Quantities = [.. order.Select(k => quantities[k])];
        Uncertainty = uncertainty.InOrder(order);
    }

    /// <summary>The quantities, by measure and event year.</summary>
    public IReadOnlyList<MeasureQuantity> Quantities { get; }

    /// <summary>How their errors go together, in the same order.</summary>
    public JointUncertainty Uncertainty { get; }

    /// <summary>The event years, in order.</summary>
    public IReadOnlyList<int> Years { get; }

    private static void CheckErrors(IReadOnlyList<MeasureQuantity> quantities, JointUncertainty uncertainty)
    {
        if (uncertainty.Width != quantities.Count)
        {
            throw new ArgumentException($"The joint uncertainty is of {uncertainty.Width} quantities, but there are {quantities.Count}.");
        }

        if (uncertainty is BootstrapDraws) return; // Draws have a sampling error of their own, and owe the standard error no equality.
        for (var k = 0; k < quantities.Count; k++)
        {
            var (alone, joint) = (quantities[k].StandardError, uncertainty.StandardErrorOf(k));
            if (Math.Abs(alone - joint) <= SameError * Math.Max(alone, joint)) continue;
            throw new ArgumentException(
                $"{quantities[k].Measure}, year {quantities[k].EventYear}: its standard error is not the joint uncertainty's; check order and scaling.");
        }
    }
}
