using Quartz;

namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>Has what is due looked for at once, instead of at the next turn.</summary>
public sealed class DueRunsCall(ISchedulerFactory schedulers)
{
    /// <summary>Calls for it; some hub on the same catalogue will.</summary>
    public async Task LookNowAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.TriggerJob(DueRunsJob.Key, null, cancellationToken);
    }
}
