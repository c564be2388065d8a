using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>The headline's outcome in the subgroups that the plan named, each compared within itself, when its numbers suffice.</summary>
internal static class SubgroupEstimates
{
    public static IEnumerable<EffectEstimate> Of(
        EvaluationPlan plan, ITrials trials, Cohort cohort, IPropensityModel model, CancellationToken cancellationToken)
    {
        for (var i = 0; i < (plan.Subgroups?.Count ?? 0); i++)
        {
            var division = plan.Subgroups![i];
            var term = (plan.Placebos?.Count ?? 0) + i;
            var values = DesignBuilder.Of(trials.HeldOutColumn(term), cohort.TrialRow);
            foreach (var (label, rows) in Parts(division, values, trials.HeldOutLevels(term)))
            {
                yield return Estimate(plan, cohort.Only(rows), model, cancellationToken) with
                {
                    Division = $"{division.Variable}@{division.Lag}",
                    Label = label,
                };
            }
        }
    }

    private static EffectEstimate Estimate(EvaluationPlan plan, Cohort part, IPropensityModel model, CancellationToken cancellationToken)
    {
        if (part.TreatedCount < plan.MinimumTreated || part.ComparisonCount < plan.MinimumComparison)
        {
            var reason = part.TreatedCount < plan.MinimumTreated ? NotEstimableReason.TooFewParticipants : NotEstimableReason.TooFewComparisonPersons;
            return OutcomeAnalysis.Refused(EstimateRole.Subgroup, plan.Estimator, plan.Primary, new NotEstimable(reason, string.Empty), null);
        }

        return new OutcomeAnalysis(plan, part, model, cancellationToken)
            .Estimate(EstimateRole.Subgroup, plan.Estimator, plan.Primary, plan.ConfidenceLevel, out _);
    }

    // Persons for whom the division is not known are in no subgroup.
    private static IEnumerable<(string Label, int[] Rows)> Parts(SubgroupDefinition division, double[] values, IReadOnlyList<string> levels)
    {
        var rows = Enumerable.Range(0, values.Length).Where(i => double.IsFinite(values[i]));
        if (division.Cut is { } cut)
        {
            yield return (FormattableString.Invariant($"< {cut}"), [.. rows.Where(i => values[i] < cut)]);
            yield return (FormattableString.Invariant($"≥ {cut}"), [.. rows.Where(i => values[i] >= cut)]);
            yield break;
        }

        foreach (var level in rows.GroupBy(i => values[i]).OrderBy(g => levels.Count > 0 ? levels[(int)g.Key] : string.Empty, StringComparer.Ordinal).ThenBy(g => g.Key))
        {
            yield return (levels.Count > 0 ? levels[(int)level.Key] : FormattableString.Invariant($"= {level.Key}"), [.. level]);
        }
    }
}
