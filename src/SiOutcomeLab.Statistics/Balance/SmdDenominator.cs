namespace SiOutcomeLab.Statistics.Balance;

/// <summary>Which standard deviation divides a mean difference; always that of the unadjusted sample.</summary>
public enum SmdDenominator
{
    /// <summary>Of the treated: for effects on the treated.</summary>
    Treated = 0,

    /// <summary>√((s₁² + s₀²)/2): for effects on everybody or on the overlap population.</summary>
    Pooled = 1
}
