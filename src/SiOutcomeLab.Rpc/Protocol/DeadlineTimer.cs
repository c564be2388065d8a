namespace SiOutcomeLab.Rpc.Protocol;

/// <summary>Runs an action once when a deadline passes, also one that lies beyond what a timer can hold (about 49 days).</summary>
internal sealed class DeadlineTimer : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(24);

    private readonly DateTime _deadline;
    private readonly TimeProvider _time;
    private readonly Action _onDeadline;
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private bool _done;

    /// <param name="deadline">UTC.</param>
    /// <param name="time">Clock and timers.</param>
    /// <param name="onDeadline">Runs on a timer thread; must not throw.</param>
    public DeadlineTimer(DateTime deadline, TimeProvider time, Action onDeadline)
    {
        _deadline = deadline;
        _time = time;
        _onDeadline = onDeadline;
        lock (_gate)
        {
            _timer = time.CreateTimer(static state => ((DeadlineTimer)state!).Tick(), this, NextWait(), Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => Stop();

    /// <summary>Stops the timer; false when the action has run or is running, so that what it uses must be left alone.</summary>
    public bool Stop()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
            return !_done && (_done = true);
        }
    }

    private TimeSpan NextWait()
    {
        var left = _deadline - _time.GetUtcNow().UtcDateTime;
        // Rounded up to a whole millisecond, or a timer would fire just before the deadline and run again.
        return left <= TimeSpan.Zero ? TimeSpan.Zero
            : left > LongestWait ? LongestWait
            : TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
    }

    private void Tick()
    {
        lock (_gate)
        {
            if (_done) return;
            var wait = NextWait();
            if (wait > TimeSpan.Zero)
            {
                _timer?.Change(wait, Timeout.InfiniteTimeSpan);
                return;
            }

            _done = true;
        }

        _onDeadline();
    }
}
