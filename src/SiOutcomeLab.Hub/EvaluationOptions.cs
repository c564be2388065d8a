using System.Globalization;
using SiOutcomeLab.Hub.Configuration;

namespace SiOutcomeLab.Hub;

/// <summary>What evaluations may use of the machine.</summary>
public sealed record EvaluationOptions
{
    /// <summary>
    /// The most memory that follow-up read from the lake may take, in bytes; shared by all runs. A project that fits is read once for all its
    /// plans; of one that does not, each plan reads its own part.
    /// </summary>
    public long MemoryBytes { get; init; } = 2L << 30;

    /// <summary>Threads that read follow-up; the results do not depend on it.</summary>
    public int ReadThreads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>The most evaluations that this hub works on at once; fewer while memory is short.</summary>
    public int ConcurrentRuns { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 8);

    /// <summary>When, by Swedish clocks, results are made again whose data have been replaced, taken back or erased: <c>HH:mm</c>.</summary>
    public string NightlyAt { get; init; } = "02:30";

    /// <summary>Every breach, by key.</summary>
    public IEnumerable<OptionBreach> Breaches()
    {
        if (MemoryBytes < 1 << 20) yield return new("memory_bytes", new("ska vara minst 1048576.", "must be at least 1048576."));
        if (ReadThreads is < 1 or > 64) yield return new("read_threads", new("ska vara 1–64.", "must be 1–64."));
        if (ConcurrentRuns is < 1 or > 64) yield return new("concurrent_runs", new("ska vara 1–64.", "must be 1–64."));
        if (Night() is null) yield return new("nightly_at", new("ska vara ett klockslag, t.ex. 02:30.", "must be a time of day, e.g. 02:30."));
    }

    /// <summary><see cref="NightlyAt"/> as a time of day; null when it is none.</summary>
    internal TimeOnly? Night() =>
        TimeOnly.TryParseExact(NightlyAt, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null;
}
