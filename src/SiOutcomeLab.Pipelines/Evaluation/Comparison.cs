using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Matching;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>
/// Participants and comparison persons made comparable for one estimator, before any outcome is read: the weights that balance is judged
/// on, and the estimate that may be made once the gate has passed.
/// </summary>
/// <param name="Weights">One weight per cohort row.</param>
/// <param name="HasOutcomeModel">True when the estimator adjusts for the covariates once more, which amber balance demands.</param>
/// <param name="HoldsFor">The group the estimate will hold for.</param>
/// <param name="Estimate">Makes the estimate from an unsealed outcome.</param>
internal sealed record Comparison(
    ReadOnlyMemory<double> Weights, bool HasOutcomeModel, EstimateGroup HoldsFor, Func<double[], Estimable<EffectResult>> Estimate)
{
    /// <summary>Makes the groups comparable the way an estimator needs it.</summary>
    public static Estimable<Comparison> For(EstimatorKind kind, EvaluationPlan plan, Cohort cohort, Estimable<PropensityFit> propensity) => kind switch
    {
        EstimatorKind.EntropyBalancing => EntropyBalancing.Att(cohort.Covariates, cohort.Treated).Map(w => Weighted(w, plan, cohort)),
        EstimatorKind.InversePropensity => propensity
            .Then(fit => InversePropensity.Weights(fit, cohort.Treated, Estimand.Treated))
            .Map(w => Weighted(w, plan, cohort)),
        EstimatorKind.AugmentedInversePropensity => Augmenting(plan, cohort, propensity).Map(w => Augmented(w, plan, cohort)),
        EstimatorKind.Matched => propensity.Then(fit => Match(fit, plan, cohort)).Map(sample => Matched(sample, plan, cohort)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown estimator."),
    };

    // The doubly robust estimate uses the plan's weights; where the plan matches, the propensity weights.
    private static Estimable<BalancingWeights> Augmenting(EvaluationPlan plan, Cohort cohort, Estimable<PropensityFit> propensity) =>
        plan is { Balancing: BalancingMethod.EntropyBalancing, Estimator: EstimatorKind.AugmentedInversePropensity }
            ? EntropyBalancing.Att(cohort.Covariates, cohort.Treated)
            : propensity.Then(fit => InversePropensity.Weights(fit, cohort.Treated, Estimand.Treated));

    private static Comparison Weighted(BalancingWeights weights, EvaluationPlan plan, Cohort cohort) => new(
        weights.Weights,
        HasOutcomeModel: false,
        EstimateGroup.AllTreated,
        outcome => WeightedDifference.Estimate(outcome, cohort.Treated, weights, Clusters(cohort), plan.ConfidenceLevel));

    private static Comparison Augmented(BalancingWeights weights, EvaluationPlan plan, Cohort cohort) => new(
        weights.Weights,
        HasOutcomeModel: true,
        EstimateGroup.AllTreated,
        outcome => AugmentedInversePropensity.Att(
            outcome, cohort.Treated, weights, cohort.Covariates, normalised: false, Clusters(cohort), plan.ConfidenceLevel));

    private static Estimable<MatchedSample> Match(PropensityFit fit, EvaluationPlan plan, Cohort cohort)
    {
        var method = plan.Balancing as BalancingMethod.NearestNeighbourMatching ?? StandardMatching;
        var options = new NearestNeighbourOptions
        {
            Ratio = method.Ratio,
            Replacement = method.Replacement,
            Caliper = method.Caliper is { } width ? Caliper.StandardDeviations(width) : null,
        };
        var measure = method.OnLogit ? fit.LinearPredictors : fit.Scores;
        return NearestNeighbour.Match(measure.Span, cohort.Treated, cohort.OrderKey, options, cohort.Index);
    }

    private static Comparison Matched(MatchedSample sample, EvaluationPlan plan, Cohort cohort) => new(
        sample.Weights,
        HasOutcomeModel: false,
        sample.TreatedDropped == 0 ? EstimateGroup.AllTreated : EstimateGroup.MatchedTreated,
        outcome => MatchedDifference.Estimate(outcome, cohort.Treated, sample, Clusters(cohort), plan.ConfidenceLevel));

    // The lab's standard matching, for a plan that matches beside its headline: caliper 0.2 standard deviations of the logit.
    private static BalancingMethod.NearestNeighbourMatching StandardMatching { get; } = new(1, 0.2, OnLogit: true, Replacement: false);

    private static ReadOnlySpan<int> Clusters(Cohort cohort) => cohort.HasSeveralIndexPeriods ? cohort.Person : default;
}
