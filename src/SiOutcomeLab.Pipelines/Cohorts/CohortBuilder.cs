using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>Builds a plan's cohort from the lake objects of a snapshot, reading only the columns and periods the plan needs.</summary>
internal sealed class CohortBuilder(ILake lake, IPlanCatalogue plans)
{
    public async Task<Cohort> BuildAsync(EvaluationPlan plan, Intervention intervention, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var lags = plan.Covariates.Select(c => c.Lag).Concat(plan.TargetGroup.Select(t => t.Lag)).Append(1).Max();
        var variables = plan.Covariates.Select(c => c.Variable).Concat(plan.TargetGroup.Select(t => t.Variable)).Append(plan.Primary.Measure.Code);
        var table = new FollowUpTable(plan.FirstIndex.Plus(-lags), plan.LastIndex.Plus(plan.Primary.HorizonPeriods), variables);
        var starts = new StartReader(plan.PeriodLength);
        var sameMethod = await CodesOfMethodAsync(intervention.Method, cancellationToken);
        var observations = new ObservationReader(table);
        foreach (var submission in snapshot.Submissions)
        {
            var isOwn = submission.Organisation == plan.Organisation;
            // A month's row is no year's row. Starts are dates, and count whatever the length.
            if (submission.PeriodLength == plan.PeriodLength)
            {
                await using var stream = await lake.OpenReadAsync(submission.Observations, cancellationToken);
                observations.Read(stream, cancellationToken);
            }

            if (submission.Participations is not { } file) continue;
            await using (var stream = await lake.OpenReadAsync(file, cancellationToken))
            {
                starts.Read(
                    stream, isOwn ? plan.Intervention.Code : null, sameMethod.GetValueOrDefault(submission.Organisation, NoCodes), cancellationToken);
            }
        }

        return new RiskSets(plan, table, starts).Assemble();
    }

    /// <summary>The part of a project's submissions that a plan may read: its own organisation's, and others' that allow it.</summary>
    public static Snapshot SnapshotFor(EvaluationPlan plan, IEnumerable<Submission> inProject) => Snapshot.Of(
        plan.Project,
        inProject.Where(s => s.Organisation == plan.Organisation
            ? s.AllowedUses.HasFlag(AllowedUses.OwnEvaluation)
            : plan.Pool == ComparisonPool.Project && s.AllowedUses.HasFlag(AllowedUses.ComparisonForOthers)));

    private static readonly IReadOnlySet<string> NoCodes = new HashSet<string>();

    private async Task<Dictionary<OrganisationId, IReadOnlySet<string>>> CodesOfMethodAsync(string method, CancellationToken cancellationToken)
    {
        var all = await plans.ListInterventionsAsync(null, cancellationToken);
        return all.Where(i => i.Method == method)
            .GroupBy(i => i.Organisation)
            .ToDictionary(g => g.Key, IReadOnlySet<string> (g) => g.Select(i => i.Code.Code).ToHashSet(StringComparer.Ordinal));
    }
}
