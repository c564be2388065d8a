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

    /// <summary>Every breach, by key.</summary>
    public IEnumerable<OptionBreach> Breaches()
    {
        if (MemoryBytes < 1 << 20) yield return new("memory_bytes", new("ska vara minst 1048576.", "must be at least 1048576."));
        if (ReadThreads is < 1 or > 64) yield return new("read_threads", new("ska vara 1–64.", "must be 1–64."));
    }
}
