using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Evaluation.Comparisons;
using SiOutcomeLab.Statistics.Power;

namespace SiOutcomeLab.Pipelines.Feasibility;

/// <summary>How persons who did not take part fared over a follow-up as long as a plan's.</summary>
internal static class ReferenceOutcomes
{
    /// <summary>The latest index period, none after the plan's last, whose horizon the plan's own organisation has sent; null when there is none.</summary>
    public static Period? PeriodFor(EvaluationPlan plan, Snapshot snapshot)
    {
        var own = snapshot.Submissions.Where(s => s.Organisation == plan.Organisation && s.PeriodLength == plan.PeriodLength).ToArray();
        if (own.Length == 0) return null;
        var latest = own.Max(s => s.LastPeriod).Plus(-plan.Primary.HorizonPeriods);
        var reference = latest < plan.LastIndex ? latest : plan.LastIndex;
        return own.Min(s => s.FirstPeriod) < reference ? reference : null;
    }

    /// <summary>What the rows tell.</summary>
    /// <param name="rows">The risk set of the reference period, nobody treated.</param>
    /// <param name="reference">That period.</param>
    /// <param name="policy">The strictest policy of the data.</param>
    public static FeasibilityFacts Of(UntreatedRows rows, Period reference, DataPolicy policy)
    {
        var trial = rows.Rows;
        var last = reference.Ordinal + trial.Plan.Primary.HorizonPeriods;
        int[] followed = [.. Enumerable.Range(0, trial.Count).Where(i => trial.Starts.SameMethod(trial.Person[i]) > last)];
        int[] observed = [.. followed.Where(i => !double.IsNaN(trial.Outcomes[0][i]))];
        return new FeasibilityFacts(
            reference, policy, rows.EligibleOwn, rows.Eligible, trial.Count, followed.Length, observed.Length, rows.StartedSoFar, OutcomeOf(trial, observed));
    }

    private static BaselineOutcome? OutcomeOf(TrialRows trial, int[] observed)
    {
        if (observed.Length < 2) return null;
        var (design, _) = DesignBuilder.Build(trial, observed);
        var values = DesignBuilder.Of(trial.Outcomes[0], observed);
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
        var isOneSigned = Array.TrueForAll(values, v => v >= 0) || Array.TrueForAll(values, v => v <= 0);
        var total = values.Sum(Math.Abs);
        return ExplainedVariance.Adjusted(design, values).Match<BaselineOutcome?>(
            explained => new BaselineOutcome(
                mean,
                deviation,
                explained,
                design.Columns + 1,
                values.Count(v => v != 0),
                isOneSigned && total > 0 ? values.Max(Math.Abs) / total : null,
                OutcomeKind.IsYesOrNo(values)),
            (_, _) => null);
    }
}
