using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>
/// Takes up again what the scheduler has set aside. A trigger whose job it could not read or make, as when its database goes away at that
/// moment, it leaves in its state of error and never fires again: a run would stay due for ever, and with the recurring triggers so would
/// everything. What it has reserved or holds back without cause it takes up by itself.
/// </summary>
/// <remarks>Beside the scheduler and not one of its jobs, which could be set aside as well. Every hub watches; two that do are harmless.</remarks>
internal sealed class ScheduleWatch(ISchedulerFactory schedulers, TimeSpan interval, TimeProvider time, ILogger<ScheduleWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.ScheduleWatchFailed(log, e);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        foreach (var trigger in await scheduler.ResetTriggersFromErrorState(GroupMatcher<TriggerKey>.AnyGroup(), cancellationToken))
        {
            Log.TriggerTakenUp(log, trigger.Group, trigger.Name);
        }
    }
}
