using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Pipelines.Evaluation.Comparisons;

/// <summary>
/// Participants and comparison persons made comparable for one estimator, before any outcome is read: the weights that balance is judged
/// on, and the estimate that may be made once the gate has passed.
/// </summary>
/// <param name="Weights">One weight per cohort row.</param>
/// <param name="HasOutcomeModel">True when the estimator adjusts for the covariates once more, which amber balance demands.</param>
/// <param name="HoldsFor">The group the estimate will hold for.</param>
/// <param name="Estimate">Makes the estimate from an unsealed outcome, with an interval of a level.</param>
internal sealed record Comparison(
    ReadOnlyMemory<double> Weights, bool HasOutcomeModel, EstimateGroup HoldsFor, Func<double[], double, Estimable<EffectResult>> Estimate)
{
    /// <summary>The matched set of each row, −1 for none; empty where there are no disjoint sets.</summary>
    public ReadOnlyMemory<int> Pairs { get; init; }

    /// <summary>Makes the groups comparable the way an estimator needs it.</summary>
    public static Estimable<Comparison> For(EstimatorKind kind, BalancingMethod balancing, Cohort cohort, Estimable<PropensityFit> propensity) =>
        kind switch
        {
            EstimatorKind.EntropyBalancing => WeightedComparison.Entropy(cohort),
            EstimatorKind.InversePropensity => WeightedComparison.InversePropensity(cohort, propensity),
            EstimatorKind.OverlapWeighted => WeightedComparison.Overlap(cohort, propensity),
            EstimatorKind.AugmentedInversePropensity => AugmentedComparison.Make(balancing, cohort, propensity),
            EstimatorKind.Matched => MatchedComparison.Difference(balancing, cohort, propensity),
            EstimatorKind.GComputation => MatchedComparison.Makes(balancing)
                ? MatchedComparison.Regressed(balancing, cohort, propensity)
                : WeightedComparison.Regressed(balancing, cohort, propensity),
            EstimatorKind.DifferenceInDifferences => ChangeComparison.Make(balancing, cohort, propensity),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown estimator."),
        };
}
