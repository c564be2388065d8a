using System.Text.Json.Serialization;

namespace SiOutcomeLab.Domain.Plans;

/// <summary>How participants and comparison persons are made comparable.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(EntropyBalancing), "entropy-balancing")]
[JsonDerivedType(typeof(InversePropensityWeighting), "inverse-propensity")]
[JsonDerivedType(typeof(NearestNeighbourMatching), "nearest-neighbour")]
public abstract record BalancingMethod
{
    private BalancingMethod()
    {
    }

    /// <summary>Weights on comparison persons that give them the participants' covariate means exactly.</summary>
    public sealed record EntropyBalancing : BalancingMethod;

    /// <summary>Weights e/(1−e) on comparison persons, e the propensity score.</summary>
    public sealed record InversePropensityWeighting : BalancingMethod;

    /// <summary>Greedy nearest neighbours on the propensity score, participants with the largest score first.</summary>
    /// <param name="Ratio">Comparison persons per participant; 1–10.</param>
    /// <param name="Caliper">Largest allowed distance in standard deviations of the scale; null for none.</param>
    /// <param name="OnLogit">True for distance on the logit of the score, false for the score itself.</param>
    /// <param name="Replacement">True when a comparison person may serve several participants.</param>
    public sealed record NearestNeighbourMatching(int Ratio, double? Caliper, bool OnLogit, bool Replacement) : BalancingMethod;
}
