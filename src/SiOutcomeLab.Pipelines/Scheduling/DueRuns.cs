using Microsoft.Extensions.Logging;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Pipelines.Custody;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>
/// Finds what is due and missing: plans whose look is due and whose follow-up has arrived get a run, and runs that have not ended get
/// back into the scheduler. A scheduler may drop or double work; this makes good the one, and the run row's epoch the other. What was due
/// while no hub was awake is found once, for it is found by what is missing and not by how often a clock has struck.
/// </summary>
public sealed class DueRuns(ICatalogue catalogue, NightlyTurn nightly, TimeProvider time, ILogger<DueRuns> log)
{
    /// <summary>The runs that should be in the scheduler now, in the order in which they are taken up.</summary>
    public async Task<IReadOnlyList<Run>> FindAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var data = new PlanData(catalogue.Submissions);
        // In a night most looks that are due have their run in the line already: those are not asked about one by one.
        var goingOn = (await catalogue.Runs.UnfinishedAsync(cancellationToken)).Select(r => (r.PlanId, r.PlanVersion, r.Look)).ToHashSet();
        foreach (var (registered, look) in await catalogue.Plans.DueAsync(SwedishDay.Of(now), cancellationToken))
        {
            var plan = registered.Plan;
            if (goingOn.Contains((plan.Id, plan.Version, look))) continue;
            var runs = await catalogue.Runs.OfLookAsync(plan.Id, plan.Version, look, cancellationToken);
            if (!runs.All(MayHaveAnother)) continue;
            if (await data.ForAsync(plan, plan.Looks[look - 1], cancellationToken) is not { } snapshot) continue;
            if (runs.Any(r => r.State == RunState.Failed && r.SnapshotHash == snapshot.Hash)) continue;
            var run = await catalogue.Runs.EnqueueAsync(plan, snapshot, look, PlanData.NewRunId(), now, cancellationToken);
            Log.RunQueued(log, run.Id, plan.Id);
        }

        await nightly.TakeAsync(cancellationToken);
        var unfinished = await catalogue.Runs.UnfinishedAsync(cancellationToken);
        return [.. unfinished.Where(r => r.NextTryAt is null || r.NextTryAt <= now)];
    }

    // One run of a look at a time. What somebody has cancelled stays so until somebody starts it; what has failed for good is tried again on
    // other data only.
    private static bool MayHaveAnother(Run run) => run.State == RunState.Obsolete || (run.State == RunState.Failed && run.HasEnded);
}
