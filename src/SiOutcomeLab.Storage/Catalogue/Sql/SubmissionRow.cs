using System.Text.Json;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>A submission as the catalogue keeps it; column and property names differ only in case and underscores.</summary>
internal sealed class SubmissionRow
{
    /// <summary>The columns, each under its property's name.</summary>
    public const string Columns = """
        sequence AS Sequence, id AS Id, organisation AS Organisation, project AS Project, period_length AS PeriodLength,
        first_period AS FirstPeriod, last_period AS LastPeriod, first_month AS FirstMonth, last_month AS LastMonth,
        allowed_uses AS AllowedUses, policy AS Policy, content_hash AS ContentHash, manifest AS Manifest,
        observations_sha256 AS ObservationsSha256, observations_bytes AS ObservationsBytes, observation_rows AS ObservationRows,
        participations_sha256 AS ParticipationsSha256, participations_bytes AS ParticipationsBytes, participation_rows AS ParticipationRows,
        warnings AS Warnings, committed_at AS CommittedAt, state AS State, ended_at AS EndedAt, supersedes AS Supersedes,
        pseudonym_key AS PseudonymKey, retain_until AS RetainUntil, purged_at AS PurgedAt, erased_rows AS ErasedRows,
        last_erased_at AS LastErasedAt, figures AS Figures
        """;

    public const string Insert = """
        INSERT INTO submission (
            sequence, id, organisation, project, period_length, first_period, last_period, first_month, last_month, allowed_uses, policy,
            content_hash, manifest, observations_sha256, observations_bytes, observation_rows, participations_sha256, participations_bytes,
            participation_rows, warnings, committed_at, state, supersedes, pseudonym_key, retain_until, erased_rows, figures, receipt)
        VALUES (
            @Sequence, @Id, @Organisation, @Project, @PeriodLength, @FirstPeriod, @LastPeriod, @FirstMonth, @LastMonth,
            @AllowedUses, @Policy,
            @ContentHash, @Manifest, @ObservationsSha256, @ObservationsBytes, @ObservationRows, @ParticipationsSha256, @ParticipationsBytes,
            @ParticipationRows, @Warnings, @CommittedAt, @State, @Supersedes, @PseudonymKey, @RetainUntil, @ErasedRows, @Figures, @Receipt)
        """;

    public long Sequence { get; init; }

    public string Id { get; init; } = string.Empty;

    public string Organisation { get; init; } = string.Empty;

    public string Project { get; init; } = string.Empty;

    public long PeriodLength { get; init; }

    public string FirstPeriod { get; init; } = string.Empty;

    public string LastPeriod { get; init; } = string.Empty;

    public long FirstMonth { get; init; }

    public long LastMonth { get; init; }

    public long AllowedUses { get; init; }

    public long Policy { get; init; }

    public string ContentHash { get; init; } = string.Empty;

    public string Manifest { get; init; } = string.Empty;

    public string ObservationsSha256 { get; init; } = string.Empty;

    public long ObservationsBytes { get; init; }

    public long ObservationRows { get; init; }

    public string? ParticipationsSha256 { get; init; }

    public long? ParticipationsBytes { get; init; }

    public long ParticipationRows { get; init; }

    public string Warnings { get; init; } = string.Empty;

    public string CommittedAt { get; init; } = string.Empty;

    public long State { get; init; }

    public string? EndedAt { get; init; }

    public string? Supersedes { get; init; }

    public string? PseudonymKey { get; init; }

    public string? RetainUntil { get; init; }

    public string? PurgedAt { get; init; }

    public long ErasedRows { get; init; }

    public string? LastErasedAt { get; init; }

    public string? Figures { get; init; }

    /// <summary>Written with the row, and read by a question of its own.</summary>
    public byte[]? Receipt { get; init; }

    public static SubmissionRow Of(Submission s, long sequence, byte[]? receipt) => new()
    {
        Sequence = sequence,
        Id = s.Id,
        Organisation = s.Organisation.Code,
        Project = s.Project.Code,
        PeriodLength = (long)s.PeriodLength,
        FirstPeriod = s.FirstPeriod.ToString(),
        LastPeriod = s.LastPeriod.ToString(),
        FirstMonth = (long)s.FirstPeriod.Ordinal * (long)s.FirstPeriod.Length,
        LastMonth = (((long)s.LastPeriod.Ordinal + 1) * (long)s.LastPeriod.Length) - 1,
        AllowedUses = (long)s.AllowedUses,
        Policy = (long)s.Policy,
        ContentHash = s.ContentHash,
        Manifest = s.Manifest,
        ObservationsSha256 = s.Observations.Sha256,
        ObservationsBytes = s.Observations.Bytes,
        ObservationRows = s.ObservationRows,
        ParticipationsSha256 = s.Participations?.Sha256,
        ParticipationsBytes = s.Participations?.Bytes,
        ParticipationRows = s.ParticipationRows,
        Warnings = JsonSerializer.Serialize(s.Warnings, DomainJson.Options),
        CommittedAt = StoredTime.Write(s.CommittedAt),
        State = (long)SubmissionState.Live,
        Supersedes = s.Supersedes,
        PseudonymKey = s.PseudonymKeyId,
        RetainUntil = s.RetainUntil is { } until ? StoredTime.Write(until) : null,
        ErasedRows = s.ErasedRows,
        Figures = s.Figures,
        Receipt = receipt,
    };

    public Submission ToSubmission() => new(
        Id,
        new OrganisationId(Organisation),
        new ProjectId(Project),
        (PeriodLength)PeriodLength,
        ReadPeriod(FirstPeriod),
        ReadPeriod(LastPeriod),
        (AllowedUses)AllowedUses,
        (DataPolicy)Policy,
        ContentHash,
        Manifest,
        new LakeObject(ObservationsSha256, ObservationsBytes),
        ObservationRows,
        ParticipationsSha256 is null ? null : new LakeObject(ParticipationsSha256, ParticipationsBytes ?? 0),
        ParticipationRows,
        Warnings == "[]" ? [] : JsonSerializer.Deserialize<IReadOnlyList<Finding>>(Warnings, DomainJson.Options) ?? [],
        StoredTime.Read(CommittedAt),
        Sequence)
    {
        State = (SubmissionState)State,
        EndedAt = EndedAt is null ? null : StoredTime.Read(EndedAt),
        Supersedes = Supersedes,
        PseudonymKeyId = PseudonymKey,
        RetainUntil = RetainUntil is null ? null : StoredTime.ReadDay(RetainUntil),
        PurgedAt = PurgedAt is null ? null : StoredTime.Read(PurgedAt),
        ErasedRows = ErasedRows,
        LastErasedAt = LastErasedAt is null ? null : StoredTime.Read(LastErasedAt),
        Figures = Figures,
    };

    public static Period ReadPeriod(string text) => Period.TryParse(text, out var period)
        ? period
        : throw new InvalidDataException($"The catalogue holds the period '{text}', which is none; restore the catalogue from backup.");
}
