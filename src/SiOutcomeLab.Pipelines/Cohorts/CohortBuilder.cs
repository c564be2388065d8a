using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
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
        var inPool = snapshot.Submissions.Where(PlanPool.Of(plan, plan.Pool)).Select(s => s.Sequence).ToHashSet();
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

    /// <summary>
    /// The risk set of one index period with nobody treated in it, of the plan's primary outcome alone. Of whoever starts the method nothing
    /// is shown from the start on, to anything that is built here.
    /// </summary>
    /// <exception cref="FollowUpMemoryException">The follow-up does not fit into the memory that it may take.</exception>
    public async Task<UntreatedRows> BuildUntreatedAsync(
        EvaluationPlan plan, Intervention intervention, Snapshot snapshot, Period indexPeriod, CancellationToken cancellationToken)
    {
        var atReference = plan with
        {
            FirstIndex = indexPeriod,
            LastIndex = indexPeriod,
            Secondaries = null,
            NegativeControls = null,
            Placebos = null,
            Subgroups = null,
            Sensitivity = [],
            LaterStart = null,
            InterimLooks = null,
        };
        var store = await new PlanReading(lake, catalogue, cache).ReadAsync(atReference, snapshot, cancellationToken);
        var inPool = snapshot.Submissions.Where(PlanPool.Of(plan, plan.Pool)).Select(s => s.Sequence).ToHashSet();
        Func<Submission, bool> isVisible = s => inPool.Contains(s.Sequence);
        var methods = await MethodsAsync(cancellationToken);
        // Hidden by every start that is told of, whoever tells of it.
        var everyStart = new PlanStarts(atReference, intervention.Method, methods, new PlanView(store, isVisible), _ => true);
        int[] hiddenFrom = [.. Enumerable.Range(0, store.People.Count).Select(HiddenFrom)];
        if (plan.Pool == ComparisonPool.Similar)
        {
            var similar = SimilarMunicipalities.Of(atReference, new PlanView(store, isVisible, hiddenFrom));
            isVisible = s => inPool.Contains(s.Sequence) && (!s.Organisation.IsMunicipality || similar.Contains(s.Organisation));
        }

        var view = new PlanView(store, isVisible, hiddenFrom);
        var rows = new RiskSets(atReference, TrialOptions.Of(atReference), view, everyStart).AssembleUntreated(indexPeriod);
        var own = new TargetGroup(atReference, view);
        own.At(indexPeriod);
        return new UntreatedRows(
            rows,
            rows.Flow[1].Comparison,
            EligibleOwn(),
            everyStart.StartedWithin(plan.FirstIndex, plan.LastIndex).Count());

        int HiddenFrom(int person) => everyStart.SameMethod(person) is var start && start == PlanStarts.Never ? int.MaxValue : start - store.First.Ordinal;

        int EligibleOwn()
        {
            var municipality = store.Column("municipality_code");
            var before = store.PeriodIndex(indexPeriod.Plus(-1));
            return Enumerable.Range(0, store.Persons).Count(person =>
                everyStart.SameMethod(person) > indexPeriod.Ordinal && view.IsObserved(person, before) && own.Meets(person)
                && view.Value(municipality, person, before) is var code && !double.IsNaN(code) && municipality.Levels[(int)code] == plan.Organisation.Code);
        }
    }

    /// <summary>The part of a project's submissions that a plan may read in any of its pools.</summary>
    public static Snapshot SnapshotFor(EvaluationPlan plan, IEnumerable<Submission> inProject)
    {
        Func<Submission, bool>[] mayRead = [.. (plan.SensitivityPools ?? []).Prepend(plan.Pool).Select(pool => PlanPool.Of(plan, pool))];
        return Snapshot.Of(plan.Project, inProject.Where(s => mayRead.Any(may => may(s))));
    }

    private async Task<Dictionary<(OrganisationId, string), string>> MethodsAsync(CancellationToken cancellationToken)
    {
        var all = await catalogue.Plans.ListInterventionsAsync(null, cancellationToken);
        return all.ToDictionary(i => (i.Organisation, i.Code.Code), i => i.Method);
    }
}
