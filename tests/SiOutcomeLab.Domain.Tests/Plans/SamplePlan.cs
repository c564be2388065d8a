using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Domain.Tests.Plans;

/// <summary>A plan in which nothing is empty or null.</summary>
internal static class SamplePlan
{
    public static EvaluationPlan Make() => new(
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
