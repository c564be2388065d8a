namespace SiOutcomeLab.Statistics.Effects;

/// <summary>How an outcome regression lets the effect depend on covariates.</summary>
public enum RegressionForm
{
    /// <summary>A regression in either arm, averaged over the group asked about: effects may differ with covariates (Lin).</summary>
    Interacted = 0,

    /// <summary>One regression with the arm as a column: one effect for all, else some covariate-weighted mixture of effects.</summary>
    Additive = 1
}
