using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Disclosure.Feasibility;

/// <summary>
/// The gate for what is told of a plan before it is registered. What is computed of the plan's power is computed from numbers that have passed
/// it, and from nothing else: whoever asks could have done so with what the answer shows.
/// </summary>
/// <param name="policy">The rules that apply.</param>
public sealed class FeasibilityGate(DisclosurePolicy policy)
{
    /// <summary>What may be shown of a plan's feasibility.</summary>
    /// <param name="facts">At full precision; null when the hub holds no follow-up as long as the plan's.</param>
    /// <param name="participants">How many are said to take part; null to reckon with those who have started, or <paramref name="otherwise"/>.</param>
    /// <param name="otherwise">How many are reckoned with when too few have started for their number to be shown.</param>
    /// <param name="power">What a plan with such numbers could find, or why nothing can be said.</param>
    public Released<ReleasedFeasibility> Release(
        FeasibilityFacts? facts, int? participants, int otherwise, Func<PowerTerms, (PowerFigures? Figures, FeasibilityObstacle? Obstacle)> power)
    {
        ArgumentNullException.ThrowIfNull(power);
        var hidden = Cell.Suppressed(SuppressionReason.FewPersons);
        if (facts is null)
        {
            return Of(new ReleasedFeasibility(
                null, hidden, hidden, hidden, hidden, hidden, hidden, participants ?? otherwise, null, FeasibilityObstacle.NoFollowUp));
        }

        var expected = participants ?? (policy.Count(facts.StartedSoFar).TryGet(out var started) ? started : otherwise);
        var comparison = policy.Count(facts.Observed);
        var share = ShareOf(facts);
        var (mean, deviation, explained) = (hidden, hidden, hidden);
        if (facts.Outcome is { } outcome && Refusal(facts, outcome) is null)
        {
            mean = policy.Number(NumberKind.Measure, outcome.Mean);
            deviation = policy.Number(NumberKind.Measure, outcome.StandardDeviation);
            explained = policy.Number(NumberKind.Share, outcome.VarianceExplained);
        }

        var released = new ReleasedFeasibility(
            facts.Reference, policy.Count(facts.EligibleOwn), comparison, share, mean, deviation, explained, expected, null, FeasibilityObstacle.FewPersons);
        if (facts.Outcome is null && facts.Observed > 0) return Of(released with { Obstacle = FeasibilityObstacle.NoVariation });
        if (!(comparison.TryGet(out var available) && share.TryGet(out var retained) && deviation.TryGet(out var sd) && explained.TryGet(out var r2)))
        {
            return Of(released);
        }

        if (!(sd > 0)) return Of(released with { Obstacle = FeasibilityObstacle.NoVariation });
        var (figures, obstacle) = power(new PowerTerms(expected, retained, available, sd, r2));
        return Of(released with { Figures = figures, Obstacle = obstacle });
    }

    private Released<ReleasedFeasibility> Of(ReleasedFeasibility value) => new(value, policy.Audience, policy.RuleVersion);

    // Attrition in two steps, each a share of counts as they are shown.
    private Cell ShareOf(FeasibilityFacts facts) =>
        policy.Count(facts.Eligible).TryGet(out var eligible) && policy.Count(facts.CovariatesKnown).TryGet(out var known)
            && policy.Count(facts.Followed).TryGet(out var followed) && policy.Count(facts.Observed).TryGet(out var observed)
            ? policy.Number(NumberKind.Share, Math.Min(1, known / eligible * (observed / followed)))
            : Cell.Suppressed(SuppressionReason.FewPersons);

    private SuppressionReason? Refusal(FeasibilityFacts facts, BaselineOutcome outcome)
    {
        var refusal = policy.Refuses(new ModelBasis(facts.Observed, facts.Observed, facts.Observed, facts.Observed - outcome.Parameters))
            ?? policy.RefusesSum(new SumBasis(facts.Observed, outcome.WithAny, outcome.LargestShare, null, 0));
        return refusal is null && outcome.IsYesOrNo ? policy.RefusesCategories(outcome.WithAny, facts.Observed - outcome.WithAny) : refusal;
    }
}
