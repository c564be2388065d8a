namespace SiOutcomeLab.Economics.Money;

/// <summary>What a krona rests on. The weakest of everything that went into it counts.</summary>
public enum Provenance
{
    /// <summary>Quantity, price, conversion and split are all measured or paid.</summary>
    Measured = 1,

    /// <summary>Something in it was measured on something near: a ceiling for a mean, another year, a model.</summary>
    ModelledFromProxy = 2,

    /// <summary>Something in it is nobody's measurement.</summary>
    Assumed = 3,
}

/// <summary>How marks combine.</summary>
public static class ProvenanceRule
{
    /// <summary>The weakest of the marks; a sum or a product is no better than its poorest part.</summary>
    /// <param name="marks">One or more marks.</param>
    public static Provenance Weakest(params ReadOnlySpan<Provenance> marks)
    {
        var weakest = Provenance.Measured;
        foreach (var mark in marks)
        {
            if (mark > weakest) weakest = mark;
        }

        return weakest;
    }
}
