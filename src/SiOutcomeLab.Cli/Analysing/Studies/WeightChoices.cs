using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Cli.Analysing.Studies;

/// <summary>How <c>silab analyse weight</c> weights.</summary>
internal sealed record WeightChoices
{
    public required WeightMethod Method { get; init; }

    public required string MethodWord { get; init; }

    public required Estimand Estimand { get; init; }

    public bool Probit { get; init; }

    /// <summary>Scores are kept from this to one less this; null for all.</summary>
    public double? Trim { get; init; }

    /// <summary>Weights are cut at this quantile; null for none.</summary>
    public double? Truncate { get; init; }

    public bool Stabilised { get; init; }

    /// <summary>Of entropy balancing: 1 means, 2 variances too, 3 skewness too.</summary>
    public int Moments { get; init; } = 1;

    public double Level { get; init; } = 0.95;

    public PropensityTrimming? Trimming() =>
        Trim is { } score ? PropensityTrimming.Range(score, 1 - score) : Truncate is { } quantile ? PropensityTrimming.Truncation(quantile) : null;
}

/// <summary>Where weights come from.</summary>
internal enum WeightMethod
{
    /// <summary>A propensity score by maximum likelihood, inverted.</summary>
    Ipw = 1,

    /// <summary>Entropy balancing.</summary>
    Entropy = 2,

    /// <summary>The covariate-balancing propensity score, inverted.</summary>
    Cbps = 3,
}
