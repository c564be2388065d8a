namespace SiOutcomeLab.Storage.Disk;

/// <summary>
/// Runs a flush on a thread of its own: a slow disk may hold it for seconds, and twenty uploads flushing at once would leave the pool
/// without threads for everybody else's calls. Starting a thread costs a thousandth of a flush.
/// </summary>
internal static class OffThePool
{
    public static Task RunAsync(Action flush) =>
        Task.Factory.StartNew(flush, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
