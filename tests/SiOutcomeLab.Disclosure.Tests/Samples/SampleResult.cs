using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Measures;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Disclosure.Tests.Samples;

/// <summary>A result that may be shown whole; a test changes what it is about.</summary>
internal static class SampleResult
{
    public static MeasureWords Months { get; } = new(
        new("Månader med ekonomiskt bistånd", "Months with income support"), new("månader", "months"), MeasureDirection.LowerIsBetter, IsRate: false);

    public static MeasureWords Rate { get; } = new(
        new("I arbete eller studier", "In work or study"), new("andel", "share"), MeasureDirection.HigherIsBetter, IsRate: true);

    public static MeasureWords Visits { get; } = new(
        new("Besök i psykiatrisk öppenvård", "Visits to outpatient psychiatry"), new("besök", "visits"), MeasureDirection.Neutral, IsRate: false);

    public static EvaluationPlan Plan { get; } = new(
        "jobb",
        1,
        new OrganisationId("0180"),
        new ProjectId("early-support"),
        new InterventionCode("job-support"),
        new BilingualText("Jobbstöd", "Job support"),
        PeriodLength.Quarter,
        new Period(PeriodLength.Quarter, 2024 * 4),
        new Period(PeriodLength.Quarter, 2024 * 4),
        [],
        new OutcomeDefinition(new MeasureCode("income_support_months"), 4, OutcomeSummary.SumToHorizon),
        [new CovariateTerm("birth_year", 1)],
        ComparisonPool.OwnOrganisation,
        new BalancingMethod.EntropyBalancing(),
        EstimatorKind.EntropyBalancing,
        [],
        TieOrder.Pseudonym,
        30,
        40,
        null,
        0.95,
        new DateOnly(2026, 3, 1),
        1);

    public static PointEstimate Point { get; } = new(
        EstimateGroup.AllTreated, -2.1549, 0.5377, "robust (HC1)", -3.2087, -1.1011, 0.00006, 4.1234, 6.2783, 62, 143, 97.6, 0.95, 190, null, null);

    public static Diagnostics Diagnostics { get; } = new(
        GateVerdict.Pass,
        [],
        [new CovariateBalance("birth_year@1", false, 1991.5, 1988.2, 1991.5, 0.4321, 0.0012, 1.1, 0.04), Binary("sex=woman@1", 31, 62, 70, 143, 0.0213)],
        0.4321,
        0.0213,
        0.7654,
        0.5432,
        97.6,
        62,
        143);

    public static CovariateBalance Binary(string name, int treatedYes, int treated, int comparisonYes, int comparison, double after, double before = 0.02) =>
        new(name, true, treatedYes / (double)treated, comparisonYes / (double)comparison, treatedYes / (double)treated, before, after, null, Math.Abs(after));

    public static EffectEstimate Headline(PointEstimate? point = null, Diagnostics? diagnostics = null) =>
        new(EstimateRole.Headline, Plan.Estimator, Plan.Primary, point ?? Point, null, diagnostics ?? Diagnostics, Standing.Verified);

    public static EvaluationResult Of(params EffectEstimate[] estimates) => new(
        "0123456789abcdef0123456789abcdef",
        Plan,
        PlanTiming.Prospective,
        DataPolicy.Standard,
        "ips",
        [new FlowStep(FlowStepKind.Observed, 90, 200), new FlowStep(FlowStepKind.OutcomeObserved, 62, 143)],
        estimates,
        new Lineage(PlanHash.Of(Plan), new string('a', 64), "0.1.0", 1, 1, new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero)));

    public static ReleasedEffect Release(EffectEstimate estimate, DisclosurePolicy? policy = null, MeasureWords? words = null, EvaluationPlan? plan = null) =>
        Assert.Single(new EffectGate(policy ?? StandardPolicy.Instance).Release(Of(Under(estimate, plan ?? Plan)) with { Plan = plan ?? Plan }, _ => words ?? Months)).Value;

    private static EffectEstimate Under(EffectEstimate estimate, EvaluationPlan plan) =>
        estimate.Outcome == Plan.Primary ? estimate with { Outcome = plan.Primary } : estimate;

    public static double Shown(this Cell cell) => cell.TryGet(out var value) ? value : throw new InvalidOperationException($"Withheld: {cell.Suppression}.");
}
