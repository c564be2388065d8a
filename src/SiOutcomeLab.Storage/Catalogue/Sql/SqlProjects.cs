using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <inheritdoc cref="IProjectCatalogue"/>
internal sealed class SqlProjects(ICatalogueDatabase database) : IProjectCatalogue
{
    // What the live submissions name, so that a key goes with the last one that named it. Earlier builds settled it in columns of the
    // table, is_pinned and pseudonym_key, for ever and also on none; they are not read any more.
    private const string PseudonymKey = """
        (SELECT pseudonym_key FROM submission
         WHERE submission.project = project.code AND state = 1 AND pseudonym_key IS NOT NULL ORDER BY sequence LIMIT 1)
        """;

    private const string Columns = $"code AS Code, {PseudonymKey} AS PseudonymKey, wrapped_person_key AS WrappedPersonKey";

    /// <summary>Holds a submission to the key that the project's live ones name; the one that it replaces must have ended before.</summary>
    /// <exception cref="PseudonymKeyException">It is another, or the submission names none.</exception>
    public static async Task RequireKeyAsync(CatalogueWrite write, ProjectId project, string? keyId)
    {
        const string Sql = $"SELECT {PseudonymKey} FROM project WHERE code = @code";
        await write.ExecuteAsync("INSERT INTO project (code, is_pinned) VALUES (@code, 0) ON CONFLICT (code) DO NOTHING", new { code = project.Code });
        var named = await write.FirstOrDefaultAsync<string>(Sql, new { code = project.Code });
        if (named is not null && named != keyId) throw new PseudonymKeyException(project, named);
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

        public string? PseudonymKey { get; init; }

        public byte[]? WrappedPersonKey { get; init; }

        public ProjectRecord ToRecord() => new(new ProjectId(Code), PseudonymKey, WrappedPersonKey ?? []);
    }
}
