using Quartz;

namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>Has what is due looked for at once, instead of at the next turn.</summary>
public sealed class DueRunsCall(ISchedulerFactory schedulers)
{
    /// <summary>Calls for it; some hub on the same catalogue will.</summary>
    public Task LookNowAsync(CancellationToken cancellationToken) => CallAsync(DueRunsJob.Key, cancellationToken);

    /// <summary>Calls for kronor that are due.</summary>
    public Task LookForCostsNowAsync(CancellationToken cancellationToken) => CallAsync(DueCostsJob.Key, cancellationToken);

    private async Task CallAsync(JobKey job, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.TriggerJob(job, null, cancellationToken);
    }
}
