namespace SiOutcomeLab.Cli.Pushing;

/// <summary>How a push meets trouble on the way.</summary>
internal sealed record PushSettings
{
    /// <summary>How long nothing more may arrive before the push gives up. Bytes that the hub has made durable count as progress.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The longest that one call which sends a file may take; what it has brought by then stays.</summary>
    public TimeSpan SendLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest that one call may wait for the check; the check goes on, and the next call joins it.</summary>
    public TimeSpan CheckLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest that any other call may take.</summary>
    public TimeSpan CallLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The first pause after a failure; each later one is twice as long, until something arrives.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(0.25);

    /// <summary>The longest pause.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of a chunk; what a hub takes at most. Larger ones cost both ends less (see the upload benchmark).</summary>
    public int ChunkBytes { get; init; } = 1024 * 1024;

    /// <summary>Draws the jitter of pauses: a thousand senders that one restart of the hub has cut must not all come back at once.</summary>
    public int Seed { get; init; } = Environment.ProcessId;
}
