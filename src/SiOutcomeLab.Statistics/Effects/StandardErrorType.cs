namespace SiOutcomeLab.Statistics.Effects;

/// <summary>How a standard error was computed; it is part of the result and never implied.</summary>
public enum StandardErrorType
{
    /// <summary>M-estimation: stacked with what estimated the weights and the outcome model; no finite-sample factor.</summary>
    MEstimation = 1,

    /// <summary>M-estimation with influence values summed per given cluster; no finite-sample factor.</summary>
    ClusteredMEstimation = 2,

    /// <summary>Heteroskedasticity-robust with weights taken as known, no factor. For comparison: often far too large.</summary>
    Hc0 = 3,

    /// <summary>Heteroskedasticity-robust with weights taken as known, factor n / (n − k).</summary>
    Hc1 = 4,

    /// <summary>
    /// Influence function with the estimation of weights and outcome model left out. For comparison; the right one where both were
    /// cross-fitted.
    /// </summary>
    InfluenceFunction = 5,

    /// <summary>Clustered on matched sets, factor G / (G − 1) · (n − 1) / (n − k), as R's vcovCL with HC1.</summary>
    MatchedSetHc1 = 6,

    /// <summary>Clustered on the given clusters, factor as <see cref="MatchedSetHc1"/>.</summary>
    ClusterHc1 = 7,

    /// <summary>Two-way on matched sets and given clusters: sum of both variances less that of their intersections.</summary>
    TwoWayHc1 = 8,

    /// <summary>
    /// M-estimation with the treated means that weights aim at taken as known, as WeightIt's entropy balancing does. For comparison: the
    /// treated are a sample, so <see cref="MEstimation"/> is the honest one.
    /// </summary>
    MEstimationTargetsFixed = 9,

    /// <summary>Heteroskedasticity-robust with weights taken as known, each square divided by 1 − leverage.</summary>
    Hc2 = 10,

    /// <summary>Heteroskedasticity-robust with weights taken as known, each square divided by (1 − leverage)².</summary>
    Hc3 = 11,

    /// <summary>Least squares with one error variance for all rows and weights taken as its precisions. For comparison.</summary>
    Classical = 12,

    /// <summary><see cref="InfluenceFunction"/> with influence values summed per given cluster.</summary>
    ClusteredInfluenceFunction = 13,

    /// <summary>Abadie and Imbens' variance of matching with replacement: a control's reuse counts with its outcome's variance.</summary>
    AbadieImbens = 30,

    /// <summary>Matched pairs taken as independent of each other although they share controls. For comparison: often too small.</summary>
    IndependentPairs = 31,

    /// <summary>Within strata: each stratum's two-sample variance, weighted by the squared share of the stratum.</summary>
    Stratified = 32,

    /// <summary>
    /// From the outcome model's own likelihood, its variance taken as right and weights as numbers of rows. For comparison.
    /// </summary>
    ModelBased = 50,

    /// <summary>Clustered on the given clusters, factor G / (G − 1) only, as R's vcovCL with HC0.</summary>
    ClusterHc0 = 51,

    /// <summary>Bell and McCaffrey's clustered error, unbiased when errors are alike; t with Satterthwaite's degrees of freedom.</summary>
    ClusterCr2 = 52,

    /// <summary>Standard deviation over bootstrap samples of rows, everything estimated anew in each.</summary>
    Bootstrap = 53,

    /// <summary>Standard deviation over bootstrap samples of whole clusters.</summary>
    ClusterBootstrap = 54,

    /// <summary>Each row left out in turn, everything estimated anew; for small groups, with t.</summary>
    Jackknife = 55,

    /// <summary>Each cluster left out in turn.</summary>
    ClusterJackknife = 56
}
