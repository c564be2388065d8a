using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Attrition;

/// <summary>Weights that let those who were followed up stand for those who were lost, with what tells how much that asks.</summary>
public sealed class AttritionWeights
{
    /// <summary>The weights: earlier ones times one over the chance of being observed; 0 for those lost.</summary>
    public required BalancingWeights Weights { get; init; }

    /// <summary>The model of being observed; null when nobody was lost.</summary>
    public required PropensityFit? Model { get; init; }

    /// <summary>Share of treated rows with weight whose outcome is observed, in (0, 1].</summary>
    public required double ObservedTreated { get; init; }

    /// <summary>The same share among comparison rows.</summary>
    public required double ObservedComparison { get; init; }

    /// <summary>Treated less comparison share: differential attrition.</summary>
    public double Difference => ObservedTreated - ObservedComparison;

    /// <summary>Smallest modelled chance of being observed among those observed; one over it is the largest factor.</summary>
    public required double SmallestChance { get; init; }

    /// <summary>Kish's effective number of treated rows.</summary>
    public required double EffectiveTreated { get; init; }

    /// <summary>Kish's effective number of comparison rows.</summary>
    public required double EffectiveComparison { get; init; }
}
