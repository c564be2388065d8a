using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Pipelines.Costing;

/// <summary>
/// What of a plan is told in kronor: its primary measure and the secondaries with the same horizon, each summed over every whole year after
/// the start. A value at the horizon alone is counted as the sum on the way there, since kronor run all the time.
/// </summary>
internal static class CostingPlan
{
    /// <summary>Whole years within the primary horizon; 0 when it is shorter than one.</summary>
    public static int Years(EvaluationPlan plan) => plan.Primary.HorizonPeriods / PeriodsPerYear(plan.PeriodLength);

    /// <summary>The measures, the primary first.</summary>
    public static IReadOnlyList<MeasureCode> Measures(EvaluationPlan plan) =>
    [
        .. (plan.Secondaries ?? []).Prepend(plan.Primary).Where(o => o.HorizonPeriods == plan.Primary.HorizonPeriods).Select(o => o.Measure).Distinct(),
    ];

    /// <summary>
    /// The plan whose trials carry the sums: by measure, up to each year's end. Persons, covariates and comparison are the plan's own; what
    /// stands beside its headline is left out.
    /// </summary>
    /// <param name="plan">The plan; its horizon holds at least a year.</param>
    /// <param name="measures">The measures.</param>
    public static EvaluationPlan Of(EvaluationPlan plan, IReadOnlyList<MeasureCode> measures)
    {
        var perYear = PeriodsPerYear(plan.PeriodLength);
        var sums = (from measure in measures
                    from year in Enumerable.Range(1, Years(plan))
                    select new OutcomeDefinition(measure, year * perYear, OutcomeSummary.SumToHorizon)).ToList();
        return plan with
        {
            Primary = sums[0],
            Secondaries = sums[1..],
            NegativeControls = null,
            Subgroups = null,
            Placebos = null,
            Sensitivity = [],
            SensitivityPools = null,
        };
    }

    private static int PeriodsPerYear(PeriodLength length) => length switch
    {
        PeriodLength.Year => 1,
        PeriodLength.Quarter => 4,
        PeriodLength.Month => 12,
        _ => throw new ArgumentOutOfRangeException(nameof(length), length, "Unknown period length."),
    };
}
