using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Pipelines.Custody;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>Starts runs that somebody asks for, by the rules that hold for those the hub starts itself.</summary>
public sealed class RunStarts(ICatalogue catalogue, TimeProvider time)
{
    /// <summary>Starts the run of a plan's look on the newest data that it may read.</summary>
    /// <param name="registered">The plan, in its latest version.</param>
    /// <param name="look">The look, from 1; null for the first without a result or, when each has one, the last.</param>
    /// <param name="cancellationToken">Stops before anything is queued.</param>
    public async Task<RunStart> StartAsync(RegisteredPlan registered, int? look, CancellationToken cancellationToken)
    {
        var plan = registered.Plan;
        if (await catalogue.Runs.IsPlanClosedAsync(plan.Id, cancellationToken)) return new RunStart(null, RunStartProblem.PlanClosed);
        var now = time.GetUtcNow();
        var next = await NextAsync(plan, cancellationToken);
        var planned = plan.Looks[(look ?? Math.Min(next, plan.Looks.Count)) - 1];
        var isDue = planned.DueOn <= SwedishDay.Of(now);

        // A look's error is spent in order, and a result of a look behind the last would stand for nothing. What a retrospective plan finds
        // decides nothing, so that it may be had early.
        var isOpen = planned.Number == next || (planned.Number == next - 1);
        if (!isOpen || (!isDue && registered.Timing == PlanTiming.Prospective)) return new RunStart(null, RunStartProblem.LookNotDue);
        if (await new PlanData(catalogue.Submissions).ForAsync(plan, planned, cancellationToken) is not { } snapshot)
        {
            return new RunStart(null, RunStartProblem.FollowUpMissing);
        }

        var cause = isDue && planned.Number == next ? RunCause.LookDue : RunCause.Requested;
        var run = await catalogue.Runs.EnqueueAsync(plan, snapshot, planned.Number, PlanData.NewRunId(), now, cancellationToken, cause);
        return new RunStart(
            run.State is RunState.Cancelled or RunState.Failed ? await catalogue.Runs.RestartAsync(run.Id, cause, now, cancellationToken) : run, null);
    }

    // One more than the plan has looks when each has its result.
    private async Task<int> NextAsync(EvaluationPlan plan, CancellationToken cancellationToken)
    {
        var look = 1;
        while (look <= plan.Looks.Count && await catalogue.Runs.SucceededAsync(plan.Id, plan.Version, look, cancellationToken) is not null) look++;
        return look;
    }
}

/// <summary>What asking for a run came to.</summary>
/// <param name="Run">The run; null when it cannot be started.</param>
/// <param name="Problem">Why not; null when it was.</param>
public sealed record RunStart(Run? Run, RunStartProblem? Problem);

/// <summary>Why a run cannot be started.</summary>
public enum RunStartProblem
{
    /// <summary>The look is still to come, or a later one has been made.</summary>
    LookNotDue = 1,

    /// <summary>The plan's own follow-up does not reach the look's horizon.</summary>
    FollowUpMissing = 2,

    /// <summary>The plan runs no more.</summary>
    PlanClosed = 3,
}
