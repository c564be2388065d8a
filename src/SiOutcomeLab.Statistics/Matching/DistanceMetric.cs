namespace SiOutcomeLab.Statistics.Matching;

/// <summary>How the covariates of two rows make one distance.</summary>
public enum DistanceMetric
{
    /// <summary>Mahalanobis distance with the pooled within-arm covariance (denominator n − 2), as MatchIt 4.7.2.</summary>
    Mahalanobis = 0,

    /// <summary>
    /// Mahalanobis distance of ranks (ties averaged), each rank with the variance of untied ranks, so that neither outliers nor rare
    /// binaries dominate: Rosenbaum (2010), Design of Observational Studies, ch. 8.
    /// </summary>
    RankMahalanobis = 1,

    /// <summary>Each covariate divided by its pooled within-arm standard deviation (p(1 − p) for binary ones).</summary>
    ScaledEuclidean = 2,

    /// <summary>Each covariate divided by its standard deviation over all rows: Abadie and Imbens' normalised distance.</summary>
    InverseVariance = 3,

    /// <summary>Mahalanobis distance with the covariance over all rows.</summary>
    OverallMahalanobis = 4
}
