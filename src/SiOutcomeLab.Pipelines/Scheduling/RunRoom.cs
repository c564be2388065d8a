namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>
/// The room that a hub has for runs: one always, a further one beside it only while memory is not short. How many there are at most is the
/// scheduler's limit; what they share of the follow-up is bounded by itself.
/// </summary>
/// <param name="isMemoryShort">Whether the machine, or the hub's share of it, is nearly out of memory.</param>
/// <param name="time">The clock.</param>
public sealed class RunRoom(Func<bool> isMemoryShort, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private int _inside;

    /// <summary>As the runtime sees it: the load above which it collects garbage hard.</summary>
    public static bool IsMemoryShort()
    {
        var memory = GC.GetGCMemoryInfo();
        return memory.HighMemoryLoadThresholdBytes > 0 && memory.MemoryLoadBytes > memory.HighMemoryLoadThresholdBytes;
    }

    /// <summary>Waits for room, and takes it until disposed of.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        while (!TryEnter()) await Task.Delay(Interval, time, cancellationToken);
        return new Place(this);
    }

    private bool TryEnter()
    {
        lock (_lock)
        {
            if (_inside > 0 && isMemoryShort()) return false;
            _inside++;
            return true;
        }
    }

    private sealed class Place(RunRoom room) : IDisposable
    {
        private int _isLeft;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isLeft, 1) != 0) return;
            lock (room._lock) room._inside--;
        }
    }
}
