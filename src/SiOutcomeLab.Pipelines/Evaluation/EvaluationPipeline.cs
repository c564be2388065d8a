using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Evaluation.Comparisons;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Propensity;
using NotEstimableReason = SiOutcomeLab.Domain.Effects.NotEstimableReason;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>The lab's standard evaluation of a cohort: propensity, balance, blind diagnostics, and only then the effect.</summary>
internal sealed class EvaluationPipeline(IPropensityModel propensityModel)
{
    /// <summary>Estimates what the plan asks for.</summary>
    /// <returns>The flow with the last step added, and the estimates, the headline first.</returns>
    public async Task<(IReadOnlyList<FlowStep> Flow, IReadOnlyList<EffectEstimate> Estimates)> EvaluateAsync(
        RegisteredPlan registered, LookBudget look, Cohort cohort, bool isTeaching, StageReport report, CancellationToken cancellationToken)
    {
        var plan = registered.Plan;
        if (TooFew(plan, cohort) is { } tooFew)
        {
            return (cohort.Flow, [Refused(EstimateRole.Headline, plan.Estimator, plan, tooFew, null)]);
        }

        await report(RunStage.FittingPropensity, cancellationToken);
        var propensity = propensityModel.Fit(cohort.Covariates, cohort.Treated, cancellationToken);
        await report(RunStage.Balancing, cancellationToken);
        var kinds = plan.Sensitivity.Where(k => k != plan.Estimator).Distinct().Prepend(plan.Estimator).ToArray();
        var comparisons = kinds.Select(kind => Comparison.For(kind, BalancingFor(kind, plan), cohort, propensity)).ToArray();
        cancellationToken.ThrowIfCancellationRequested();

        await report(RunStage.Diagnosing, cancellationToken);
        var judged = comparisons.Select(c => c.Then(x => BlindDiagnostics.Judge(cohort, x, propensity).Map(d => (Comparison: x, Diagnostics: d)))).ToArray();
        cancellationToken.ThrowIfCancellationRequested();

        await report(RunStage.Estimating, cancellationToken);
        var estimates = new List<EffectEstimate>();
        for (var i = 0; i < kinds.Length; i++)
        {
            var role = i == 0 ? EstimateRole.Headline : EstimateRole.Sensitivity;
            estimates.Add(judged[i].Match(
                x => Estimate(role, kinds[i], plan, look, cohort, x.Comparison, x.Diagnostics),
                (reason, _) => Refused(role, kinds[i], plan, Reasons.Of(reason), null)));
            // Nothing stands beside a headline that may not be given.
            if (i == 0 && estimates[0].Estimate is null) break;
        }

        var used = estimates[0].Estimate is { } e ? cohort.Flow.Append(new FlowStep(FlowStepKind.Used, e.Treated, e.Comparison)) : cohort.Flow;
        return ([.. used], [.. estimates.Select(x => x with { Standing = look.IsFinal ? StandingOf(x, estimates, registered, isTeaching) : Standing.Indicative })]);
    }

    // Beside another headline the doubly robust estimate rests on propensity weights: two that share their weights tell less.
    private static BalancingMethod BalancingFor(EstimatorKind kind, EvaluationPlan plan) =>
        kind == EstimatorKind.AugmentedInversePropensity && plan.Estimator != kind ? new BalancingMethod.InversePropensityWeighting() : plan.Balancing;

    private static NotEstimable? TooFew(EvaluationPlan plan, Cohort cohort)
    {
        if (cohort.TreatedCount >= plan.MinimumTreated && cohort.ComparisonCount >= plan.MinimumComparison) return null;
        var known = cohort.Flow.First(s => s.Step == FlowStepKind.CovariatesKnown);
        if (known.Treated < plan.MinimumTreated) return new NotEstimable(NotEstimableReason.TooFewParticipants, string.Empty);
        return known.Comparison < plan.MinimumComparison
            ? new NotEstimable(NotEstimableReason.TooFewComparisonPersons, string.Empty)
            : new NotEstimable(NotEstimableReason.OutcomeNotObserved, string.Empty);
    }

    private static EffectEstimate Estimate(
        EstimateRole role, EstimatorKind kind, EvaluationPlan plan, LookBudget look, Cohort cohort, Comparison comparison, Diagnostics diagnostics)
    {
        if (BlindDiagnostics.Stops(diagnostics.Verdict, comparison, role))
        {
            var why = new NotEstimable(NotEstimableReason.BalanceGateFailed, string.Join(", ", diagnostics.Failing));
            return Refused(role, kind, plan, why, diagnostics);
        }

        var outcome = cohort.Outcome.Unseal(diagnostics.Verdict);
        // The headline spends the plan's error; what stands beside it does not, and is shown as any single estimate is.
        var level = role == EstimateRole.Headline ? look.NominalLevel : plan.ConfidenceLevel;
        return comparison.Estimate(outcome, level).Match(
            result => new EffectEstimate(
                role, kind, plan.Primary, Point(role, plan, look, PointEstimates.Of(result, comparison, cohort, outcome)), null, diagnostics, Standing.Indicative)
            {
                Robustness = HiddenBias.Of(result, comparison, cohort, outcome),
            },
            (reason, _) => Refused(role, kind, plan, Reasons.Of(reason), diagnostics));
    }

    private static PointEstimate Point(EstimateRole role, EvaluationPlan plan, LookBudget look, PointEstimate point) =>
        role == EstimateRole.Headline ? point with { PValue = LookBudgets.RepeatedPValue(plan, look, point.PValue) } : point;

    private static EffectEstimate Refused(EstimateRole role, EstimatorKind kind, EvaluationPlan plan, NotEstimable why, Diagnostics? diagnostics) =>
        new(role, kind, plan.Primary, null, why, diagnostics, Standing.Indicative);

    // Teaching data pay nothing, whatever the plan; a sensitivity estimate supports a verified headline and is none itself.
    private static Standing StandingOf(EffectEstimate estimate, List<EffectEstimate> all, RegisteredPlan plan, bool isTeaching) =>
        estimate is { Role: EstimateRole.Headline, Estimate: { ShareRetained: >= 0.8 } }
        && plan.Timing == PlanTiming.Prospective
        && !isTeaching
        && all.Exists(x => x is { Role: EstimateRole.Sensitivity, Estimate: not null })
            ? Standing.Verified
            : Standing.Indicative;
}
