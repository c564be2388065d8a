namespace SiOutcomeLab.Domain.Plans;

/// <summary>How an effect is estimated.</summary>
public enum EstimatorKind
{
    /// <summary>Difference of weighted means after entropy balancing.</summary>
    EntropyBalancing = 1,

    /// <summary>Difference of weighted means with inverse-propensity weights for the treated.</summary>
    InversePropensity = 2,

    /// <summary>Augmented inverse-propensity weighting: propensity and outcome model, right when either is.</summary>
    AugmentedInversePropensity = 3,

    /// <summary>Difference of means in the matched sample.</summary>
    Matched = 4,

    /// <summary>Fully interacted outcome model in the matched or weighted sample, standardised over the treated.</summary>
    GComputation = 5,

    /// <summary>Difference of the changes since before the start, doubly robust; stands beside a headline only.</summary>
    DifferenceInDifferences = 6,

    /// <summary>Difference of weighted means with overlap weights: holds for those whose taking part was least certain.</summary>
    OverlapWeighted = 7,
}
