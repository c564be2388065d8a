using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Cohorts.Pools;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>
/// Builds a plan's cohort from the lake objects of a snapshot, reading only the columns and periods that are needed, and once for all plans
/// of a project where memory allows. The cohort depends on the plan and the snapshot alone.
/// </summary>
internal sealed class CohortBuilder(ILake lake, ICatalogue catalogue, FollowUpCache cache)
{
    /// <summary>The cohort of the primary outcome.</summary>
    public async Task<Cohort> BuildAsync(EvaluationPlan plan, Intervention intervention, Snapshot snapshot, CancellationToken cancellationToken) =>
        (await BuildTrialsAsync(plan, intervention, snapshot, cancellationToken)).For(0);

    /// <summary>The trials with every outcome that the plan names, in the plan's pool.</summary>
    /// <exception cref="FollowUpMemoryException">The plan's follow-up does not fit into the memory that it may take.</exception>
    /// <exception cref="LakeObjectMissingException">A file of the snapshot is gone.</exception>
    public async Task<TrialCohort> BuildTrialsAsync(
        EvaluationPlan plan, Intervention intervention, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var store = await new PlanReading(lake, catalogue, cache).ReadAsync(plan, snapshot, cancellationToken);
        var inPool = snapshot.Submissions.Where(s => PlanPool.MayRead(plan, plan.Pool, s)).Select(s => s.Sequence).ToHashSet();
        Func<Submission, bool> isVisible = s => inPool.Contains(s.Sequence);
        if (plan.Pool == ComparisonPool.Similar)
        {
            var similar = SimilarMunicipalities.Of(plan, new PlanView(store, isVisible));
            isVisible = s => inPool.Contains(s.Sequence) && (!s.Organisation.IsMunicipality || similar.Contains(s.Organisation));
        }

        var view = new PlanView(store, isVisible);
        var starts = new PlanStarts(plan, intervention.Method, await MethodsAsync(cancellationToken), view, isVisible);
        return new TrialCohort(new RiskSets(plan, TrialOptions.Of(plan), view, starts).Assemble());
    }

    /// <summary>The part of a project's submissions that a plan may read in any of its pools.</summary>
    public static Snapshot SnapshotFor(EvaluationPlan plan, IEnumerable<Submission> inProject) => Snapshot.Of(
        plan.Project, inProject.Where(s => (plan.SensitivityPools ?? []).Prepend(plan.Pool).Any(pool => PlanPool.MayRead(plan, pool, s))));

    private async Task<Dictionary<(OrganisationId, string), string>> MethodsAsync(CancellationToken cancellationToken)
    {
        var all = await catalogue.Plans.ListInterventionsAsync(null, cancellationToken);
        return all.ToDictionary(i => (i.Organisation, i.Code.Code), i => i.Method);
    }
}
