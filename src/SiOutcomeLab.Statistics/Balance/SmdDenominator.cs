namespace SiOutcomeLab.Statistics.Balance;

/// <summary>Which standard deviation divides a mean difference; that of the unadjusted sample, but for <see cref="Weighted"/>.</summary>
public enum SmdDenominator
{
    /// <summary>Of the treated: for effects on the treated.</summary>
    Treated = 0,

    /// <summary>√((s₁² + s₀²)/2): for effects on everybody or on the overlap population.</summary>
    Pooled = 1,

    /// <summary>Of the comparison rows: for effects on them.</summary>
    Comparison = 2,

    /// <summary>Of all rows together, the difference between arms included.</summary>
    All = 3,

    /// <summary>Of all rows together with the weights after adjustment, as given; also for the comparison before adjustment.</summary>
    Weighted = 4,

    /// <summary>Hedges' g: √(((n₁ − 1) s₁² + (n₀ − 1) s₀²)/(n − 2)), divided by 1 − 3/(4n − 9).</summary>
    Hedges = 5
}
