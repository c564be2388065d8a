namespace SiOutcomeLab.Economics.Quantities;

/// <summary>Quantities of one group, and how their errors go together.</summary>
public sealed class QuantitySet
{
    // Standard errors are handed over twice, alone and within the joint uncertainty: two routes to one number agree far better than this, while an
    // array in another order, or another scaling of influence, is off by more.
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
            if (!double.IsFinite(q.Mean)) throw new ArgumentException($"{q.Measure}, year {q.EventYear}: the mean is not a finite number.", nameof(quantities));
            if (!(double.IsFinite(q.StandardError) && q.StandardError >= 0))
            {
                throw new ArgumentException($"{q.Measure}, year {q.EventYear}: the standard error is not a finite number from 0.", nameof(quantities));
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

        (Quantities, Uncertainty) = (quantities, uncertainty);
        CheckErrors();
    }

    /// <summary>The quantities.</summary>
    public IReadOnlyList<MeasureQuantity> Quantities { get; }

    /// <summary>How their errors go together.</summary>
    public JointUncertainty Uncertainty { get; }

    /// <summary>The event years, in order.</summary>
    public IReadOnlyList<int> Years { get; }

    private void CheckErrors()
    {
        if (Uncertainty.Width is { } width && width != Quantities.Count)
        {
            throw new ArgumentException($"The joint uncertainty is of {width} quantities, but there are {Quantities.Count}.");
        }

        if (Uncertainty is BootstrapDraws) return; // Draws have a sampling error of their own, and owe the standard error no equality.
        for (var k = 0; k < Quantities.Count; k++)
        {
            var (alone, joint) = (Quantities[k].StandardError, Uncertainty.StandardErrorOf(k));
            if (Math.Abs(alone - joint) > SameError * Math.Max(alone, joint))
            {
                throw new ArgumentException(
                    $"{Quantities[k].Measure}, year {Quantities[k].EventYear}: its standard error is not the one of the joint uncertainty; check order and scaling.");
            }
        }
    }
}
