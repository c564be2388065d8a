using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Evaluation.Comparisons;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Propensity;
using NotEstimableReason = SiOutcomeLab.Domain.Effects.NotEstimableReason;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>What one look at one plan found.</summary>
/// <param name="Flow">The sample flow, with the last step when there is a headline.</param>
/// <param name="Estimates">The headline first, then what stands beside it.</param>
/// <param name="Falsification">What negative controls and placebos said; null when the plan names none.</param>
/// <param name="Cohort">The persons of the primary outcome.</param>
/// <param name="Effect">The statistical result behind the headline; null when there is none.</param>
internal sealed record Evaluated(
    IReadOnlyList<FlowStep> Flow, IReadOnlyList<EffectEstimate> Estimates, Falsification? Falsification, Cohort Cohort, EffectResult? Effect)
{
    /// <summary>What the compared persons received; null without an estimate.</summary>
    public ReceivedMix? Received { get; init; }

    /// <summary>The compared groups period by period; null without an estimate.</summary>
    public IReadOnlyList<EventStudyPoint>? EventStudy { get; init; }

    /// <summary>How their scores are spread; null when no model was fitted.</summary>
    public ScoreSpread? Spread { get; init; }

    /// <summary>Who was lost, with bounds when there is an estimate; null when the trials do not tell.</summary>
    public Attrition? Attrition { get; init; }
}

/// <summary>The lab's standard evaluation of a plan's trials: propensity, balance, blind diagnostics, and only then the effects.</summary>
internal sealed class EvaluationPipeline(IPropensityModel propensityModel)
{
    /// <summary>Estimates what the plan asks for at a look.</summary>
    /// <param name="registered">The plan.</param>
    /// <param name="look">The look and what it may spend.</param>
    /// <param name="trials">The plan's trials at the look.</param>
    /// <param name="otherPools">The same trials in the plan's sensitivity pools.</param>
    /// <param name="isTeaching">True for open data, which pay nothing.</param>
    /// <param name="report">Told of each stage.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public async Task<Evaluated> EvaluateAsync(
        RegisteredPlan registered,
        LookBudget look,
        ITrials trials,
        IReadOnlyList<(ComparisonPool Pool, ITrials Trials)> otherPools,
        bool isTeaching,
        StageReport report,
        CancellationToken cancellationToken)
    {
        var found = await FindAsync(registered, look, trials, otherPools, isTeaching, report, cancellationToken);
        if (AttritionCheck.Losses(trials) is not { } attrition) return found;
        var bounds = found.Effect is null ? null : AttritionCheck.Bounds(registered.Plan, trials, propensityModel, cancellationToken);
        return found with { Attrition = attrition with { Bounds = bounds } };
    }

    private async Task<Evaluated> FindAsync(
        RegisteredPlan registered,
        LookBudget look,
        ITrials trials,
        IReadOnlyList<(ComparisonPool Pool, ITrials Trials)> otherPools,
        bool isTeaching,
        StageReport report,
        CancellationToken cancellationToken)
    {
        var plan = registered.Plan;
        var cohort = trials.For(0);
        if (OutcomeAnalysis.TooFew(plan, cohort) is { } tooFew)
        {
            return Alone(OutcomeAnalysis.Refused(EstimateRole.Headline, plan.Estimator, plan.Primary, tooFew, null), cohort);
        }

        if (!(look.Spent > 0))
        {
            var spent = new NotEstimable(NotEstimableReason.ErrorSpent, string.Empty);
            return Alone(OutcomeAnalysis.Refused(EstimateRole.Headline, plan.Estimator, plan.Primary, spent, null), cohort);
        }

        if (plan.AttritionWeights) cohort = trials.WithLost(0);
        await report(RunStage.FittingPropensity, cancellationToken);
        var analysis = new OutcomeAnalysis(plan, cohort, propensityModel, cancellationToken);
        await report(RunStage.Balancing, cancellationToken);
        var kinds = plan.Sensitivity.Where(k => k != plan.Estimator).Distinct().Prepend(plan.Estimator).ToArray();
        foreach (var kind in kinds) analysis.Judge(kind);
        cancellationToken.ThrowIfCancellationRequested();

        await report(RunStage.Diagnosing, cancellationToken);
        var placebos = PlaceboCheck.None;
        Comparison? compared = null;
        if (analysis.Judge(plan.Estimator) is Estimated<(Comparison Comparison, Diagnostics Diagnostics)> { Value: var judged })
        {
            compared = judged.Comparison;
            placebos = PlaceboCheck.Of(plan, trials, cohort, judged.Comparison);
            if (placebos.Failing.Count > 0)
            {
                var why = new NotEstimable(NotEstimableReason.PlaceboFailed, string.Join(", ", placebos.Failing));
                return Alone(OutcomeAnalysis.Refused(EstimateRole.Headline, plan.Estimator, plan.Primary, why, judged.Diagnostics), cohort)
                    with { Falsification = FalsificationOf(plan, placebos, []), Spread = analysis.Spread };
            }
        }

        await report(RunStage.Estimating, cancellationToken);
        // The headline spends the plan's error; what stands beside it does not, and is shown as any single estimate is.
        var headline = analysis.Estimate(EstimateRole.Headline, plan.Estimator, plan.Primary, look.NominalLevel, out var effect);
        // Nothing stands beside a headline that may not be given.
        if (compared is null || headline.Estimate is not { } point)
        {
            return Alone(headline, cohort) with { Falsification = FalsificationOf(plan, placebos, []), Spread = analysis.Spread };
        }

        headline = headline with { Estimate = point with { PValue = LookBudgets.RepeatedPValue(plan, look, point.PValue) } };

        List<EffectEstimate> beside =
        [
            .. kinds.Skip(1).Select(kind => analysis.Estimate(EstimateRole.Sensitivity, kind, plan.Primary, plan.ConfidenceLevel, out _)),
            .. otherPools.Select(p => InPool(plan, p.Pool, p.Trials, cancellationToken)),
        ];
        var controls = OtherOutcomes.Of(plan, trials, OutcomeRole.NegativeControl, propensityModel, cancellationToken);
        if (look.IsFinal)
        {
            beside.AddRange(OtherOutcomes.Of(plan, trials, OutcomeRole.Secondary, propensityModel, cancellationToken));
            beside.AddRange(SubgroupEstimates.Of(plan, trials, cohort, propensityModel, cancellationToken));
        }

        beside.AddRange(controls);
        headline = headline with { Standing = StandingOf(headline, beside, registered, look, isTeaching) };
        return new Evaluated(
            [.. cohort.Flow, new FlowStep(FlowStepKind.Used, point.Treated, point.Comparison)],
            [headline, .. beside],
            FalsificationOf(plan, placebos, controls),
            cohort,
            effect)
        {
            Received = trials.Received is { } received ? ReceivedMixes.Of(received, cohort, compared.Weights.Span) : null,
            EventStudy = EventStudy.Of(plan, trials, cohort, compared.Weights),
            Spread = analysis.Spread,
        };
    }

    private static Evaluated Alone(EffectEstimate headline, Cohort cohort) => new(cohort.Flow, [headline], null, cohort, null);

    private EffectEstimate InPool(EvaluationPlan plan, ComparisonPool pool, ITrials trials, CancellationToken cancellationToken)
    {
        var cohort = trials.For(0);
        var estimate = OutcomeAnalysis.TooFew(plan, cohort) is { } tooFew
            ? OutcomeAnalysis.Refused(EstimateRole.Sensitivity, plan.Estimator, plan.Primary, tooFew, null)
            : new OutcomeAnalysis(plan, plan.AttritionWeights ? trials.WithLost(0) : cohort, propensityModel, cancellationToken)
                .Estimate(EstimateRole.Sensitivity, plan.Estimator, plan.Primary, plan.ConfidenceLevel, out _);
        return estimate with { Pool = pool };
    }

    private static Falsification? FalsificationOf(EvaluationPlan plan, PlaceboCheck placebos, IReadOnlyList<EffectEstimate> controls)
    {
        if (plan.Placebos is null && plan.NegativeControls is null) return null;
        var tested = controls.Count(c => c.AdjustedPValue is not null);
        var significant = controls.Count(c => c.AdjustedPValue < 1 - plan.ConfidenceLevel);
        return new Falsification(placebos.Tested + tested, placebos.Significant + significant, placebos.LargestShare);
    }

    // Teaching data pay nothing, whatever the plan; a sensitivity estimate supports a verified headline and is none itself.
    private static Standing StandingOf(
        EffectEstimate headline, List<EffectEstimate> beside, RegisteredPlan plan, LookBudget look, bool isTeaching) =>
        headline is { Estimate: { ShareRetained: >= 0.8, HoldsFor: not EstimateGroup.Overlap } }
        && look.IsFinal
        && plan.Timing == PlanTiming.Prospective
        && !isTeaching
        && beside.Exists(x => x is { Role: EstimateRole.Sensitivity, Estimate: not null })
            ? Standing.Verified
            : Standing.Indicative;
}
