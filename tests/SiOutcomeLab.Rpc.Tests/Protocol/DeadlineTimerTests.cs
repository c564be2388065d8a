using SiOutcomeLab.Rpc.Protocol;

namespace SiOutcomeLab.Rpc.Tests.Protocol;

public sealed class DeadlineTimerTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(23)]
    [InlineData(30)]
    [InlineData(1157.4)]
    public void Deadline_DaysAhead_FiresOnceAndNotBefore(double days)
    {
        var time = new SteppedTime();
        var fired = 0;
        using var timer = new DeadlineTimer(time.GetUtcNow().UtcDateTime.AddDays(days), time, () => fired++);
        time.Advance(TimeSpan.FromDays(days) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, fired);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, fired);
        time.Advance(TimeSpan.FromDays(100));
        Assert.Equal(1, fired);
        Assert.False(timer.Stop());
    }

    [Fact]
    public void Stop_BeforeTheDeadline_KeepsItFromFiring()
    {
        var time = new SteppedTime();
        var fired = 0;
        using var timer = new DeadlineTimer(time.GetUtcNow().UtcDateTime.AddSeconds(1), time, () => fired++);
        Assert.True(timer.Stop());
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, fired);
    }

    /// <summary>A clock that only moves when told, running timers on the way.</summary>
    private sealed class SteppedTime : TimeProvider
    {
        private readonly List<StepTimer> _timers = [];
        private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new StepTimer(this, () => callback(state));
            timer.Change(dueTime, period);
            _timers.Add(timer);
            return timer;
        }

        public void Advance(TimeSpan by)
        {
            var until = _now + by;
            while (_timers.Where(t => t.Due <= until).MinBy(t => t.Due) is { } next)
            {
                _now = next.Due > _now ? next.Due.Value : _now;
                next.Fire();
            }

            _now = until;
        }

        private sealed class StepTimer(SteppedTime time, Action callback) : ITimer
        {
            public DateTimeOffset? Due { get; private set; }

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                // The longest wait that the system's own timers take.
                Assert.True(dueTime.TotalMilliseconds < uint.MaxValue - 1);
                Due = time._now + dueTime;
                return true;
            }

            public void Fire()
            {
                Due = null;
                callback();
            }

            public void Dispose() => Due = null;

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
