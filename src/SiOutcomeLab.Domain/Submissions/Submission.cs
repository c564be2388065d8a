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

/// <summary>An object in the lake: bytes under their content hash, written once.</summary>
/// <param name="Sha256">The content's SHA-256, 64 lower-case hexadecimal digits; also the object's name.</param>
/// <param name="Bytes">The content's length.</param>
public sealed record LakeObject(string Sha256, long Bytes);

/// <summary>One accepted delivery of follow-up data; immutable once committed.</summary>
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
/// <param name="Observations">The observations file in the lake.</param>
/// <param name="ObservationRows">Its rows.</param>
/// <param name="Participations">The participations file in the lake; null when none was sent.</param>
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
    long Sequence);
