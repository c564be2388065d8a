using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Domain.Submissions;

/// <summary>Under which named disclosure policy everything computed from a submission leaves the hub.</summary>
public enum DataPolicy
{
    /// <summary>Personal data behind pseudonyms: the full rules.</summary>
    Standard = 1,

    /// <summary>Teaching data: microdata that are already public. Exact numbers may be shown; results pay nothing.</summary>
    OpenData = 2,
}

/// <summary>Where a submission stands in its life.</summary>
public enum SubmissionState
{
    /// <summary>Part of every new snapshot of its project.</summary>
    Live = 1,

    /// <summary>Replaced by a later submission of its owner; in no new snapshot, kept for reproduction until its retention date.</summary>
    Superseded = 2,

    /// <summary>Taken back by its owner; in no new snapshot, kept for reproduction until its retention date.</summary>
    Withdrawn = 3,
}

/// <summary>An object in the lake: bytes under their content hash, written once.</summary>
/// <param name="Sha256">The content's SHA-256, 64 lower-case hexadecimal digits; also the object's name.</param>
/// <param name="Bytes">The content's length.</param>
public sealed record LakeObject(string Sha256, long Bytes);

/// <summary>One accepted delivery of follow-up data. What was sent never changes; how long it is used, and by law whose rows remain, may.</summary>
/// <param name="Id">The hub's identifier, unguessable.</param>
/// <param name="Organisation">Who sent it and owns it.</param>
/// <param name="Project">The project whose key made its pseudonyms.</param>
/// <param name="PeriodLength">The length of its periods.</param>
/// <param name="FirstPeriod">The earliest period covered.</param>
/// <param name="LastPeriod">The latest period covered.</param>
/// <param name="AllowedUses">What its rows may be used for.</param>
/// <param name="Policy">The disclosure policy of everything computed from it.</param>
/// <param name="ContentHash">SHA-256 over manifest and files; the same content is the same submission.</param>
/// <param name="Manifest">The manifest as sent (UTF-8 JSON).</param>
/// <param name="Observations">The observations in the lake, under the hub's own pseudonyms.</param>
/// <param name="ObservationRows">Its rows.</param>
/// <param name="Participations">The participations in the lake, likewise; null when none was sent.</param>
/// <param name="ParticipationRows">Its rows; 0 when none was sent.</param>
/// <param name="Warnings">Findings that did not refuse it.</param>
/// <param name="CommittedAt">When it became durable (UTC).</param>
/// <param name="Sequence">Its place in the order of commits, from 1; assigned by the catalogue.</param>
public sealed record Submission(
    string Id,
    OrganisationId Organisation,
    ProjectId Project,
    PeriodLength PeriodLength,
    Period FirstPeriod,
    Period LastPeriod,
    AllowedUses AllowedUses,
    DataPolicy Policy,
    string ContentHash,
    string Manifest,
    LakeObject Observations,
    long ObservationRows,
    LakeObject? Participations,
    long ParticipationRows,
    IReadOnlyList<Finding> Warnings,
    DateTimeOffset CommittedAt,
    long Sequence)
{
    /// <summary>Where it stands in its life.</summary>
    public SubmissionState State { get; init; } = SubmissionState.Live;

    /// <summary>When it was superseded or withdrawn (UTC); null while it is live.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The identifier of the submission that this one replaces; null when it replaces none.</summary>
    public string? Supersedes { get; init; }

    /// <summary>Which of the submitter's keys made the pseudonyms, 16 hexadecimal digits; null when the manifest names none.</summary>
    public string? PseudonymKeyId { get; init; }

    /// <summary>The last day on which its rows may be kept; null when no such day is set.</summary>
    public DateOnly? RetainUntil { get; init; }

    /// <summary>When its rows were removed for good, on their retention date (UTC); null while the lake has them. It is live no more from then on.</summary>
    public DateTimeOffset? PurgedAt { get; init; }

    /// <summary>Rows that have been erased from its files at their owner's request; the row counts above do not count them.</summary>
    public long ErasedRows { get; init; }

    /// <summary>When rows were last erased from it (UTC); null when none have been.</summary>
    public DateTimeOffset? LastErasedAt { get; init; }

    /// <summary>Aggregates by measure and period (JSON), with which later submissions are compared; null for those taken in before they
    /// were kept.</summary>
    public string? Figures { get; init; }
}
