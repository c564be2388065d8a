using Microsoft.Extensions.Logging;
using Quartz;
using SiOutcomeLab.Domain.Runs;

namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>The recurring job that puts what is due and missing into the scheduler.</summary>
[DisallowConcurrentExecution]
public sealed class DueRunsJob(DueRuns due, ILogger<DueRunsJob> log) : IJob
{
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

    private static async Task ScheduleAsync(IScheduler scheduler, Run run, CancellationToken cancellationToken)
    {
        var key = new JobKey(run.Id, "evaluation");
        if (await scheduler.Exists(key, cancellationToken)) return;
        var job = JobBuilder.Create<EvaluationJob>().WithIdentity(key).UsingJobData(EvaluationJob.RunKey, run.Id).RequestRecovery().Build();
        await scheduler.ScheduleJob(job, TriggerBuilder.Create().WithIdentity(run.Id, "evaluation").StartNow().Build(), default, cancellationToken);
    }
}
