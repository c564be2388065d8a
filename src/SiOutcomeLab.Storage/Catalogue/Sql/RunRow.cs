using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Runs;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>A run as the catalogue keeps it.</summary>
internal sealed class RunRow
{
    public const string Columns = """
        sequence AS Sequence, id AS Id, plan_id AS PlanId, plan_version AS PlanVersion, organisation AS Organisation,
        snapshot_hash AS SnapshotHash, look AS Look, state AS State, stage AS Stage, epoch AS Epoch, error AS Error,
        queued_at AS QueuedAt, finished_at AS FinishedAt, attempts AS Attempts, next_try_at AS NextTryAt, cause AS Cause
        """;

    public const string Insert = """
        INSERT INTO run (
            sequence, id, plan_id, plan_version, organisation, snapshot_hash, look, state, stage, epoch, error, queued_at, finished_at, cause)
        VALUES (
            @Sequence, @Id, @PlanId, @PlanVersion, @Organisation, @SnapshotHash, @Look, @State, @Stage, @Epoch, @Error,
            @QueuedAt, @FinishedAt, @Cause)
        """;

    public long Sequence { get; init; }

    public string Id { get; init; } = string.Empty;

    public string PlanId { get; init; } = string.Empty;

    public long PlanVersion { get; init; }

    public string Organisation { get; init; } = string.Empty;

    public string SnapshotHash { get; init; } = string.Empty;

    public long Look { get; init; }

    public long State { get; init; }

    public long Stage { get; init; }

    public long Epoch { get; init; }

    public string? Error { get; init; }

    public string QueuedAt { get; init; } = string.Empty;

    public string? FinishedAt { get; init; }

    public long Attempts { get; init; }

    public string? NextTryAt { get; init; }

    public long Cause { get; init; }

    public Run ToRun() => new(
        Id,
        PlanId,
        (int)PlanVersion,
        new OrganisationId(Organisation),
        SnapshotHash,
        (int)Look,
        (RunState)State,
        (RunStage)Stage,
        Epoch,
        Error,
        StoredTime.Read(QueuedAt),
        FinishedAt is null ? null : StoredTime.Read(FinishedAt))
    {
        Attempts = (int)Attempts,
        NextTryAt = NextTryAt is null ? null : StoredTime.Read(NextTryAt),
        Cause = (RunCause)Cause,
    };
}
