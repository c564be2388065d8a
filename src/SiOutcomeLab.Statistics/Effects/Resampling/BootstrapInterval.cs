namespace SiOutcomeLab.Statistics.Effects.Resampling;

/// <summary>How an interval is read off the bootstrap distribution.</summary>
public enum BootstrapInterval
{
    /// <summary>Estimate ± normal quantile × standard deviation of the replicates.</summary>
    Normal = 1,

    /// <summary>Quantiles of the replicates.</summary>
    Percentile = 2,

    /// <summary>Quantiles of the replicates mirrored at the estimate.</summary>
    Basic = 3,

    /// <summary>Quantiles moved for bias and for a standard error that changes with the effect (Efron's BCa).</summary>
    BiasCorrectedAccelerated = 4
}
