using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <inheritdoc cref="ISubmissionCatalogue"/>
internal sealed class SqlSubmissions(ICatalogueDatabase database) : ISubmissionCatalogue
{
    private const string Counter = "submission";

    private const string Live = "state = 1";

    private const string ByContent = $"""
        SELECT {SubmissionRow.Columns} FROM submission
        WHERE organisation = @organisation AND project = @project AND content_hash = @contentHash AND {Live}
        """;

    private const string OfOwner = $"SELECT {SubmissionRow.Columns} FROM submission WHERE id = @id AND organisation = @organisation";

    private readonly SubmissionShelf _shelf = new(database);

    public async Task<CommittedSubmission> CommitAsync(
        Submission draft, UploadEnd? upload, HeldObjects? held, CancellationToken cancellationToken)
    {
        await using var write = await database.BeginWriteAsync(cancellationToken);

        // First the lock, then the questions: what they answer still holds when the row is written.
        await write.LockCounterAsync(Counter);
        if (upload is not null) await RequireOpenAsync(write, upload.UploadId);
        var there = await write.FirstOrDefaultAsync<SubmissionRow>(
            ByContent, ContentKey(draft.Organisation, draft.Project, draft.ContentHash));
        if (there is not null)
        {
            if (upload is null) return new CommittedSubmission(there.ToSubmission(), WasThere: true);
            await EndAsync(write, upload.UploadId, there.Id, await ReceiptAsync(write, there.Id) ?? upload.Receipt.ToArray());
            await write.CommitAsync();
            return new CommittedSubmission(there.ToSubmission(), WasThere: true);
        }

        var row = SubmissionRow.Of(draft, await write.NextAsync(Counter), upload?.Receipt.ToArray());
        if (draft.Supersedes is { } old)
        {
            await SupersedeAsync(write, row, old);
            await ReleaseChanges.OfSubmissionAsync(write, old, draft.CommittedAt);
        }

        await SqlProjects.RequireKeyAsync(write, draft.Project, draft.PseudonymKeyId);
        await RequireFreePeriodsAsync(write, row);
        await SqlLakeHolds.RequireAsync(write, held);
        await write.ExecuteAsync(SubmissionRow.Insert, row);
        if (upload is not null) await EndAsync(write, upload.UploadId, row.Id, upload.Receipt.ToArray());
        await write.CommitAsync();
        return new CommittedSubmission(row.ToSubmission(), WasThere: false);
    }

    public async Task<ReadOnlyMemory<byte>?> ReceiptAsync(OrganisationId owner, string id, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT receipt FROM submission WHERE id = @id AND organisation = @organisation";
        var receipt = await database.FirstOrDefaultAsync<byte[]>(Sql, Key(owner, id), cancellationToken);
        return receipt?.AsMemory();
    }

    public async Task<Submission?> FindByContentAsync(
        OrganisationId organisation, ProjectId project, string contentHash, CancellationToken cancellationToken)
    {
        var row = await database.FirstOrDefaultAsync<SubmissionRow>(
            ByContent, ContentKey(organisation, project, contentHash), cancellationToken);
        return row?.ToSubmission();
    }

    public async Task<Submission?> FindAsync(OrganisationId owner, string id, CancellationToken cancellationToken) =>
        (await database.FirstOrDefaultAsync<SubmissionRow>(OfOwner, Key(owner, id), cancellationToken))?.ToSubmission();

    public Task<IReadOnlyList<Submission>> ListAsync(
        OrganisationId owner, long afterSequence, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return WhereAsync(
            "organisation = @organisation AND sequence > @afterSequence ORDER BY sequence LIMIT @limit",
            new { organisation = owner.Code, afterSequence, limit },
            cancellationToken);
    }

    public Task<IReadOnlyList<Submission>> InProjectAsync(ProjectId project, CancellationToken cancellationToken) =>
        _shelf.LiveAsync(project.Code, cancellationToken);

    public Task<IReadOnlyList<Submission>> LiveOfAsync(OrganisationId owner, ProjectId project, CancellationToken cancellationToken) => WhereAsync(
        $"organisation = @organisation AND project = @project AND {Live} ORDER BY sequence",
        new { organisation = owner.Code, project = project.Code },
        cancellationToken);

    public async Task<string?> PseudonymKeyAsync(ProjectId project, string? replaced, CancellationToken cancellationToken)
    {
        const string Sql = $"""
            SELECT pseudonym_key FROM submission
            WHERE project = @project AND {Live} AND pseudonym_key IS NOT NULL AND id <> @replaced ORDER BY sequence LIMIT 1
            """;
        var named = new { project = project.Code, replaced = replaced ?? string.Empty };
        return await database.FirstOrDefaultAsync<string>(Sql, named, cancellationToken);
    }

    public Task<IReadOnlyList<Submission>> KeptAsync(ProjectId? project, CancellationToken cancellationToken) =>
        WhereAsync(
            "purged_at IS NULL AND (@project IS NULL OR project = @project) ORDER BY sequence", new { project = project?.Code }, cancellationToken);

    public Task<IReadOnlyList<Submission>?> InSnapshotAsync(string snapshotHash, CancellationToken cancellationToken) =>
        _shelf.InSnapshotAsync(snapshotHash, cancellationToken);

    public async Task<Submission?> WithdrawAsync(OrganisationId owner, string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Sql = $"UPDATE submission SET state = 3, ended_at = @now WHERE id = @id AND organisation = @organisation AND {Live}";
        await using var write = await database.BeginWriteAsync(cancellationToken);
        if (await write.ExecuteAsync(Sql, new { id, organisation = owner.Code, now = StoredTime.Write(now) }) == 1)
        {
            await ReleaseChanges.OfSubmissionAsync(write, id, now);
        }

        var row = await write.FirstOrDefaultAsync<SubmissionRow>(OfOwner, Key(owner, id));
        await write.CommitAsync();
        return row?.ToSubmission();
    }

    public Task<Submission?> RetainAsync(OrganisationId owner, string id, DateOnly? until, CancellationToken cancellationToken) => ChangeAsync(
        owner,
        id,
        "retain_until = @until",
        "purged_at IS NULL",
        new { id, organisation = owner.Code, until = until is { } day ? StoredTime.Write(day) : null },
        cancellationToken);

    public Task<IReadOnlyList<Submission>> OverdueAsync(DateOnly today, CancellationToken cancellationToken) =>
        WhereAsync("purged_at IS NULL AND retain_until < @today ORDER BY sequence", new { today = StoredTime.Write(today) }, cancellationToken);

    public async Task PurgeAsync(string id, AuditEntry proof, CancellationToken cancellationToken)
    {
        // A live one is withdrawn with it; what ended earlier keeps its day.
        const string Sql = """
            UPDATE submission SET
                purged_at = @now, figures = NULL, ended_at = COALESCE(ended_at, @now), state = CASE WHEN state = 1 THEN 3 ELSE state END
            WHERE id = @id AND purged_at IS NULL
            """;
        await using var write = await database.BeginWriteAsync(cancellationToken);
        if (await write.ExecuteAsync(Sql, new { id, now = StoredTime.Write(proof.At) }) == 0) return;
        await ReleaseChanges.OfSubmissionAsync(write, id, proof.At);
        await SqlAuditLog.AppendAsync(write, [proof]);
        await write.CommitAsync();
    }

    public async Task ForbidPersonAsync(
        OrganisationId organisation, ProjectId project, ReadOnlyMemory<byte> digest, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO erased_person (project, organisation, digest, erased_at) VALUES (@project, @organisation, @digest, @now)
            ON CONFLICT DO NOTHING
            """;
        await using var write = await database.BeginWriteAsync(cancellationToken);
        await write.ExecuteAsync(
            Sql, new { project = project.Code, organisation = organisation.Code, digest = digest.ToArray(), now = StoredTime.Write(now) });
        await write.CommitAsync();
    }

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ForbiddenPersonsAsync(
        OrganisationId organisation, ProjectId project, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT digest FROM erased_person WHERE project = @project AND organisation = @organisation ORDER BY digest";
        var digests = await database.ListAsync<byte[]>(
            Sql, new { project = project.Code, organisation = organisation.Code }, cancellationToken);
        return [.. digests.Select(d => (ReadOnlyMemory<byte>)d)];
    }

    public async Task<bool> ReplaceFilesAsync(
        string id, SubmissionFiles standing, SubmissionFiles renewed, AuditEntry proof, HeldObjects? held, CancellationToken cancellationToken)
    {
        const string Sql = """
            UPDATE submission SET
                erased_rows = erased_rows + observation_rows + participation_rows - @ObservationRows - @ParticipationRows,
                last_erased_at = @Now, observations_sha256 = @Observations, observations_bytes = @ObservationsBytes, observation_rows = @ObservationRows,
                participations_sha256 = @Participations, participations_bytes = @ParticipationsBytes, participation_rows = @ParticipationRows
            WHERE id = @Id AND purged_at IS NULL AND observations_sha256 = @FromObservations
                AND COALESCE(participations_sha256, '') = @FromParticipations
            """;
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var changed = await write.ExecuteAsync(Sql, new
        {
            Id = id,
            Now = StoredTime.Write(proof.At),
            FromObservations = standing.Observations.Sha256,
            FromParticipations = standing.Participations?.Sha256 ?? string.Empty,
            Observations = renewed.Observations.Sha256,
            ObservationsBytes = renewed.Observations.Bytes,
            renewed.ObservationRows,
            Participations = renewed.Participations?.Sha256,
            ParticipationsBytes = renewed.Participations?.Bytes,
            renewed.ParticipationRows,
        });
        if (changed != 1) return false;
        await SqlLakeHolds.RequireAsync(write, held);
        await ReleaseChanges.OfSubmissionAsync(write, id, proof.At);
        await SqlAuditLog.AppendAsync(write, [proof]);
        await write.CommitAsync();
        return true;
    }

    public async Task<IReadOnlySet<string>> NamedObjectsAsync(CancellationToken cancellationToken) =>
        (await database.ListAsync<string>(SqlLakeHolds.Named, null, cancellationToken)).ToHashSet(StringComparer.Ordinal);

    private static async Task RequireOpenAsync(CatalogueWrite write, string uploadId)
    {
        var row = await write.FirstOrDefaultAsync<UploadRow>($"SELECT {UploadRow.Columns} FROM upload WHERE id = @uploadId", new { uploadId });
        if (row is not { State: (long)UploadState.Open }) throw new UploadEndedException(row?.ToUpload());
    }

    private static Task<int> EndAsync(CatalogueWrite write, string uploadId, string submissionId, byte[] receipt) => write.ExecuteAsync(
        "UPDATE upload SET state = 2, wrapped_key = NULL, submission_id = @submissionId, outcome = @receipt WHERE id = @uploadId",
        new { uploadId, submissionId, receipt });

    private static Task<byte[]?> ReceiptAsync(CatalogueWrite write, string id) =>
        write.FirstOrDefaultAsync<byte[]>("SELECT receipt FROM submission WHERE id = @id", new { id });

    private static async Task SupersedeAsync(CatalogueWrite write, SubmissionRow row, string old)
    {
        const string Sql = $"""
            UPDATE submission SET state = 2, ended_at = @now
            WHERE id = @old AND organisation = @organisation AND project = @project AND {Live}
            """;
        var ended = await write.ExecuteAsync(Sql, new { old, organisation = row.Organisation, project = row.Project, now = row.CommittedAt });
        if (ended != 1) throw new SupersededUnknownException(old);
    }

    private static async Task RequireFreePeriodsAsync(CatalogueWrite write, SubmissionRow row)
    {
        const string Overlapping = $"""
            SELECT {SubmissionRow.Columns} FROM submission
            WHERE organisation = @Organisation AND project = @Project AND first_month <= @LastMonth AND last_month >= @FirstMonth AND {Live}
            ORDER BY sequence LIMIT 1
            """;
        if (await write.FirstOrDefaultAsync<SubmissionRow>(Overlapping, row) is not { } standing) return;
        throw new PeriodOverlapException(SubmissionRow.ReadPeriod(standing.FirstPeriod), SubmissionRow.ReadPeriod(standing.LastPeriod));
    }

    private static object Key(OrganisationId owner, string id) => new { id, organisation = owner.Code };

    private static object ContentKey(OrganisationId organisation, ProjectId project, string contentHash) =>
        new { organisation = organisation.Code, project = project.Code, contentHash };

    private async Task<Submission?> ChangeAsync(
        OrganisationId owner, string id, string change, string condition, object parameters, CancellationToken cancellationToken)
    {
        await using var write = await database.BeginWriteAsync(cancellationToken);
        await write.ExecuteAsync($"UPDATE submission SET {change} WHERE id = @id AND organisation = @organisation AND {condition}", parameters);
        var row = await write.FirstOrDefaultAsync<SubmissionRow>(OfOwner, Key(owner, id));
        await write.CommitAsync();
        return row?.ToSubmission();
    }

    private async Task<IReadOnlyList<Submission>> WhereAsync(string condition, object? parameters, CancellationToken cancellationToken)
    {
        var rows = await database.ListAsync<SubmissionRow>(
            $"SELECT {SubmissionRow.Columns} FROM submission WHERE {condition}", parameters, cancellationToken);
        return [.. rows.Select(r => r.ToSubmission())];
    }
}
