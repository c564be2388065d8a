using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Evaluation.Comparisons;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Attrition;
using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>Who was lost before the primary outcome, and the bounds on the effect that this leaves.</summary>
internal static class AttritionCheck
{
    /// <summary>Who was lost, known before any outcome is read; null when the trials do not tell.</summary>
    public static Attrition? Losses(ITrials trials)
    {
        if (trials.Losses is not { } losses) return null;
        var whole = trials.WithLost(0);
        return new Attrition(Arm(whole, losses, isTreated: true), Arm(whole, losses, isTreated: false), null);
    }

    /// <summary>
    /// Lee's bounds on the headline's difference, those lost weighted too; null when nobody was lost or the bounds are none. A plan that
    /// leaves out whoever starts later loses only comparison persons and by its own rule, and an estimate of changes is on another scale.
    /// </summary>
    public static AttritionBounds? Bounds(EvaluationPlan plan, ITrials trials, IPropensityModel model, CancellationToken cancellationToken)
    {
        if (trials.Losses is null || plan.LaterStart == LaterStartRule.Censored || plan.Estimator == EstimatorKind.DifferenceInDifferences) return null;
        var cohort = trials.WithLost(0);
        if (cohort.Observed is not { } observed) return null;
        var whole = cohort with { Observed = null };
        var judged = new OutcomeAnalysis(plan, whole, model, cancellationToken).Judge(plan.Estimator);
        if (judged is not Estimated<(Comparison Comparison, Diagnostics Diagnostics)> { Value: var (comparison, diagnostics) }) return null;
        if (diagnostics.Verdict == GateVerdict.Fail) return null;
        var outcome = whole.Outcome.Unseal(diagnostics.Verdict);
        var weights = comparison.Weights.Span;
        return LeeBounds.Estimate(outcome, whole.Treated, observed, weights, whole.Clusters, plan.ConfidenceLevel) is Estimated<EffectBounds> { Value: var found }
            ? Told(found, whole, observed, outcome, weights)
            : null;
    }

    private static AttritionBounds Told(EffectBounds found, Cohort cohort, bool[] observed, double[] outcome, ReadOnlySpan<double> weights)
    {
        var trimsTreated = found.ObservedTreated >= found.ObservedComparison;
        var rows = new List<int>();
        for (var i = 0; i < cohort.Rows; i++)
        {
            if (cohort.Treated[i] == trimsTreated && observed[i] && weights[i] > 0) rows.Add(i);
        }

        int[] rising = [.. rows.OrderBy(i => outcome[i])];
        var fewest = Math.Min(
            Trimmed(rising, cohort.Person, weights, found.ShareTrimmed), Trimmed([.. rising.Reverse()], cohort.Person, weights, found.ShareTrimmed));
        return new AttritionBounds(
            found.Low,
            found.High,
            found.ConfidenceLow,
            found.ConfidenceHigh,
            found.Level,
            found.ObservedTreated,
            found.ObservedComparison,
            trimsTreated,
            fewest);
    }

    // Persons of whom some weight is trimmed from the beginning of the order.
    private static int Trimmed(int[] order, int[] person, ReadOnlySpan<double> weights, double share)
    {
        var total = 0.0;
        foreach (var row in order) total += weights[row];
        var left = share * total;
        var trimmed = new HashSet<int>();
        foreach (var row in order)
        {
            // What is left in the last bits trims nobody.
            if (left <= 1e-9 * total) break;
            trimmed.Add(person[row]);
            left -= weights[row];
        }

        return trimmed.Count;
    }

    private static ArmAttrition Arm(Cohort whole, IReadOnlyList<LossReason> losses, bool isTreated)
    {
        var persons = new Dictionary<int, LossReason>();
        for (var i = 0; i < whole.Rows; i++)
        {
            if (whole.Treated[i] != isTreated) continue;
            var loss = losses[whole.TrialRow[i]];
            var wasObserved = persons.TryGetValue(whole.Person[i], out var before) && before == LossReason.None;
            persons[whole.Person[i]] = wasObserved ? LossReason.None : loss;
        }

        var lost = persons.Values.Where(l => l != LossReason.None).GroupBy(l => l).OrderBy(g => g.Key).Select(g => new LossCount((OutcomeLoss)g.Key, g.Count())).ToArray();
        return new ArmAttrition(persons.Count, lost.Sum(l => l.Persons), lost);
    }
}
