using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Cohorts.Pools;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>
/// Finds the follow-up that a plan needs. First the whole project with what all its plans need, so that the lake is read once for them;
/// when that does not fit into memory, or the snapshot is not of today, the organisations of the plan's pool and its columns alone.
/// </summary>
internal sealed class PlanReading(ILake lake, ICatalogue catalogue, FollowUpCache cache)
{
    private const int PlansPerPage = 500;

    public async Task<FollowUpStore> ReadAsync(EvaluationPlan plan, Snapshot snapshot, CancellationToken cancellationToken)
    {
        // The order of delivery is a matter of the snapshot's own files, from the first to the last row.
        if (plan.TieOrder == TieOrder.Pseudonym && plan.Organisation.IsMunicipality)
        {
            var live = await catalogue.Submissions.InProjectAsync(plan.Project, cancellationToken);
            var shared = SharedSubmissions.Of(plan.Project, live);
            if (shared.Holds(snapshot, RequestOf(plan, snapshot).Variables)
                && await TryReadSharedAsync(plan, shared.Snapshot, cancellationToken) is { } store)
            {
                return store;
            }
        }

        var own = Snapshot.Of(plan.Project, snapshot.Submissions.Where(s => PlanPool.MayRead(plan, plan.Pool, s)));
        var request = RequestOf(plan, own);
        return await cache.GetAsync(
            lake, $"{plan.Project}/{plan.Organisation}", own.Hash, request, () => Task.FromResult(request), cancellationToken);
    }

    private async Task<FollowUpStore?> TryReadSharedAsync(EvaluationPlan plan, Snapshot shared, CancellationToken cancellationToken)
    {
        try
        {
            return await cache.GetAsync(
                lake, plan.Project.Code, shared.Hash, RequestOf(plan, shared), () => WidestAsync(plan, shared, cancellationToken), cancellationToken);
        }
        catch (FollowUpMemoryException)
        {
            return null;
        }
        catch (LakeObjectMissingException)
        {
            // Perhaps a file that this plan does not read.
            return null;
        }
    }

    private async Task<FollowUpRequest> WidestAsync(EvaluationPlan plan, Snapshot shared, CancellationToken cancellationToken)
    {
        var widest = RequestOf(plan, shared);
        for (string? after = null; ;)
        {
            var page = await catalogue.Plans.ListPlansAsync(null, after, PlansPerPage, cancellationToken);
            foreach (var other in page.Select(p => p.Plan))
            {
                if (other.Project != plan.Project || other.PeriodLength != plan.PeriodLength || other.TieOrder != TieOrder.Pseudonym) continue;
                var request = RequestOf(other, shared);
                widest = widest with
                {
                    Variables = FollowUpRequest.Ordered(widest.Variables.Concat(request.Variables)),
                    First = request.First < widest.First ? request.First : widest.First,
                    Last = request.Last > widest.Last ? request.Last : widest.Last,
                };
            }

            if (page.Count < PlansPerPage) return widest;
            after = page[^1].Plan.Id;
        }
    }

    /// <summary>How many periods before the start a plan reads.</summary>
    public static int LagsOf(EvaluationPlan plan, TrialOptions options) =>
        plan.Covariates.Select(c => c.Lag).Concat(plan.TargetGroup.Select(t => t.Lag)).Concat(options.HeldOut.Select(h => h.Lag)).Append(1).Max();

    private static FollowUpRequest RequestOf(EvaluationPlan plan, Snapshot snapshot)
    {
        var options = TrialOptions.Of(plan);
        var variables = plan.Covariates.Select(c => c.Variable)
            .Concat(plan.TargetGroup.Select(t => t.Variable))
            .Concat(options.HeldOut.Select(h => h.Variable))
            .Concat(options.Outcomes.Select(o => o.Outcome.Measure.Code))
            .Append(OutcomeColumn.ExitReason);
        return new FollowUpRequest(
            snapshot.Submissions,
            FollowUpRequest.Ordered(variables),
            plan.FirstIndex.Plus(-LagsOf(plan, options)),
            plan.LastIndex.Plus(options.Outcomes.Max(o => o.Outcome.HorizonPeriods)),
            plan.TieOrder == TieOrder.AsDelivered);
    }
}
