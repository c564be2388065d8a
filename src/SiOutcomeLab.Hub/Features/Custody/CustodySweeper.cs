using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SiOutcomeLab.Pipelines.Custody;

namespace SiOutcomeLab.Hub.Features.Custody;

/// <summary>Removes what may be kept no longer, and what a crash has left in the lake: at the hub's start, and every hour after that.</summary>
internal sealed partial class CustodySweeper(RetentionSweep sweep, LakeGate gate, TimeProvider time, ILogger<CustodySweeper> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                var removed = await sweep.RunAsync(stoppingToken);
                if (removed > 0) Purged(removed);
                var orphans = await gate.SweepAsync(stoppingToken);
                if (orphans > 0) Swept(orphans);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Failed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(EventId = 3101, EventName = "RetentionPurged", Level = LogLevel.Information, Message = "{Count} submissions had passed their retention date; their rows are removed.")]
    private partial void Purged(int count);

    [LoggerMessage(EventId = 3103, EventName = "OrphansSwept", Level = LogLevel.Information, Message = "{Count} objects of the lake that no submission names are removed.")]
    private partial void Swept(int count);

    [LoggerMessage(EventId = 3102, EventName = "RetentionFailed", Level = LogLevel.Error, Message = "Removing what may be kept no longer failed; it is tried again in an hour.")]
    private partial void Failed(Exception exception);
}
