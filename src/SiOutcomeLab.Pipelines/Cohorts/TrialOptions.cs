using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>What a plan's trials carry beside its covariates and its primary outcome.</summary>
/// <param name="LaterStart">What becomes of a comparison person who starts the method after the index period.</param>
/// <param name="Outcomes">The primary outcome, then the secondaries and the negative controls, each in the plan's order.</param>
/// <param name="HeldOut">What no model is given: the lags of the placebos and the variables of the subgroups, in the plan's order.</param>
internal sealed record TrialOptions(
    LaterStartRule LaterStart, IReadOnlyList<CohortOutcomeDefinition> Outcomes, IReadOnlyList<CovariateTerm> HeldOut)
{
    public static TrialOptions Of(EvaluationPlan plan) => new(
        plan.LaterStart ?? LaterStartRule.KeptAsAssigned,
        [
            new CohortOutcomeDefinition(OutcomeRole.Primary, plan.Primary),
            .. (plan.Secondaries ?? []).Select(o => new CohortOutcomeDefinition(OutcomeRole.Secondary, o)),
            .. (plan.NegativeControls ?? []).Select(o => new CohortOutcomeDefinition(OutcomeRole.NegativeControl, o)),
        ],
        [
            .. (plan.Placebos ?? []).Select(p => new CovariateTerm(p.Measure.Code, p.Lag)),
            .. (plan.Subgroups ?? []).Select(s => new CovariateTerm(s.Variable, s.Lag)),
            .. BeforeLags(plan).Select(lag => new CovariateTerm(plan.Primary.Measure.Code, lag)),
        ]);

    /// <summary>
    /// The lags of the primary measure that its change is counted from, when the plan asks for changes: the last period before the start,
    /// or as many periods as the outcome sums.
    /// </summary>
    public static IEnumerable<int> BeforeLags(EvaluationPlan plan) => !plan.Sensitivity.Contains(EstimatorKind.DifferenceInDifferences)
        ? []
        : Enumerable.Range(1, plan.Primary.Summary == OutcomeSummary.SumToHorizon ? plan.Primary.HorizonPeriods : 1);
}

/// <summary>What an outcome is for.</summary>
internal enum OutcomeRole
{
    /// <summary>The plan's one primary outcome.</summary>
    Primary = 1,

    /// <summary>Another outcome.</summary>
    Secondary = 2,

    /// <summary>An outcome that the intervention cannot change.</summary>
    NegativeControl = 3,
}

/// <summary>An outcome that a cohort carries.</summary>
internal sealed record CohortOutcomeDefinition(OutcomeRole Role, OutcomeDefinition Outcome);
