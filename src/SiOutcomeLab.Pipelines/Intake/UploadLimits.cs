namespace SiOutcomeLab.Pipelines.Intake;

/// <summary>How much may be on its way in at once, and for how long.</summary>
public sealed record UploadLimits
{
    /// <summary>The largest file of a submission, in bytes; positive.</summary>
    public long MaximumFileBytes { get; init; } = 2L << 30;

    /// <summary>The most bytes that all open uploads together may declare; positive.</summary>
    public long SpoolBytes { get; init; } = 8L << 30;

    /// <summary>The most uploads that one organisation may have open; positive.</summary>
    public int MaximumOpen { get; init; } = 32;

    /// <summary>The most bytes that one organisation's open uploads may declare together; positive.</summary>
    public long MaximumOpenBytes { get; init; } = 8L << 30;

    /// <summary>How long an upload stays open, and is remembered after its end.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Files that may be received at the same moment; positive. Each holds about one chunk and one flow-control window.</summary>
    public int MaximumStreams { get; init; } = 32;

    /// <summary>Submissions that are checked at the same moment; positive. Others wait for their turn.</summary>
    public int MaximumChecks { get; init; } = 2;

    /// <summary>How often uploads whose time is over are looked for.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromMinutes(1);
}
