using Microsoft.Extensions.Logging;
using Quartz;
using SiOutcomeLab.Pipelines.Costing;

namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>The recurring job that puts runs into the scheduler whose kronor are due and missing.</summary>
[DisallowConcurrentExecution]
public sealed class DueCostsJob(DueCosts due, ILogger<DueCostsJob> log) : IJob
{
    internal static readonly JobKey Key = new("due-costs", "evaluation-schedule");

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            foreach (var run in await due.FindAsync(cancellationToken)) await ScheduleAsync(context.Scheduler, run, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.DueSweepFailed(log, e);
        }
    }

    private static async Task ScheduleAsync(IScheduler scheduler, string run, CancellationToken cancellationToken)
    {
        // The job that executes a run puts it in kronor too.
        if (await scheduler.Exists(new JobKey(run, EvaluationJob.Group), cancellationToken)) return;
        var key = new JobKey(run, "costing");
        if (await scheduler.Exists(key, cancellationToken)) return;
        var job = JobBuilder.Create<CostingJob>().WithIdentity(key).UsingJobData(EvaluationJob.RunKey, run).Build();
        var trigger = TriggerBuilder.Create().WithIdentity(run, "costing").WithExecutionGroup(EvaluationJob.Group).StartNow().Build();
        await scheduler.ScheduleJob(job, trigger, default, cancellationToken);
    }
}
