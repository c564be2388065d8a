using Dapper;
using Microsoft.Data.Sqlite;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Disk;
using SiOutcomeLab.Storage.Keys;

namespace SiOutcomeLab.Storage.Backup;

/// <summary>
/// A catalogue's SQLite file read as a file, of this schema version or an earlier one: what a backup copies and a restore puts back.
/// </summary>
internal sealed class CatalogueFile : IAsyncDisposable
{
    private readonly SqliteConnection _connection;

    private CatalogueFile(SqliteConnection connection) => _connection = connection;

    public static async Task<CatalogueFile> OpenAsync(string path, CancellationToken cancellationToken)
    {
        // Not pooled: the file must be closed when this is disposed. Not read-only: the reader of a write-ahead log may have to make its index.
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 30 };
        var connection = new SqliteConnection(settings.ToString());
        await connection.OpenAsync(cancellationToken);
        return new CatalogueFile(connection);
    }

    /// <summary>
    /// Copies the committed state of this moment into a new file, flushed. Writers of a running hub go on meanwhile; free pages, where
    /// deleted rows may have been, are not copied.
    /// </summary>
    public async Task CopyToAsync(string path, CancellationToken cancellationToken)
    {
        // Made before, empty, so that only this account may read it.
        await PrivateDisk.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.None).DisposeAsync();
        await ExecuteAsync("VACUUM INTO @path", new { path }, cancellationToken);
        await using var file = PrivateDisk.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Null when the database finds itself whole, else its first complaint.</summary>
    public async Task<string?> ComplaintAsync(CancellationToken cancellationToken)
    {
        var said = await _connection.QueryFirstAsync<string>(new CommandDefinition("PRAGMA integrity_check(1)", cancellationToken: cancellationToken));
        return said == "ok" ? null : said;
    }

    public Task<long> SchemaVersionAsync(CancellationToken cancellationToken) => _connection.QuerySingleAsync<long>(
        new CommandDefinition("SELECT COALESCE(MAX(version), 0) FROM schema_version", cancellationToken: cancellationToken));

    /// <summary>Every object that a submission names, each once, by name.</summary>
    public async Task<IReadOnlyList<LakeObject>> ObjectsAsync(CancellationToken cancellationToken)
    {
        var kept = await HasAsync("submission", "purged_at", cancellationToken) ? "purged_at IS NULL" : "1";
        var rows = await _connection.QueryAsync<(string Sha256, long Bytes)>(new CommandDefinition(
            $"""
            SELECT observations_sha256, observations_bytes FROM submission WHERE {kept}
            UNION SELECT participations_sha256, participations_bytes FROM submission WHERE participations_sha256 IS NOT NULL AND {kept}
            ORDER BY 1
            """,
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => new LakeObject(r.Sha256, r.Bytes))];
    }

    /// <summary>The hub's keys under which secrets are wrapped, by identifier.</summary>
    public async Task<IReadOnlyList<string>> KeyIdsAsync(CancellationToken cancellationToken)
    {
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (table, column, name) in new[] { ("project", "wrapped_person_key", "code"), ("upload", "wrapped_key", "id") })
        {
            if (!await HasAsync(table, column, cancellationToken)) continue;
            var rows = await _connection.QueryAsync<(string Name, byte[] Wrapped)>(new CommandDefinition(
                $"SELECT {name}, {column} FROM {table} WHERE {column} IS NOT NULL", cancellationToken: cancellationToken));
            foreach (var row in rows) ids.Add(KeyWrapping.KeyIdOf($"{table} {row.Name}", row.Wrapped));
        }

        return [.. ids];
    }

    /// <summary>Ends uploads that were under way: their bytes are in the spool of the hub that was backed up, and nowhere else.</summary>
    public async Task ExpireUploadsAsync(CancellationToken cancellationToken)
    {
        if (!await HasAsync("upload", "wrapped_key", cancellationToken)) return;
        await ExecuteAsync(
            "PRAGMA secure_delete = ON; UPDATE upload SET state = @expired, wrapped_key = NULL WHERE state = @open",
            new { expired = (long)UploadState.Expired, open = (long)UploadState.Open },
            cancellationToken);
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    private async Task<bool> HasAsync(string table, string column, CancellationToken cancellationToken) =>
        await _connection.QuerySingleAsync<long>(new CommandDefinition(
            "SELECT COUNT(*) FROM pragma_table_info(@table) WHERE name = @column", new { table, column }, cancellationToken: cancellationToken)) > 0;

    private Task<int> ExecuteAsync(string sql, object? parameters, CancellationToken cancellationToken) =>
        _connection.ExecuteAsync(new CommandDefinition(sql, parameters, commandTimeout: 0, cancellationToken: cancellationToken));
}
