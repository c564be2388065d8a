namespace SiOutcomeLab.Statistics.Attrition;

/// <summary>What must be true for bounds under attrition to hold.</summary>
public enum BoundsAssumption
{
    /// <summary>Nothing but the outcome's range.</summary>
    OutcomeRange = 1,

    /// <summary>
    /// Monotonicity: treatment makes nobody be lost who would otherwise be observed (or, when more are lost among the treated, makes
    /// nobody be observed who would otherwise be lost). The bounds then are for those observed either way.
    /// </summary>
    MonotoneAttrition = 2
}
