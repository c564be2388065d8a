namespace SiOutcomeLab.ParquetFuzz.Running;

/// <summary>Ends the process with the case's name when one case takes far too long: a hang cannot be caught from within.</summary>
internal sealed class Watchdog : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Timer _timer;
    private string _current = "";

    public Watchdog() => _timer = new Timer(
        _ => Environment.FailFast($"hang in {_current}"), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Begin(string name)
    {
        _current = name;
        _timer.Change(Patience, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();
}
