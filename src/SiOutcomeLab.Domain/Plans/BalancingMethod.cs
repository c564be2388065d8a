using System.Text.Json.Serialization;

namespace SiOutcomeLab.Domain.Plans;

/// <summary>How participants and comparison persons are made comparable.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(EntropyBalancing), "entropy-balancing")]
[JsonDerivedType(typeof(InversePropensityWeighting), "inverse-propensity")]
[JsonDerivedType(typeof(NearestNeighbourMatching), "nearest-neighbour")]
[JsonDerivedType(typeof(OverlapWeighting), "overlap")]
[JsonDerivedType(typeof(FullMatching), "full")]
[JsonDerivedType(typeof(Subclassification), "subclass")]
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
    public sealed record NearestNeighbourMatching(int Ratio, double? Caliper, bool OnLogit, bool Replacement) : BalancingMethod
    {
        /// <summary>True when participants get fewer or more comparison persons, at most <see cref="Ratio"/>, by their score.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool IsVariable { get; init; }
    }

    /// <summary>Weights 1 − e on participants and e on comparison persons.</summary>
    public sealed record OverlapWeighting : BalancingMethod;

    /// <summary>Sets of one participant and several comparison persons, or the reverse, with the least summed distance.</summary>
    /// <param name="Caliper">Largest allowed distance in standard deviations of the logit; null for none.</param>
    public sealed record FullMatching(double? Caliper) : BalancingMethod;

    /// <summary>Classes of the propensity score with equal numbers of participants.</summary>
    /// <param name="Classes">How many; 2–50.</param>
    public sealed record Subclassification(int Classes) : BalancingMethod;
}
