using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract;

/// <summary>What a check found.</summary>
/// <param name="Findings">By part, then in the rule table's order; never a row's values.</param>
/// <param name="ObservationRows">Rows in the observations file; 0 when it could not be opened.</param>
/// <param name="ParticipationRows">Rows in the participations file; 0 when there is none or it could not be opened.</param>
/// <param name="Persons">Distinct persons observed.</param>
public sealed record CheckResult(IReadOnlyList<Finding> Findings, long ObservationRows, long ParticipationRows, long Persons)
{
    /// <summary>True when nothing refuses the submission; warnings do not.</summary>
    public bool Accepted => Findings.All(f => f.Severity != Severity.Error);

    /// <summary>
    /// The canonical hash of the observations' rows, 64 lower-case hexadecimal digits: the same for the same columns, types and rows in the
    /// same order, however the file encodes them. Null when the file could not be read whole or has columns that the contract refuses.
    /// </summary>
    public string? ObservationsHash { get; init; }

    /// <summary>The canonical hash of the participations' rows, likewise; null also when there are none.</summary>
    public string? ParticipationsHash { get; init; }

    /// <summary>
    /// The observations in figures, to be kept and held against later submissions; null when the file could not be read whole or has no
    /// usable periods.
    /// </summary>
    public SubmissionFigures? Figures { get; init; }

    /// <summary>Bytes of row keys that went to scratch files, for those who set <see cref="CheckLimits.KeyMemoryBytes"/>.</summary>
    public long SpilledBytes { get; init; }
}
