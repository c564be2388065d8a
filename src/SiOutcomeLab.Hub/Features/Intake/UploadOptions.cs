using SiOutcomeLab.Hub.Configuration;
using SiOutcomeLab.Pipelines.Intake;

namespace SiOutcomeLab.Hub.Features.Intake;

/// <summary>How much may be on its way in at once, and for how long.</summary>
public sealed record UploadOptions
{
    /// <summary>How long an upload stays open, and is remembered after its end.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The most uploads that one organisation may have open at once.</summary>
    public int MaximumOpen { get; init; } = 32;

    /// <summary>The most bytes that one organisation's open uploads may have together.</summary>
    public long MaximumOpenBytes { get; init; } = 8L << 30;

    /// <summary>The most files that are received at the same moment; each takes up to some 16 MiB of memory.</summary>
    public int MaximumStreams { get; init; } = 32;

    /// <summary>The most submissions that are checked at the same moment; others wait for their turn.</summary>
    public int MaximumChecks { get; init; } = 2;

    /// <summary>How often uploads whose time is over are looked for.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Every breach, by key within this section.</summary>
    public IEnumerable<OptionBreach> Breaches()
    {
        if (TimeToLive < TimeSpan.FromMinutes(1)) yield return new("time_to_live", new("ska vara minst 1m.", "must be at least 1m."));
        if (MaximumOpen < 1) yield return new("maximum_open", new("ska vara minst 1.", "must be at least 1."));
        if (MaximumOpenBytes < 1) yield return new("maximum_open_bytes", new("ska vara minst 1.", "must be at least 1."));
        if (MaximumStreams < 1) yield return new("maximum_streams", new("ska vara minst 1.", "must be at least 1."));
        if (MaximumChecks < 1) yield return new("maximum_checks", new("ska vara minst 1.", "must be at least 1."));
        if (SweepInterval < TimeSpan.FromSeconds(1)) yield return new("sweep_interval", new("ska vara minst 1s.", "must be at least 1s."));
    }

    /// <summary>The limits that intake is held to.</summary>
    internal UploadLimits ToLimits(long maximumFileBytes, long spoolBytes) => new()
    {
        MaximumFileBytes = maximumFileBytes,
        SpoolBytes = spoolBytes,
        TimeToLive = TimeToLive,
        MaximumOpen = MaximumOpen,
        MaximumOpenBytes = MaximumOpenBytes,
        MaximumStreams = MaximumStreams,
        MaximumChecks = MaximumChecks,
        SweepInterval = SweepInterval,
    };
}
