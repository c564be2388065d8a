using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Statistics.Multiplicity;
using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>The plan's other outcomes, each on the persons for whom it was observed, with their errors held together.</summary>
internal static class OtherOutcomes
{
    /// <summary>Secondaries, or negative controls, in the plan's order.</summary>
    public static IReadOnlyList<EffectEstimate> Of(
        EvaluationPlan plan, ITrials trials, OutcomeRole role, IPropensityModel model, CancellationToken cancellationToken)
    {
        var estimates = new List<EffectEstimate>();
        for (var k = 0; k < trials.Definitions.Count; k++)
        {
            if (trials.Definitions[k].Role != role) continue;
            cancellationToken.ThrowIfCancellationRequested();
            estimates.Add(One(plan, trials, k, model, cancellationToken));
        }

        return Adjusted(plan, role, estimates);
    }

    private static EffectEstimate One(EvaluationPlan plan, ITrials trials, int k, IPropensityModel model, CancellationToken cancellationToken)
    {
        var (cohort, outcome) = (trials.For(k), trials.Definitions[k]);
        var role = outcome.Role == OutcomeRole.Secondary ? EstimateRole.Secondary : EstimateRole.NegativeControl;
        return OutcomeAnalysis.TooFew(plan, cohort) is { } tooFew
            ? OutcomeAnalysis.Refused(role, plan.Estimator, outcome.Outcome, tooFew, null)
            : new OutcomeAnalysis(plan, plan.AttritionWeights ? trials.WithLost(k) : cohort, model, cancellationToken)
                .Estimate(role, plan.Estimator, outcome.Outcome, plan.ConfidenceLevel, out _);
    }

    // Secondaries by the plan's rule; negative controls by Holm, so that a warning is rarely one too many. In a hierarchy one that is not
    // estimable stops those after it: its p-value counts as 1.
    private static IReadOnlyList<EffectEstimate> Adjusted(EvaluationPlan plan, OutcomeRole role, List<EffectEstimate> estimates)
    {
        if (role == OutcomeRole.Secondary && plan.SecondaryRule == SecondaryRule.Hierarchy)
        {
            var sequence = FixedSequence.Adjust([.. estimates.Select(e => e.Estimate?.PValue ?? 1)]);
            return [.. estimates.Select((e, i) => e.Estimate is null ? e : e with { AdjustedPValue = sequence[i] })];
        }

        var estimated = estimates.Where(e => e.Estimate is not null).ToArray();
        var adjusted = AdjustedPValues.Adjust(
            [.. estimated.Select(e => e.Estimate!.PValue)], role == OutcomeRole.Secondary ? Adjustment.BenjaminiHochberg : Adjustment.Holm);
        var at = 0;
        return [.. estimates.Select(e => e.Estimate is null ? e : e with { AdjustedPValue = adjusted[at++] })];
    }
}
