namespace SiOutcomeLab.Statistics.Effects.OutcomeModels;

/// <summary>How an outcome's mean depends on covariates, and how its variance grows with the mean.</summary>
public enum OutcomeFamily
{
    /// <summary>Mean a + x'b, constant variance: least squares. Any real outcome.</summary>
    Linear = 1,

    /// <summary>Log odds a + x'b, variance μ(1 − μ). Outcomes in [0, 1].</summary>
    Logistic = 2,

    /// <summary>Log mean a + x'b, variance μ. Counts, at least 0; with exposure: rates per unit of exposure.</summary>
    Poisson = 3,

    /// <summary>
    /// Log mean a + x'b, variance μ²: skewed amounts such as costs, at least 0. Only the mean is modelled, so zeros are welcome.
    /// </summary>
    GammaLog = 4
}
