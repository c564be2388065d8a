using SiOutcomeLab.Domain.Identity;
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

    /// <summary>How much is held in memory at most.</summary>
    public CheckLimits Limits { get; init; } = CheckLimits.Default;
}

/// <summary>
/// Bounds on a check's memory. Beside the file reader's buffers a check holds about 100 bytes per person (pseudonym and one bit per
/// period) and about 40 bytes per participation, whatever the number of rows.
/// </summary>
public sealed record CheckLimits
{
    /// <summary>The defaults: two million persons, four million participations, the reader's own defaults.</summary>
    public static CheckLimits Default { get; } = new();

    /// <summary>Most persons in a submission; positive.</summary>
    public int MaxPersons { get; init; } = 2_000_000;

    /// <summary>Most participations in a submission; positive.</summary>
    public int MaxParticipations { get; init; } = 4_000_000;

    /// <summary>Limits of the Parquet reader.</summary>
    public ParquetReaderOptions Reader { get; init; } = ParquetReaderOptions.Default;
}
