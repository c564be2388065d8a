using Microsoft.Extensions.Logging;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>
/// What happens once a night: results whose data have been replaced, taken back or erased are made again on what stands now. By night, so
/// that a delivery that is mended many times in a day is evaluated once, and behind what is due by its date.
/// </summary>
/// <remarks>The night is noted in the catalogue when its runs are queued. A hub that slept makes up the last night, once; of several hubs
/// that take the same turn, each queues the same runs, and the catalogue keeps them once.</remarks>
/// <param name="catalogue">The catalogue.</param>
/// <param name="beginsAt">When the night begins, by Swedish clocks.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where it is told.</param>
public sealed class NightlyTurn(ICatalogue catalogue, TimeOnly beginsAt, TimeProvider time, ILogger<NightlyTurn> log)
{
    /// <summary>Takes the turn when the last night's has not been taken.</summary>
    /// <returns>When the night began; null when there was nothing to take.</returns>
    public async Task<DateTimeOffset?> TakeAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var night = SwedishNight.LastAt(now, beginsAt);
        if (await catalogue.Runs.NightAsync(cancellationToken) is { } done && done >= night) return null;
        var queued = await QueueChangedAsync(now, cancellationToken);
        Log.NightTurn(log, queued);
        await catalogue.Runs.SetNightAsync(night, cancellationToken);
        return night;
    }

    private async Task<int> QueueChangedAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var data = new PlanData(catalogue.Submissions);
        var queued = 0;
        foreach (var current in await catalogue.Runs.OnChangedDataAsync(cancellationToken))
        {
            var plan = (await catalogue.Plans.FindPlanAsync(current.PlanId, current.PlanVersion, cancellationToken))!.Plan;
            if (await data.ForAsync(plan, plan.Looks[current.Look - 1], cancellationToken) is not { } snapshot) continue;
            var run = await catalogue.Runs.EnqueueAsync(
                plan, snapshot, current.Look, PlanData.NewRunId(), now, cancellationToken, RunCause.DataChanged);
            if (run.State == RunState.Queued) queued++;
        }

        return queued;
    }
}
