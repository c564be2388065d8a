namespace SiOutcomeLab.Cli.Pushing;

/// <summary>Pauses between attempts: doubled each time, and drawn between half and the whole of that.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, int seed)
{
    private readonly Random _jitter = new(seed);
    private int _failures;

    /// <summary>The next pause; between half of the first and the longest.</summary>
    public TimeSpan Next()
    {
        var whole = Math.Min(longest.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Min(_failures++, 30)));
        return TimeSpan.FromSeconds(whole * (0.5 + (0.5 * _jitter.NextDouble())));
    }

    /// <summary>Begins anew: something has arrived.</summary>
    public void Reset() => _failures = 0;
}
