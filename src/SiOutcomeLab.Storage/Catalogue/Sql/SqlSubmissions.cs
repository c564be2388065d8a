using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <inheritdoc cref="ISubmissionCatalogue"/>
internal sealed class SqlSubmissions(ICatalogueDatabase database) : ISubmissionCatalogue
{
    private const string Counter = "submission";

    private const string ByContent = $"""
        SELECT {SubmissionRow.Columns} FROM submission
        WHERE organisation = @organisation AND project = @project AND content_hash = @contentHash
        """;

    private const string Overlapping = $"""
        SELECT {SubmissionRow.Columns} FROM submission
        WHERE organisation = @Organisation AND project = @Project AND first_month <= @LastMonth AND last_month >= @FirstMonth
        ORDER BY sequence LIMIT 1
        """;

    public async Task<CommittedSubmission> CommitAsync(Submission draft, CancellationToken cancellationToken)
    {
        await using var write = await database.BeginWriteAsync(cancellationToken);

        // First the lock, then the questions: what they answer still holds when the row is written.
        await write.LockCounterAsync(Counter);
        var there = await write.FirstOrDefaultAsync<SubmissionRow>(
            ByContent, ContentKey(draft.Organisation, draft.Project, draft.ContentHash));
        if (there is not null) return new CommittedSubmission(there.ToSubmission(), WasThere: true);

        var row = SubmissionRow.Of(draft, await write.NextAsync(Counter));
        if (await write.FirstOrDefaultAsync<SubmissionRow>(Overlapping, row) is { } standing)
        {
            throw new PeriodOverlapException(SubmissionRow.ReadPeriod(standing.FirstPeriod), SubmissionRow.ReadPeriod(standing.LastPeriod));
        }

        await write.ExecuteAsync(SubmissionRow.Insert, row);
        await write.CommitAsync();
        return new CommittedSubmission(row.ToSubmission(), WasThere: false);
    }

    public async Task<Submission?> FindByContentAsync(
        OrganisationId organisation, ProjectId project, string contentHash, CancellationToken cancellationToken)
    {
        var row = await database.FirstOrDefaultAsync<SubmissionRow>(
            ByContent, ContentKey(organisation, project, contentHash), cancellationToken);
        return row?.ToSubmission();
    }

    public async Task<Submission?> FindAsync(OrganisationId owner, string id, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT {SubmissionRow.Columns} FROM submission WHERE id = @id AND organisation = @organisation";
        var row = await database.FirstOrDefaultAsync<SubmissionRow>(Sql, new { id, organisation = owner.Code }, cancellationToken);
        return row?.ToSubmission();
    }

    public async Task<IReadOnlyList<Submission>> ListAsync(
        OrganisationId owner, long afterSequence, int limit, CancellationToken cancellationToken)
    {
        const string Sql = $"""
            SELECT {SubmissionRow.Columns} FROM submission
            WHERE organisation = @organisation AND sequence > @afterSequence ORDER BY sequence LIMIT @limit
            """;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var rows = await database.ListAsync<SubmissionRow>(Sql, new { organisation = owner.Code, afterSequence, limit }, cancellationToken);
        return [.. rows.Select(r => r.ToSubmission())];
    }

    public async Task<IReadOnlyList<Submission>> InProjectAsync(ProjectId project, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT {SubmissionRow.Columns} FROM submission WHERE project = @project ORDER BY sequence";
        var rows = await database.ListAsync<SubmissionRow>(Sql, new { project = project.Code }, cancellationToken);
        return [.. rows.Select(r => r.ToSubmission())];
    }

    public async Task<IReadOnlySet<string>> NamedObjectsAsync(CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT observations_sha256 FROM submission
            UNION SELECT participations_sha256 FROM submission WHERE participations_sha256 IS NOT NULL
            """;
        return (await database.ListAsync<string>(Sql, null, cancellationToken)).ToHashSet(StringComparer.Ordinal);
    }

    private static object ContentKey(OrganisationId organisation, ProjectId project, string contentHash) =>
        new { organisation = organisation.Code, project = project.Code, contentHash };
}
