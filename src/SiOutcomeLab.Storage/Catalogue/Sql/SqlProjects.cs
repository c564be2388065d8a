using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <inheritdoc cref="IProjectCatalogue"/>
internal sealed class SqlProjects(ICatalogueDatabase database) : IProjectCatalogue
{
    private const string Columns =
        "code AS Code, is_pinned AS IsPinned, pseudonym_key AS PseudonymKey, wrapped_person_key AS WrappedPersonKey";

    /// <summary>Settles the submitters' key with the project's first submission, and holds every later one to it.</summary>
    /// <exception cref="PseudonymKeyException">Another key is settled.</exception>
    public static async Task PinAsync(CatalogueWrite write, ProjectId project, string? keyId)
    {
        const string Sql = """
            INSERT INTO project (code, is_pinned, pseudonym_key) VALUES (@code, 1, @keyId)
            ON CONFLICT (code) DO UPDATE SET
                pseudonym_key = CASE WHEN project.is_pinned = 1 THEN project.pseudonym_key ELSE excluded.pseudonym_key END,
                is_pinned = 1
            RETURNING pseudonym_key
            """;
        var pinned = await write.FirstOrDefaultAsync<string>(Sql, new { code = project.Code, keyId });
        if (pinned != keyId) throw new PseudonymKeyException(project, pinned);
    }

    public async Task<ProjectRecord?> FindAsync(ProjectId project, CancellationToken cancellationToken) =>
        (await database.FirstOrDefaultAsync<Row>(
            $"SELECT {Columns} FROM project WHERE code = @code", new { code = project.Code }, cancellationToken))?.ToRecord();

    public async Task<IReadOnlyList<ProjectRecord>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await database.ListAsync<Row>($"SELECT {Columns} FROM project ORDER BY code", null, cancellationToken)).Select(r => r.ToRecord())];

    public async Task<ReadOnlyMemory<byte>> PersonKeyAsync(
        ProjectId project, ReadOnlyMemory<byte> candidate, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO project (code, is_pinned, wrapped_person_key) VALUES (@code, 0, @candidate)
            ON CONFLICT (code) DO UPDATE SET wrapped_person_key = COALESCE(project.wrapped_person_key, excluded.wrapped_person_key)
            RETURNING wrapped_person_key
            """;
        if (candidate.IsEmpty) throw new ArgumentException("A wrapped key is not empty.", nameof(candidate));
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var kept = await write.FirstOrDefaultAsync<byte[]>(Sql, new { code = project.Code, candidate = candidate.ToArray() });
        await write.CommitAsync();
        return kept ?? [];
    }

    public async Task<bool> RewrapAsync(
        ProjectId project, ReadOnlyMemory<byte> standing, ReadOnlyMemory<byte> renewed, CancellationToken cancellationToken)
    {
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var changed = await write.ExecuteAsync(
            "UPDATE project SET wrapped_person_key = @renewed WHERE code = @code AND wrapped_person_key = @standing",
            new { code = project.Code, standing = standing.ToArray(), renewed = renewed.ToArray() });
        await write.CommitAsync();
        return changed == 1;
    }

    private sealed class Row
    {
        public string Code { get; init; } = string.Empty;

        public long IsPinned { get; init; }

        public string? PseudonymKey { get; init; }

        public byte[]? WrappedPersonKey { get; init; }

        public ProjectRecord ToRecord() => new(new ProjectId(Code), IsPinned == 1, PseudonymKey, WrappedPersonKey ?? []);
    }
}
