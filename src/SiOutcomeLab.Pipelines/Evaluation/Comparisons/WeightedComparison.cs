using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Attrition;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Effects.OutcomeModels;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Pipelines.Evaluation.Comparisons;

/// <summary>Comparisons by weights: nobody is left out.</summary>
internal static class WeightedComparison
{
    public static Estimable<Comparison> Entropy(Cohort cohort) =>
        EntropyBalancing.Att(cohort.Covariates, cohort.Treated).Then(w => ForLost(w, cohort)).Map(w => Difference(w, cohort));

    public static Estimable<Comparison> InversePropensity(Cohort cohort, Estimable<PropensityFit> propensity) =>
        OfPropensity(cohort, propensity).Map(w => Difference(w, cohort));

    public static Estimable<Comparison> Overlap(Cohort cohort, Estimable<PropensityFit> propensity) =>
        propensity.Then(fit => Statistics.Weighting.InversePropensity.Weights(fit, cohort.Treated, Estimand.Overlap))
            .Then(w => ForLost(w, cohort))
            .Map(w => Difference(w, cohort, EstimateGroup.Overlap));

    /// <summary>The plan's weights and a fully interacted regression on them.</summary>
    public static Estimable<Comparison> Regressed(BalancingMethod balancing, Cohort cohort, Estimable<PropensityFit> propensity) =>
        OfPlan(balancing, cohort, propensity).Map(weights => new Comparison(
            weights.Weights,
            HasOutcomeModel: true,
            EstimateGroup.AllTreated,
            (outcome, level) => GComputation.Estimate(
                outcome,
                cohort.Treated,
                cohort.Covariates,
                weights,
                new GComputationOptions { Family = OutcomeKind.FamilyOf(outcome), Level = level },
                cohort.Clusters).Map(g => g.Difference)));

    /// <summary>The weights for the treated that a plan names; propensity weights where it names none.</summary>
    public static Estimable<BalancingWeights> OfPlan(BalancingMethod balancing, Cohort cohort, Estimable<PropensityFit> propensity) =>
        balancing is BalancingMethod.EntropyBalancing
            ? EntropyBalancing.Att(cohort.Covariates, cohort.Treated).Then(w => ForLost(w, cohort))
            : OfPropensity(cohort, propensity);

    private static Estimable<BalancingWeights> OfPropensity(Cohort cohort, Estimable<PropensityFit> propensity) =>
        propensity.Then(fit => Statistics.Weighting.InversePropensity.Weights(fit, cohort.Treated, Estimand.Treated)).Then(w => ForLost(w, cohort));

    // Those for whom the outcome was observed stand for those like them who were lost, arm by arm.
    private static Estimable<BalancingWeights> ForLost(BalancingWeights weights, Cohort cohort) => cohort.Observed is { } observed
        ? InverseProbabilityOfAttrition.Weights(cohort.Covariates, cohort.Treated, observed, weights).Map(a => a.Weights)
        : Estimable.Of(weights);

    private static Comparison Difference(BalancingWeights weights, Cohort cohort, EstimateGroup holdsFor = EstimateGroup.AllTreated) => new(
        weights.Weights,
        HasOutcomeModel: false,
        holdsFor,
        (outcome, level) => WeightedDifference.Estimate(outcome, cohort.Treated, weights, cohort.Clusters, level));
}
