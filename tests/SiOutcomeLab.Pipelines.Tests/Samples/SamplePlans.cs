using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Pipelines.Tests.Samples;

/// <summary>A plan over years: starts in 2022 and 2023, earnings one year later, balanced on earnings the year before.</summary>
internal static class SamplePlans
{
    public const string Municipality = "0180";
    public const string Other = "1281";
    public const string Code = "jobb";

    public static Intervention Intervention { get; } = new(new(Municipality), new(Code), "ips", new("Jobbstöd", "Job support"), null, null);

    public static EvaluationPlan Years { get; } = new(
        "jobb-2022",
        1,
        new OrganisationId(Municipality),
        new ProjectId("early-support"),
        new InterventionCode(Code),
        new BilingualText("Jobbstöd", "Job support"),
        PeriodLength.Year,
        Year(2022),
        Year(2023),
        [],
        new OutcomeDefinition(new MeasureCode("earnings_sek"), 1, OutcomeSummary.AtHorizon),
        [new CovariateTerm("earnings_sek", 1)],
        ComparisonPool.OwnOrganisation,
        new BalancingMethod.EntropyBalancing(),
        EstimatorKind.EntropyBalancing,
        [],
        TieOrder.AsDelivered,
        10,
        10,
        null,
        0.95,
        new DateOnly(2026, 3, 1),
        1);

    public static Period Year(int year) => new(PeriodLength.Year, year);
}
