using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Custody;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>
/// Finds what is due and missing: plans whose look is due and whose follow-up has arrived get a run, and runs that are not finished get
/// back into the scheduler. A scheduler may drop or double work; this makes good the one, and the run row's epoch the other.
/// </summary>
public sealed class DueRuns(ICatalogue catalogue, TimeProvider time, ILogger<DueRuns> log)
{
    /// <summary>The runs that should be in the scheduler now.</summary>
    public async Task<IReadOnlyList<Run>> FindAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var (registered, look) in await catalogue.Plans.DueAsync(SwedishDay.Of(now), cancellationToken))
        {
            var plan = registered.Plan;
            var inProject = await catalogue.Submissions.InProjectAsync(plan.Project, cancellationToken);
            if (!HasFollowUp(plan, plan.Looks[look - 1], inProject)) continue;
            if (await HasUnfinishedAsync(plan, look, cancellationToken)) continue;
            var run = await catalogue.Runs.EnqueueAsync(
                plan, CohortBuilder.SnapshotFor(plan, inProject), look, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), now, cancellationToken);
            Log.RunQueued(log, run.Id, plan.Id);
        }

        var unfinished = await catalogue.Runs.UnfinishedAsync(cancellationToken);
        return [.. unfinished.Where(r => r.Epoch < RunExecutor.MaximumAttempts)];
    }

    // A plan's run waits until its own organisation has sent the last horizon; a run on half the follow-up would answer another question.
    private static bool HasFollowUp(EvaluationPlan plan, PlannedLook look, IEnumerable<Submission> inProject)
    {
        var needed = look.LastIndex.Plus(plan.Primary.HorizonPeriods);
        return inProject.Any(s => s.Organisation == plan.Organisation && s.PeriodLength == plan.PeriodLength && s.LastPeriod >= needed);
    }

    private async Task<bool> HasUnfinishedAsync(EvaluationPlan plan, int look, CancellationToken cancellationToken)
    {
        var runs = await catalogue.Runs.ListAsync(plan.Organisation, plan.Id, null, 20, cancellationToken);
        return runs.Any(r => r.PlanVersion == plan.Version && r.Look == look && r.State is not (RunState.Succeeded or RunState.Obsolete));
    }
}
