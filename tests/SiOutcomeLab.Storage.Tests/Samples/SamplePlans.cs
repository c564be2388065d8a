using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Storage.Tests.Samples;

/// <summary>Plans that differ in what a test says, and in nothing else.</summary>
internal static class SamplePlans
{
    public static EvaluationPlan Of(
        string id, int version = 1, OrganisationId? organisation = null, DateOnly? due = null,
        string measure = "earnings", long seed = 1) => new(
        id,
        version,
        organisation ?? SampleSubmissions.Umea,
        SampleSubmissions.Project,
        new InterventionCode("job-support"),
        new BilingualText("Jobbstöd", "Job support"),
        PeriodLength.Year,
        new Period(PeriodLength.Year, 2024),
        new Period(PeriodLength.Year, 2025),
        [new TargetCondition("age", 1, 18, 29, null), new TargetCondition("sex", 1, null, null, ["f", "m"])],
        new OutcomeDefinition(new MeasureCode(measure), 2, OutcomeSummary.SumToHorizon),
        [new CovariateTerm("age", 1), new CovariateTerm("sex", 1, "f")],
        ComparisonPool.Project,
        new BalancingMethod.NearestNeighbourMatching(3, 0.2, true, false),
        EstimatorKind.AugmentedInversePropensity,
        [EstimatorKind.Matched],
        TieOrder.Pseudonym,
        30,
        30,
        1.5,
        0.95,
        due ?? new DateOnly(2026, 3, 1),
        seed);

    public static RegisteredPlan Registered(EvaluationPlan plan, string by = "anna", DateTimeOffset? at = null) =>
        new(plan, PlanHash.Of(plan), PlanTiming.Prospective, by, at ?? SampleSubmissions.Time);
}
