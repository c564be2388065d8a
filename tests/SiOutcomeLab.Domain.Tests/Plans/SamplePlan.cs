using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Domain.Tests.Plans;

/// <summary>A plan for tests.</summary>
internal static class SamplePlan
{
    /// <summary>With nothing empty or null.</summary>
    public static EvaluationPlan Make() => MakePlain() with
    {
        Balancing = new BalancingMethod.NearestNeighbourMatching(3, 0.2, true, false) { IsVariable = true },
        InterimLooks = [new InterimLook(new DateOnly(2025, 3, 1), new Period(PeriodLength.Quarter, (2024 * 4) + 1), 0.5)],
        Spending = AlphaSpendingKind.Pocock,
        ResultsDueOn = new DateOnly(2026, 6, 30),
        Secondaries = [new OutcomeDefinition(new MeasureCode("employed"), 4, OutcomeSummary.AtHorizon)],
        SecondaryRule = SecondaryRule.Hierarchy,
        NegativeControls = [new OutcomeDefinition(new MeasureCode("dental_visits"), 2, OutcomeSummary.AtHorizon)],
        Subgroups = [new SubgroupDefinition("birth_year", 1, 1995)],
        Placebos = [new PlaceboDefinition(new MeasureCode("income_support_months"), 3, 0.5)],
        SensitivityPools = [ComparisonPool.OwnOrganisation],
        LaterStart = LaterStartRule.Censored,
        AttritionWeights = true,
        AmendmentReason = "The horizon was too short.",
    };

    /// <summary>With what a plan must have, and nothing that it may leave out.</summary>
    public static EvaluationPlan MakePlain() => new(
        "jobb-2024",
        2,
        new OrganisationId("0180"),
        new ProjectId("early-support"),
        new InterventionCode("job-support"),
        new BilingualText("Jobbstöd", "Job support"),
        PeriodLength.Quarter,
        new Period(PeriodLength.Quarter, 2024 * 4),
        new Period(PeriodLength.Quarter, (2024 * 4) + 3),
        [new TargetCondition("birth_year", 1, 1990, 2006, null), new TargetCondition("sex", 2, null, null, ["man", "woman"])],
        new OutcomeDefinition(new MeasureCode("income_support_months"), 4, OutcomeSummary.SumToHorizon),
        [new CovariateTerm("birth_year", 1), new CovariateTerm("sex", 1, "man")],
        ComparisonPool.Project,
        new BalancingMethod.NearestNeighbourMatching(3, 0.2, true, false),
        EstimatorKind.Matched,
        [EstimatorKind.AugmentedInversePropensity, EstimatorKind.EntropyBalancing],
        TieOrder.Pseudonym,
        30,
        40,
        1.5,
        0.95,
        new DateOnly(2026, 3, 1),
        20260301);
}
