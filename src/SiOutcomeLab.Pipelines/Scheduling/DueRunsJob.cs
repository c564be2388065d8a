using Microsoft.Extensions.Logging;
using Quartz;
using SiOutcomeLab.Domain.Runs;

namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>The recurring job that puts what is due and missing into the scheduler.</summary>
[DisallowConcurrentExecution]
public sealed class DueRunsJob(DueRuns due, ILogger<DueRunsJob> log) : IJob
{
    internal static readonly JobKey Key = new("due-runs", "evaluation-schedule");

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
        var key = new JobKey(run.Id, EvaluationJob.Group);
        if (await scheduler.Exists(key, cancellationToken)) return;
        var job = JobBuilder.Create<EvaluationJob>().WithIdentity(key).UsingJobData(EvaluationJob.RunKey, run.Id).RequestRecovery().Build();
        var trigger = TriggerBuilder.Create()
            .WithIdentity(run.Id, EvaluationJob.Group)
            .WithExecutionGroup(EvaluationJob.Group)
            .StartAt(TurnOf(run))
            .WithSimpleSchedule(s => s.WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires))
            .Build();
        await scheduler.ScheduleJob(job, trigger, default, cancellationToken);
    }

    // The scheduler fires first what should have fired first. A run's place in the line is told as a time long past: by cause, and then by
    // when it was queued. That it is past is no misfire.
    private static DateTimeOffset TurnOf(Run run) => run.QueuedAt.AddYears(-90 + (30 * ((int)run.Cause - 1)));
}
