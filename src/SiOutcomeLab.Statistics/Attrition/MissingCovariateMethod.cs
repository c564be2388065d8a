namespace SiOutcomeLab.Statistics.Attrition;

/// <summary>How missing covariates were handled.</summary>
public enum MissingCovariateMethod
{
    /// <summary>Rows with a missing covariate are left out.</summary>
    CompleteCase = 1,

    /// <summary>A missing value becomes the column's mean, and a 0/1 column says where it was missing.</summary>
    MissingIndicator = 2
}
