using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SiOutcomeLab.Pipelines.Custody;

namespace SiOutcomeLab.Hub.Features.Custody;

/// <summary>Removes what may be kept no longer: at the hub's start, and every hour after that.</summary>
internal sealed partial class CustodySweeper(RetentionSweep sweep, TimeProvider time, ILogger<CustodySweeper> log) : BackgroundService
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

    [LoggerMessage(EventId = 3102, EventName = "RetentionFailed", Level = LogLevel.Error, Message = "Removing what may be kept no longer failed; it is tried again in an hour.")]
    private partial void Failed(Exception exception);
}
