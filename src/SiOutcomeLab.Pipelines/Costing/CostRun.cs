using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Costing;

/// <summary>A plan in kronor at a look on a snapshot, read from the lake as its run was.</summary>
internal sealed class CostRun(ICatalogue catalogue, ILake lake, FollowUpCache followUp)
{
    /// <summary>The plan's kronor; the same plan, look, snapshot and prices give the same.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="look">The look, from 1.</param>
    /// <param name="snapshot">What the look's run read.</param>
    /// <param name="standing">The standing of its headline.</param>
    /// <param name="costing">With which prices.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public async Task<Costed> CostAsync(
        EvaluationPlan plan, int look, Snapshot snapshot, Standing standing, PlanCosting costing, CancellationToken cancellationToken)
    {
        var (measures, _) = costing.Measures(plan);
        if (measures.Count == 0 || CostingPlan.Years(plan) == 0) return costing.Nothing(plan, look);
        return costing.Of(plan, look, await RowsAsync(plan, look, snapshot, measures, cancellationToken), standing, cancellationToken);
    }

    /// <summary>The rows that the plan's kronor are counted on.</summary>
    /// <param name="plan">The plan; its horizon holds at least a year.</param>
    /// <param name="look">The look, from 1.</param>
    /// <param name="snapshot">What the look's run read.</param>
    /// <param name="measures">The measures that have a price; at least one.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public async Task<CostedRows> RowsAsync(
        EvaluationPlan plan, int look, Snapshot snapshot, IReadOnlyList<MeasureCode> measures, CancellationToken cancellationToken)
    {
        var intervention = await catalogue.Plans.FindInterventionAsync(plan.Organisation, plan.Intervention, cancellationToken)
            ?? throw new InvalidOperationException($"Plan {plan.Id} is of an intervention that is not in the catalogue.");
        var counted = CostingPlan.Of(plan, measures) with { LastIndex = plan.Looks[look - 1].LastIndex };
        return CostedRows.Of(await new CohortBuilder(lake, catalogue, followUp).BuildTrialsAsync(counted, intervention, snapshot, cancellationToken));
    }
}
