namespace SiOutcomeLab.Statistics.Panel;

/// <summary>How a difference in differences takes covariates into account.</summary>
public enum DifferenceMethod
{
    /// <summary>
    /// Logistic propensity score by maximum likelihood and outcome regression by least squares; right when either model is right
    /// (Sant'Anna and Zhao 2020, eq. 3.1). The default.
    /// </summary>
    DoublyRobust = 1,

    /// <summary>
    /// Calibrated propensity score and weighted least squares: also the standard error is right when either model is right (eq. 3.2).
    /// </summary>
    ImprovedDoublyRobust = 2,

    /// <summary>Outcome regression among comparison rows (Heckman, Ichimura and Todd 1997).</summary>
    OutcomeRegression = 3,

    /// <summary>Inverse propensity weights that sum to one (Hájek form; Sant'Anna and Zhao 2020, §4).</summary>
    InversePropensity = 4,

    /// <summary>Inverse propensity weights as they are (Horvitz–Thompson form; Abadie 2005). For panels only.</summary>
    HorvitzThompson = 5
}
