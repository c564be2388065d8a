using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Disclosure.Words;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Measures;

namespace SiOutcomeLab.Disclosure.Effects;

/// <summary>The gate between results and readers: every output of a run passes here, one by one.</summary>
/// <param name="policy">The rules that apply.</param>
public sealed class EffectGate(DisclosurePolicy policy)
{
    /// <summary>What readers may see of a result, one release per estimate, the headline first.</summary>
    /// <param name="result">The result at full precision.</param>
    /// <param name="wordsOf">How a measure is spoken of.</param>
    public IReadOnlyList<Released<ReleasedEffect>> Release(EvaluationResult result, Func<MeasureCode, MeasureWords> wordsOf)
    {
        ArgumentNullException.ThrowIfNull(wordsOf);
        var flow = FlowGate.Release(result.Flow, policy);
        var refusals = Refusals(result);
        return [.. result.Estimates.Select((estimate, i) =>
            new Released<ReleasedEffect>(
                ReleaseOne(result, estimate, i, refusals[i], flow, wordsOf(estimate.Outcome.Measure)), policy.Audience, policy.RuleVersion))];
    }

    // Subgroups of one division add up to the headline: when one may not be shown, neither may the others.
    private SuppressionReason?[] Refusals(EvaluationResult result)
    {
        var headline = result.Estimates[0].Estimate;
        var refusals = result.Estimates
            .Select(e => e.Estimate is { } full ? RefusalOf(full, policy) ?? RefusalBeside(headline, full) : null)
            .ToArray();
        foreach (var division in Enumerable.Range(0, refusals.Length)
            .Where(i => result.Estimates[i].Role == EstimateRole.Subgroup)
            .GroupBy(i => result.Estimates[i].Division))
        {
            var isPartial = division.Any(i => refusals[i] is not null || result.Estimates[i].Estimate is null);
            if (!isPartial) continue;
            foreach (var i in division.Where(i => result.Estimates[i].Estimate is not null)) refusals[i] ??= SuppressionReason.Secondary;
        }

        return refusals;
    }

    private ReleasedEffect ReleaseOne(
        EvaluationResult result,
        EffectEstimate estimate,
        int ordinal,
        SuppressionReason? refusal,
        IReadOnlyList<ReleasedFlowStep> flow,
        MeasureWords words)
    {
        var numbers = estimate.Estimate is { } e && refusal is null ? Numbers(e) : null;
        var status = estimate.NotEstimable is not null ? EffectStatus.NotEstimable : numbers is null ? EffectStatus.Withheld : EffectStatus.Estimated;
        var (sentence, remedy) = SentenceBank.Say(result.Plan, estimate, status, refusal, numbers, words);
        var isShown = status == EffectStatus.Estimated;
        return new ReleasedEffect(
            $"effects/{result.Plan.Id}-v{result.Plan.Version}-{result.RunId[..8]}-{ordinal + 1}",
            result.Plan,
            result.Lineage.PlanHash,
            result.PlanTiming,
            result.Method,
            result.RunId,
            estimate.Role,
            estimate.Estimator,
            status,
            isShown ? estimate.Standing : Standing.Indicative,
            result.Policy,
            numbers,
            estimate.NotEstimable,
            refusal,
            flow,
            estimate.Diagnostics is { } diagnostics ? DiagnosticsGate.Release(diagnostics, policy) : null,
            sentence,
            remedy,
            result.Lineage)
        {
            OtherOutcome = estimate.Outcome == result.Plan.Primary ? null : estimate.Outcome,
            Label = estimate.Label,
            Division = estimate.Division,
            Pool = estimate.Pool,
            Robustness = isShown && estimate.Robustness is { } robustness ? Strength(robustness) : null,
            AdjustedPValue = isShown && estimate.AdjustedPValue is { } adjusted ? policy.Number(NumberKind.PValue, adjusted) : null,
            Look = result.Look,
            DriftAlarm = isShown && estimate.Role == EstimateRole.Headline ? result.Drift?.IsAlarm : null,
            FalsificationWarning = estimate.Role == EstimateRole.Headline ? result.Falsification?.IsWarning : null,
            Received = isShown && estimate.Role == EstimateRole.Headline && result.Received is { } mix ? ReceivedGate.Release(mix, policy) : null,
            EventStudy = isShown && estimate.Role == EstimateRole.Headline && result.EventStudy is { } course
                ? CourseGate.Release(course, estimate.Estimate!, policy)
                : null,
            Overlap = estimate.Role == EstimateRole.Headline && result.Spread is { } spread ? CourseGate.Release(spread, policy) : null,
            Attrition = estimate.Role == EstimateRole.Headline && result.Attrition is { } attrition
                ? AttritionGate.Release(attrition, isShown ? estimate.Estimate : null, FlowGate.Kept(result.Flow, policy), policy)
                : null,
        };
    }

    private ReleasedRobustness Strength(Robustness robustness) => new(
        policy.Number(NumberKind.Robustness, robustness.EValue),
        policy.Number(NumberKind.Robustness, robustness.EValueOfInterval),
        robustness.RosenbaumGamma is { } gamma ? policy.Number(NumberKind.Robustness, gamma) : null);

    /// <summary>Why an estimate may not be shown, or null when it may.</summary>
    internal static SuppressionReason? RefusalOf(PointEstimate e, DisclosurePolicy policy)
    {
        var refusal = policy.Refuses(new ModelBasis(e.Treated, e.Comparison, e.EffectiveComparison, e.ResidualDegreesOfFreedom));
        if (refusal is null && e.TreatedEvents is { } yes) refusal = policy.RefusesCategories(yes, e.Treated - yes);
        if (refusal is null && e.ComparisonEvents is { } others) refusal = policy.RefusesCategories(others, e.Comparison - others);
        return refusal;
    }

    // Two estimates on nearly the same persons, side by side, give away the few in which they differ.
    private SuppressionReason? RefusalBeside(PointEstimate? headline, PointEstimate e)
    {
        if (headline is null || ReferenceEquals(headline, e)) return null;
        var allowed = policy.AllowsDifference(Math.Abs(headline.Treated - e.Treated)) && policy.AllowsDifference(Math.Abs(headline.Comparison - e.Comparison));
        return allowed ? null : SuppressionReason.Secondary;
    }

    private ReleasedEstimate Numbers(PointEstimate e) => new(
        e.HoldsFor,
        policy.Number(NumberKind.Measure, e.Point),
        policy.Number(NumberKind.Measure, e.StandardError),
        e.StandardErrorType,
        policy.Number(NumberKind.Measure, e.Low),
        policy.Number(NumberKind.Measure, e.High),
        policy.Number(NumberKind.PValue, e.PValue),
        policy.Number(NumberKind.Measure, e.TreatedMean),
        policy.Number(NumberKind.Measure, e.CounterfactualMean),
        policy.Count(e.Treated),
        policy.Count(e.Comparison),
        policy.Number(NumberKind.EffectiveNumber, e.EffectiveComparison),
        ShareOfCounts(e));

    // A share follows from counts as they are shown; taken from the exact ones it would give them away.
    private Cell ShareOfCounts(PointEstimate e)
    {
        var eligible = (int)Math.Round(e.Treated / e.ShareRetained);
        return policy.Count(e.Treated).TryGet(out var used) && policy.Count(eligible).TryGet(out var all)
            ? policy.Number(NumberKind.Share, used / all)
            : Cell.Suppressed(SuppressionReason.FewPersons);
    }
}
