using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Evaluation.Comparisons;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Propensity;
using NotEstimableReason = SiOutcomeLab.Domain.Effects.NotEstimableReason;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>One outcome on its persons: propensity, comparisons and their judgement before the outcome is read, and then the estimates.</summary>
internal sealed class OutcomeAnalysis
{
    private readonly EvaluationPlan _plan;
    private readonly Cohort _cohort;
    private readonly Dictionary<EstimatorKind, Estimable<(Comparison Comparison, Diagnostics Diagnostics)>> _judged = [];
    private readonly Estimable<PropensityFit> _propensity;

    public OutcomeAnalysis(EvaluationPlan plan, Cohort cohort, IPropensityModel model, CancellationToken cancellationToken)
    {
        (_plan, _cohort) = (plan, cohort);
        _propensity = model.Fit(cohort.Covariates, cohort.Treated, cancellationToken);
    }

    /// <summary>How the cohort's scores are spread; null when no model was fitted.</summary>
    public ScoreSpread? Spread => _propensity.Match<ScoreSpread?>(fit => ScoreSpreads.Of(_cohort, fit.Scores.Span), (_, _) => null);

    /// <summary>What the plan's minima say against estimating anything; null when they are met.</summary>
    public static NotEstimable? TooFew(EvaluationPlan plan, Cohort cohort)
    {
        if (cohort.TreatedCount >= plan.MinimumTreated && cohort.ComparisonCount >= plan.MinimumComparison) return null;
        var known = cohort.Flow.First(s => s.Step == FlowStepKind.CovariatesKnown);
        if (known.Treated < plan.MinimumTreated) return new NotEstimable(NotEstimableReason.TooFewParticipants, string.Empty);
        return known.Comparison < plan.MinimumComparison
            ? new NotEstimable(NotEstimableReason.TooFewComparisonPersons, string.Empty)
            : new NotEstimable(NotEstimableReason.OutcomeNotObserved, string.Empty);
    }

    /// <summary>Makes the groups comparable for an estimator and judges them, blind to the outcome.</summary>
    public Estimable<(Comparison Comparison, Diagnostics Diagnostics)> Judge(EstimatorKind kind)
    {
        if (_judged.TryGetValue(kind, out var judged)) return judged;
        judged = Comparison.For(kind, BalancingFor(kind), _cohort, _propensity)
            .Then(c => BlindDiagnostics.Judge(_cohort, c, _propensity).Map(d => (c, d)));
        _judged.Add(kind, judged);
        return judged;
    }

    /// <summary>An estimate, or why there is none; the outcome is read when its comparison has passed.</summary>
    /// <param name="role">What it is for.</param>
    /// <param name="kind">How it is estimated.</param>
    /// <param name="outcome">What is estimated; the cohort's own.</param>
    /// <param name="level">The interval's level.</param>
    /// <param name="effect">The statistical result behind an estimate; null when there is none.</param>
    public EffectEstimate Estimate(EstimateRole role, EstimatorKind kind, OutcomeDefinition outcome, double level, out EffectResult? effect)
    {
        EffectResult? found = null;
        var estimate = Judge(kind).Match(
            x => Passed(role, kind, outcome, level, x.Comparison, x.Diagnostics, out found),
            (reason, _) => Refused(role, kind, outcome, Reasons.Of(reason), null));
        effect = found;
        return estimate;
    }

    /// <summary>A refusal in place of an estimate.</summary>
    public static EffectEstimate Refused(EstimateRole role, EstimatorKind kind, OutcomeDefinition outcome, NotEstimable why, Diagnostics? diagnostics) =>
        new(role, kind, outcome, null, why, diagnostics, Standing.Indicative);

    private EffectEstimate Passed(
        EstimateRole role,
        EstimatorKind kind,
        OutcomeDefinition definition,
        double level,
        Comparison comparison,
        Diagnostics diagnostics,
        out EffectResult? effect)
    {
        effect = null;
        if (BlindDiagnostics.Stops(diagnostics.Verdict, comparison, role))
        {
            return Refused(
                role, kind, definition, new NotEstimable(NotEstimableReason.BalanceGateFailed, string.Join(", ", diagnostics.Failing)), diagnostics);
        }

        var outcome = _cohort.Outcome.Unseal(diagnostics.Verdict);
        var answer = comparison.Estimate(outcome, level);
        if (answer is NotEstimable<EffectResult> none) return Refused(role, kind, definition, Reasons.Of(none.Reason), diagnostics);
        effect = ((Estimated<EffectResult>)answer).Value;
        return new EffectEstimate(
            role, kind, definition, PointEstimates.Of(effect, comparison, _cohort, outcome), null, diagnostics, Standing.Indicative)
        {
            Robustness = HiddenBias.Of(effect, comparison, _cohort, outcome),
        };
    }

    // Beside another headline the doubly robust estimate rests on propensity weights: two that share their weights tell less.
    private BalancingMethod BalancingFor(EstimatorKind kind) =>
        kind == EstimatorKind.AugmentedInversePropensity && _plan.Estimator != kind ? new BalancingMethod.InversePropensityWeighting() : _plan.Balancing;
}
