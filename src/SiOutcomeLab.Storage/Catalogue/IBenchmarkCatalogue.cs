using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Benchmarks;
using SiOutcomeLab.Domain.Benchmarks;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>Benchmarks: what they rest on, their results inside, their releases outside.</summary>
public interface IBenchmarkCatalogue : IBenchmarkReleases
{
    /// <summary>
    /// The latest versions of plans with the latest look that a run has succeeded at, by plan: what benchmarks rest on.
    /// </summary>
    Task<IReadOnlyList<CurrentLook>> CurrentLooksAsync(CancellationToken cancellationToken);

    /// <summary>What the current benchmark of a key rests on; null when there is none yet.</summary>
    Task<BenchmarkStamp?> CurrentAsync(BenchmarkKey key, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a benchmark with its release and keeps its snapshot's list, in one transaction, and makes it the key's current one unless
    /// the current one rests on a newer run.
    /// </summary>
    /// <param name="stored">The benchmark.</param>
    /// <param name="cancellationToken">Stops before the transaction is committed.</param>
    /// <returns>False, with nothing changed, when the benchmark of the same inputs is already there.</returns>
    Task<bool> StoreAsync(StoredBenchmark stored, CancellationToken cancellationToken);

    /// <summary>The stored full-precision benchmark, or null. Never read by anything that faces readers.</summary>
    Task<byte[]?> ResultAsync(string name, CancellationToken cancellationToken);
}

/// <summary>The one door through which readers reach benchmarks.</summary>
public interface IBenchmarkReleases
{
    /// <summary>The benchmark with this name if the audience may see it; null otherwise, whether it exists or not.</summary>
    Task<Released<ReleasedBenchmark>?> FindAsync(string name, Audience audience, CancellationToken cancellationToken);

    /// <summary>Current benchmarks the audience may see, ordered by name, after a name, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<Released<ReleasedBenchmark>>> ListAsync(
        BenchmarkFilter filter, Audience audience, string? afterName, int limit, CancellationToken cancellationToken);

    /// <summary>What has become of the data that benchmarks rest on since they were computed, by name; none for one without data.</summary>
    Task<IReadOnlyDictionary<string, DataStanding>> StandingAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken);
}

/// <summary>Which benchmarks a reader asks for; a null part does not restrict.</summary>
/// <param name="Method">The method.</param>
/// <param name="Measure">The measure's code.</param>
/// <param name="HorizonPeriods">Periods from the start to the outcome.</param>
public sealed record BenchmarkFilter(string? Method, string? Measure, int? HorizonPeriods = null);

/// <summary>A plan's latest look that a run has succeeded at.</summary>
/// <param name="Registered">The plan's latest version.</param>
/// <param name="Method">The method of its intervention.</param>
/// <param name="Look">The look.</param>
/// <param name="RunId">The run.</param>
/// <param name="RunSequence">The run's place in the order of runs.</param>
public sealed record CurrentLook(RegisteredPlan Registered, string Method, int Look, string RunId, long RunSequence);

/// <summary>What a stored benchmark rests on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="RunsHash">Hash of its plans, looks and runs.</param>
/// <param name="SnapshotHash">Hash of its snapshot.</param>
public sealed record BenchmarkStamp(string Name, string RunsHash, string SnapshotHash);

/// <summary>A benchmark to store.</summary>
/// <param name="Key">What it is of.</param>
/// <param name="Stamp">What it rests on.</param>
/// <param name="NewestRun">The largest sequence among its runs.</param>
/// <param name="Snapshot">Its snapshot.</param>
/// <param name="Result">At full precision, encoded.</param>
/// <param name="Release">What passed the gate.</param>
/// <param name="ComputedAt">When (UTC).</param>
public sealed record StoredBenchmark(
    BenchmarkKey Key,
    BenchmarkStamp Stamp,
    long NewestRun,
    Snapshot Snapshot,
    ReadOnlyMemory<byte> Result,
    Released<ReleasedBenchmark> Release,
    DateTimeOffset ComputedAt);
