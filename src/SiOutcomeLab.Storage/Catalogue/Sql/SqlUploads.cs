using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <inheritdoc cref="IUploadCatalogue"/>
internal sealed class SqlUploads(ICatalogueDatabase database) : IUploadCatalogue
{
    private const string Open = "state = 1";

    public async Task<OpenedUpload> OpenAsync(Upload draft, UploadQuota quota, CancellationToken cancellationToken)
    {
        const string Standing = $"""
            SELECT {UploadRow.Columns} FROM upload
            WHERE organisation = @Organisation AND project = @Project AND content_hash = @ContentHash AND {Open}
            """;
        const string Taken = $"""
            SELECT COUNT(*) AS Uploads, COALESCE(SUM(declared_bytes), 0) AS Bytes FROM upload WHERE organisation = @Organisation AND {Open}
            """;
        var row = UploadRow.Of(draft);
        await using var write = await database.BeginWriteAsync(cancellationToken);
        if (await write.FirstOrDefaultAsync<UploadRow>(Standing, row) is { } standing) return new OpenedUpload(standing.ToUpload(), WasThere: true);

        var taken = await write.FirstOrDefaultAsync<OpenTotals>(Taken, row) ?? new OpenTotals();
        if (taken.Uploads >= quota.MaximumOpen || draft.DeclaredBytes > quota.MaximumBytes - taken.Bytes) throw new UploadQuotaException(quota);
        await write.ExecuteAsync(UploadRow.Insert, row);
        await write.CommitAsync();
        return new OpenedUpload(row.ToUpload(), WasThere: false);
    }

    public async Task<Upload?> FindAsync(OrganisationId owner, string id, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT {UploadRow.Columns} FROM upload WHERE id = @id AND organisation = @organisation";
        return (await database.FirstOrDefaultAsync<UploadRow>(Sql, new { id, organisation = owner.Code }, cancellationToken))?.ToUpload();
    }

    public Task<IReadOnlyList<Upload>> ListAsync(OrganisationId owner, CancellationToken cancellationToken) =>
        ListAsync("organisation = @organisation ORDER BY created_at, id", new { organisation = owner.Code }, cancellationToken);

    public Task<IReadOnlyList<Upload>> AllOpenAsync(CancellationToken cancellationToken) =>
        ListAsync($"{Open} ORDER BY created_at, id", null, cancellationToken);

    public Task<IReadOnlyList<Upload>> OverdueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        ListAsync($"{Open} AND expires_at <= @now ORDER BY expires_at, id", new { now = StoredTime.Write(now) }, cancellationToken);

    public async Task<long?> TakeLeaseAsync(string id, CancellationToken cancellationToken)
    {
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var epoch = await write.FirstOrDefaultAsync<long?>(
            $"UPDATE upload SET epoch = epoch + 1 WHERE id = @id AND {Open} RETURNING epoch", new { id });
        await write.CommitAsync();
        return epoch;
    }

    public async Task<bool> HoldsLeaseAsync(string id, long epoch, CancellationToken cancellationToken) =>
        await database.FirstOrDefaultAsync<long>(
            $"SELECT COUNT(*) FROM upload WHERE id = @id AND epoch = @epoch AND {Open}", new { id, epoch }, cancellationToken) == 1;

    public async Task<Upload?> EndAsync(string id, UploadState state, ReadOnlyMemory<byte> outcome, CancellationToken cancellationToken)
    {
        if (state is UploadState.Open or UploadState.Accepted)
        {
            throw new ArgumentException("An upload ends here as refused, cancelled, expired or poisoned.", nameof(state));
        }

        await using var write = await database.BeginWriteAsync(cancellationToken);
        await write.ExecuteAsync(
            $"UPDATE upload SET state = @state, wrapped_key = NULL, outcome = @outcome WHERE id = @id AND {Open}",
            new { id, state = (long)state, outcome = outcome.ToArray() });
        var row = await write.FirstOrDefaultAsync<UploadRow>($"SELECT {UploadRow.Columns} FROM upload WHERE id = @id", new { id });
        await write.CommitAsync();
        return row?.ToUpload();
    }

    public async Task<int> ForgetAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var forgotten = await write.ExecuteAsync(
            "DELETE FROM upload WHERE state <> 1 AND expires_at <= @now", new { now = StoredTime.Write(now) });
        await write.CommitAsync();
        return forgotten;
    }

    public async Task<bool> RewrapAsync(string id, ReadOnlyMemory<byte> standing, ReadOnlyMemory<byte> renewed, CancellationToken cancellationToken)
    {
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var changed = await write.ExecuteAsync(
            "UPDATE upload SET wrapped_key = @renewed WHERE id = @id AND wrapped_key = @standing", new { id, standing = standing.ToArray(), renewed = renewed.ToArray() });
        await write.CommitAsync();
        return changed == 1;
    }

    private async Task<IReadOnlyList<Upload>> ListAsync(string condition, object? parameters, CancellationToken cancellationToken)
    {
        var rows = await database.ListAsync<UploadRow>($"SELECT {UploadRow.Columns} FROM upload WHERE {condition}", parameters, cancellationToken);
        return [.. rows.Select(r => r.ToUpload())];
    }

    private sealed class OpenTotals
    {
        public long Uploads { get; init; }

        public long Bytes { get; init; }
    }
}
