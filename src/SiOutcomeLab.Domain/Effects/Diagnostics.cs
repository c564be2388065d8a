namespace SiOutcomeLab.Domain.Effects;

/// <summary>What was judged before the outcome was read.</summary>
/// <param name="Verdict">Pass, amber or fail.</param>
/// <param name="Failing">Names of the covariates that fail or are amber, worst first; empty on pass.</param>
/// <param name="Balance">Balance per covariate.</param>
/// <param name="LargestSmdBefore">The largest absolute standardised mean difference before balancing.</param>
/// <param name="LargestSmdAfter">The largest after.</param>
/// <param name="OverlapCoefficient">The overlap of the two groups' propensity scores, in [0, 1]; null when no propensity model was fitted.</param>
/// <param name="EquipoiseShare">The share of all persons with a preference score in [0.3, 0.7]; null likewise.</param>
/// <param name="EffectiveComparison">Kish's effective number of comparison persons after balancing.</param>
/// <param name="Treated">Participants before balancing.</param>
/// <param name="Comparison">Comparison persons before balancing.</param>
public sealed record Diagnostics(
    GateVerdict Verdict,
    IReadOnlyList<string> Failing,
    IReadOnlyList<CovariateBalance> Balance,
    double LargestSmdBefore,
    double LargestSmdAfter,
    double? OverlapCoefficient,
    double? EquipoiseShare,
    double EffectiveComparison,
    int Treated,
    int Comparison);

/// <summary>The balance gate's answer.</summary>
public enum GateVerdict
{
    /// <summary>Every covariate within 0.1.</summary>
    Pass = 1,

    /// <summary>Some covariate between 0.1 and 0.25, not significantly above 0.1: it must be in the outcome model.</summary>
    Amber = 2,

    /// <summary>Some covariate significantly above 0.1, or above 0.25: no estimate.</summary>
    Fail = 3,
}

/// <summary>How one covariate compares between the groups.</summary>
/// <param name="Covariate">The design column's name, e.g. <c>age@1</c> or <c>race=white@1</c>.</param>
/// <param name="IsBinary">True for an indicator.</param>
/// <param name="TreatedMean">The participants' mean before balancing.</param>
/// <param name="ComparisonMeanBefore">The comparison persons' mean before.</param>
/// <param name="ComparisonMeanAfter">The comparison persons' weighted mean after.</param>
/// <param name="SmdBefore">Standardised mean difference before; denominator: the participants' standard deviation before balancing.</param>
/// <param name="SmdAfter">The same after; same denominator.</param>
/// <param name="VarianceRatioAfter">Participants' variance over comparison persons' after; null for an indicator.</param>
/// <param name="KolmogorovSmirnovAfter">Largest distance between the weighted distribution functions after.</param>
public sealed record CovariateBalance(
    string Covariate,
    bool IsBinary,
    double TreatedMean,
    double ComparisonMeanBefore,
    double ComparisonMeanAfter,
    double SmdBefore,
    double SmdAfter,
    double? VarianceRatioAfter,
    double KolmogorovSmirnovAfter);
