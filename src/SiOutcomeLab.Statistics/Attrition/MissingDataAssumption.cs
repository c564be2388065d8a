namespace SiOutcomeLab.Statistics.Attrition;

/// <summary>What must be true for a way of handling missing covariates to give an unbiased effect.</summary>
public enum MissingDataAssumption
{
    /// <summary>
    /// Whether a covariate is missing is independent of the potential outcomes given treatment and covariates; the effect then is one for
    /// the kind of person whose record is complete.
    /// </summary>
    CompletenessIndependentOfOutcome = 1,

    /// <summary>
    /// Where a covariate is missing, its hidden value does not confound: whoever decided on treatment did not know it either, or it acts
    /// through what is recorded. The effect is for everybody.
    /// </summary>
    HiddenValueDoesNotConfound = 2,

    /// <summary>Nothing is missing.</summary>
    NothingMissing = 3
}
