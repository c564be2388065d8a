using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Panel;
using SiOutcomeLab.Statistics.Propensity;
using NotEstimableReason = SiOutcomeLab.Statistics.NotEstimableReason;

namespace SiOutcomeLab.Pipelines.Evaluation.Comparisons;

/// <summary>The change since before the start, doubly robust: stands beside a headline, and rests on another assumption.</summary>
internal static class ChangeComparison
{
    public static Estimable<Comparison> Make(BalancingMethod balancing, Cohort cohort, Estimable<PropensityFit> propensity) =>
        cohort.Before is { } before && Array.TrueForAll(before, double.IsFinite)
            ? WeightedComparison.OfPlan(balancing, cohort, propensity).Map(weights => new Comparison(
                weights.Weights,
                HasOutcomeModel: true,
                EstimateGroup.AllTreated,
                (outcome, level) => DifferenceInDifferences.Panel(
                    before, outcome, cohort.Treated, cohort.Covariates, DifferenceMethod.DoublyRobust, default, cohort.Clusters, level)))
            : Estimable.Not<Comparison>(NotEstimableReason.TooFewObservations, "The outcome is not observed before the start.");
}
