namespace SiOutcomeLab.Domain.Plans;

/// <summary>What each estimator is called and which balancing it goes with as a headline: one row per estimator, in one place.</summary>
public static class Estimators
{
    private static readonly Dictionary<EstimatorKind, EstimatorTraits> All = new()
    {
        [EstimatorKind.EntropyBalancing] = new(
            "EB", new("entropibalansering", "entropy balancing"), b => b is BalancingMethod.EntropyBalancing),
        [EstimatorKind.InversePropensity] = new(
            "IPW", new("IPW (invers sannolikhetsvägning)", "IPW (inverse-propensity weighting)"), b => b is BalancingMethod.InversePropensityWeighting),
        [EstimatorKind.AugmentedInversePropensity] = new(
            "AIPW",
            new("AIPW (dubbelt robust)", "AIPW (doubly robust)"),
            b => b is BalancingMethod.EntropyBalancing or BalancingMethod.InversePropensityWeighting),
        [EstimatorKind.Matched] = new("match", new("matchning", "matching"), MakesSets),
        [EstimatorKind.GComputation] = new(
            "G-c", new("g-beräkning på det balanserade urvalet", "g-computation on the balanced sample"), b => b is not BalancingMethod.OverlapWeighting),
        [EstimatorKind.DifferenceInDifferences] = new("DiD", new("skillnad i skillnader", "difference in differences"), _ => false),
        [EstimatorKind.OverlapWeighted] = new("OW", new("överlappsvikter", "overlap weights"), b => b is BalancingMethod.OverlapWeighting),
    };

    /// <summary>What is said of an estimator.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such estimator.</exception>
    public static EstimatorTraits Of(EstimatorKind kind) => All.TryGetValue(kind, out var traits)
        ? traits
        : throw new ArgumentOutOfRangeException(nameof(kind), kind, "An estimator without a row in the table of estimators.");

    private static bool MakesSets(BalancingMethod balancing) =>
        balancing is BalancingMethod.NearestNeighbourMatching or BalancingMethod.FullMatching or BalancingMethod.Subclassification;
}

/// <summary>What is said of an estimator.</summary>
/// <param name="Letters">A few letters, for tables.</param>
/// <param name="Name">Its name in both languages.</param>
/// <param name="GoesWith">Which balancing it may stand on as a plan's headline; none for one that only stands beside another.</param>
public sealed record EstimatorTraits(string Letters, BilingualText Name, Func<BalancingMethod, bool> GoesWith);
