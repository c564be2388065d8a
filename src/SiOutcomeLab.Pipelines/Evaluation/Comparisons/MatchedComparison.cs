using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Effects.OutcomeModels;
using SiOutcomeLab.Statistics.Matching;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Pipelines.Evaluation.Comparisons;

/// <summary>Comparisons by matching or classes: only those who found somebody like them take part.</summary>
internal static class MatchedComparison
{
    // The lab's standard matching, for a plan that matches beside its headline: caliper 0.2 standard deviations of the logit.
    private static readonly BalancingMethod.NearestNeighbourMatching Standard = new(1, 0.2, OnLogit: true, Replacement: false);

    /// <summary>True for a balancing method that makes matched sets.</summary>
    public static bool Makes(BalancingMethod balancing) => Estimators.Of(EstimatorKind.Matched).GoesWith(balancing);

    public static Estimable<Comparison> Difference(BalancingMethod balancing, Cohort cohort, Estimable<PropensityFit> propensity) =>
        Match(balancing, cohort, propensity).Map(sample => new Comparison(
            sample.Weights,
            HasOutcomeModel: false,
            HoldsFor(sample),
            (outcome, level) => MatchedDifference.Estimate(outcome, cohort.Treated, sample, cohort.Clusters, level))
        {
            Pairs = sample.Subclasses,
        });

    /// <summary>A fully interacted regression in the matched sample, standardised over its treated.</summary>
    public static Estimable<Comparison> Regressed(BalancingMethod balancing, Cohort cohort, Estimable<PropensityFit> propensity) =>
        Match(balancing, cohort, propensity).Map(sample => new Comparison(
            sample.Weights,
            HasOutcomeModel: true,
            HoldsFor(sample),
            (outcome, level) => GComputation.Estimate(
                outcome,
                cohort.Treated,
                cohort.Covariates,
                BalancingWeights.Known(sample.Weights.Span, Estimand.Treated),
                new GComputationOptions { Family = OutcomeKind.FamilyOf(outcome), Level = level },
                ClustersOf(sample, cohort)).Map(g => g.Difference)));

    // Who stands in several rows, or takes part as a group, is in several sets: those clusters hold more than the sets do.
    private static ReadOnlySpan<int> ClustersOf(MatchedRows sample, Cohort cohort) =>
        cohort.Clusters.IsEmpty ? sample.Subclasses.Span : cohort.Clusters;

    private static EstimateGroup HoldsFor(MatchedRows sample) => sample.TreatedDropped == 0 ? EstimateGroup.AllTreated : EstimateGroup.MatchedTreated;

    private static Estimable<MatchedRows> Match(BalancingMethod balancing, Cohort cohort, Estimable<PropensityFit> propensity) =>
        propensity.Then(fit => balancing switch
        {
            BalancingMethod.FullMatching full => FullMatching.Match(
                fit.LinearPredictors.Span,
                cohort.Treated,
                cohort.OrderKey,
                new FullMatchingOptions { Caliper = full.Caliper is { } width ? Caliper.StandardDeviations(width) : null },
                cohort.Strata).Map(s => (MatchedRows)s),
            BalancingMethod.Subclassification classes => Subclassification.Match(
                fit.LinearPredictors.Span, cohort.Treated, new SubclassificationOptions { Subclasses = classes.Classes }).Map(s => (MatchedRows)s),
            BalancingMethod.NearestNeighbourMatching nearest => Nearest(nearest, cohort, fit),
            _ => Nearest(Standard, cohort, fit),
        });

    private static Estimable<MatchedRows> Nearest(BalancingMethod.NearestNeighbourMatching method, Cohort cohort, PropensityFit fit)
    {
        // With a varying ratio the plan's is the most that anybody gets, and half of it the mean.
        var options = new NearestNeighbourOptions
        {
            Ratio = method.IsVariable ? (method.Ratio + 1) / 2 : method.Ratio,
            VariableRatio = method.IsVariable ? new RatioBounds(1, method.Ratio) : null,
            Replacement = method.Replacement,
            Caliper = method.Caliper is { } width ? Caliper.StandardDeviations(width) : null,
        };
        var measure = method.OnLogit ? fit.LinearPredictors : fit.Scores;
        return NearestNeighbour.Match(measure.Span, cohort.Treated, cohort.OrderKey, options, cohort.Strata).Map(s => (MatchedRows)s);
    }
}
