using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>What a check must know beside the submission itself.</summary>
/// <param name="Caller">Who sends, as the door has established it; at the municipality, its own code.</param>
/// <param name="RegisteredInterventions">The interventions that the caller has registered.</param>
public sealed record CheckContext(OrganisationId Caller, IReadOnlySet<InterventionCode> RegisteredInterventions)
{
    /// <summary>
    /// The id of the key that the project's pseudonyms are made with (<see cref="ProjectKey.Id"/>); null when none is known yet, and
    /// then any is taken. A manifest that names another, or none, is refused.
    /// </summary>
    public string? PseudonymKey { get; init; }

    /// <summary>How much is held in memory at most, and how many threads work.</summary>
    public CheckLimits Limits { get; init; } = CheckLimits.Default;

    /// <summary>An existing folder for scratch files, see <see cref="CheckScratch"/>; the system's own for temporary files by
    /// default.</summary>
    public string Scratch { get; init; } = Path.GetTempPath();

    /// <summary>
    /// Whether the files' lengths and SHA-256 have been held against the manifest already, so that the check need not read the files
    /// once more for it.
    /// </summary>
    public bool FilesAreVerified { get; init; }

    /// <summary>
    /// Figures of the organisation's earlier live submissions to the project, for the soft rules; none by default, and then periods are held
    /// against each other only.
    /// </summary>
    public IReadOnlyList<SubmissionFigures> Earlier { get; init; } = [];

    /// <summary>
    /// Gives the taker of a file's rows, or null when nobody takes them. Not asked, or abandoned midway, once an error was found.
    /// </summary>
    public Func<SubmissionPart, IBlockSink?>? Sink { get; init; }
}

/// <summary>
/// Bounds on a check. Memory is, whatever is sent: for each column of the contract about a megabyte of rows, one page and its compressed
/// form (<see cref="ParquetReaderOptions.MaxPageBytes"/>); and about twice <see cref="KeyMemoryBytes"/>.
/// </summary>
public sealed record CheckLimits
{
    /// <summary>The defaults.</summary>
    public static CheckLimits Default { get; } = new();

    /// <summary>
    /// Bytes of row keys (24 an observation, 32 a participation) that are held in memory before the rest goes to a scratch file; 32 MB.
    /// </summary>
    public long KeyMemoryBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Threads that work on a file; the machine's, at most four. Findings and hashes do not depend on it.</summary>
    public int Threads { get; init; } = Math.Min(Environment.ProcessorCount, 4);

    /// <summary>Limits of the Parquet reader.</summary>
    public ParquetReaderOptions Reader { get; init; } = ParquetReaderOptions.Default;
}
