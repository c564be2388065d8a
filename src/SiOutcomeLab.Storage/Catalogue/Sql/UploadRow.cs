using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>An upload as the catalogue keeps it.</summary>
internal sealed class UploadRow
{
    public const string Columns = """
        id AS Id, organisation AS Organisation, project AS Project, content_hash AS ContentHash, manifest AS Manifest,
        declared_bytes AS DeclaredBytes, state AS State, epoch AS Epoch, wrapped_key AS WrappedKey, created_at AS CreatedAt,
        expires_at AS ExpiresAt, submission_id AS SubmissionId, outcome AS Outcome
        """;

    public const string Insert = """
        INSERT INTO upload (
            id, organisation, project, content_hash, manifest, declared_bytes, state, epoch, wrapped_key, created_at, expires_at)
        VALUES (
            @Id, @Organisation, @Project, @ContentHash, @Manifest, @DeclaredBytes, @State, @Epoch, @WrappedKey, @CreatedAt, @ExpiresAt)
        """;

    public string Id { get; init; } = string.Empty;

    public string Organisation { get; init; } = string.Empty;

    public string Project { get; init; } = string.Empty;

    public string ContentHash { get; init; } = string.Empty;

    public string Manifest { get; init; } = string.Empty;

    public long DeclaredBytes { get; init; }

    public long State { get; init; }

    public long Epoch { get; init; }

    public byte[]? WrappedKey { get; init; }

    public string CreatedAt { get; init; } = string.Empty;

    public string ExpiresAt { get; init; } = string.Empty;

    public string? SubmissionId { get; init; }

    public byte[]? Outcome { get; init; }

    public static UploadRow Of(Upload u) => new()
    {
        Id = u.Id,
        Organisation = u.Organisation.Code,
        Project = u.Project.Code,
        ContentHash = u.ContentHash,
        Manifest = u.Manifest,
        DeclaredBytes = u.DeclaredBytes,
        State = (long)UploadState.Open,
        Epoch = 0,
        WrappedKey = u.WrappedKey.ToArray(),
        CreatedAt = StoredTime.Write(u.CreatedAt),
        ExpiresAt = StoredTime.Write(u.ExpiresAt),
    };

    public Upload ToUpload() => new(
        Id,
        new OrganisationId(Organisation),
        new ProjectId(Project),
        ContentHash,
        Manifest,
        DeclaredBytes,
        WrappedKey ?? [],
        StoredTime.Read(CreatedAt),
        StoredTime.Read(ExpiresAt))
    {
        State = (UploadState)State,
        Epoch = Epoch,
        SubmissionId = SubmissionId,
        Outcome = Outcome ?? [],
    };
}
