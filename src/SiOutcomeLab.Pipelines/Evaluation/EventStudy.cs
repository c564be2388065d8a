using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>The headline's groups period by period, from before the start to the horizon.</summary>
internal static class EventStudy
{
    /// <summary>The points; a period in which an arm has nobody, or nothing varies, has none. Null when the trials do not tell.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="trials">Its trials.</param>
    /// <param name="cohort">The rows that are compared.</param>
    /// <param name="weights">Their weights; rows without weight take no part.</param>
    public static IReadOnlyList<EventStudyPoint>? Of(EvaluationPlan plan, ITrials trials, Cohort cohort, ReadOnlyMemory<double> weights)
    {
        if (trials.FirstEventTime is not { } first) return null;
        int[] rows = [.. Enumerable.Range(0, cohort.Rows).Where(i => weights.Span[i] > 0)];
        var points = new List<EventStudyPoint>();
        for (var time = first; time <= plan.Primary.HorizonPeriods; time++)
        {
            var values = trials.PrimaryAt(time);
            int[] seen = [.. rows.Where(i => !double.IsNaN(values[cohort.TrialRow[i]]))];
            if (At(time, seen, Array.ConvertAll(seen, i => values[cohort.TrialRow[i]]), cohort, weights, plan.ConfidenceLevel) is { } point) points.Add(point);
        }

        return points;
    }

    private static EventStudyPoint? At(int time, int[] rows, double[] values, Cohort cohort, ReadOnlyMemory<double> weights, double level)
    {
        var treated = DesignBuilder.Of(cohort.Treated, rows);
        double[] w = [.. rows.Select(i => weights.Span[i])];
        var clusters = cohort.Clusters.IsEmpty ? [] : DesignBuilder.Of(cohort.Cluster, rows);
        if (!Array.Exists(treated, t => t) || Array.TrueForAll(treated, t => t)) return null;
        return WeightedDifference.Estimate(values, treated, BalancingWeights.Known(w, Estimand.Treated), clusters, level).Match<EventStudyPoint?>(
            e =>
            {
                var (ours, oursUnlike) = Persons(rows, values, cohort, isTreated: true);
                var (theirs, theirsUnlike) = Persons(rows, values, cohort, isTreated: false);
                return new EventStudyPoint(time, e.Estimate, e.ConfidenceLow, e.ConfidenceHigh, ours, theirs, oursUnlike, theirsUnlike);
            },
            (_, _) => null);
    }

    private static (int All, int Unlike) Persons(int[] rows, double[] values, Cohort cohort, bool isTreated)
    {
        var byValue = new Dictionary<double, int>();
        for (var i = 0; i < rows.Length; i++)
        {
            if (cohort.Treated[rows[i]] == isTreated) byValue[values[i]] = byValue.GetValueOrDefault(values[i]) + 1;
        }

        var most = byValue.OrderByDescending(v => v.Value).ThenBy(v => v.Key).First().Key;
        var (all, unlike) = (new HashSet<int>(), new HashSet<int>());
        for (var i = 0; i < rows.Length; i++)
        {
            if (cohort.Treated[rows[i]] != isTreated) continue;
            all.Add(cohort.Person[rows[i]]);
            if (values[i] != most) unlike.Add(cohort.Person[rows[i]]);
        }

        return (all.Count, unlike.Count);
    }
}
