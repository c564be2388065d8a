using System.Data;
using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using SiOutcomeLab.Storage.Catalogue.Sql;
using SQLitePCL;

namespace SiOutcomeLab.Storage.Catalogue.Sqlite;

/// <summary>
/// Connections to one SQLite file. Writers of this process queue without holding a thread; the file's own lock, with its busy timeout,
/// keeps others out (a backup tool, a curious shell). Readers never wait: the journal is a write-ahead log.
/// </summary>
internal sealed class SqliteDatabase : ICatalogueDatabase, IDisposable
{
    private readonly string _connectionString;
    private readonly string _settings;
    private readonly SemaphoreSlim _writer = new(1, 1);

    /// <param name="path">The file.</param>
    /// <param name="busySeconds">How long to wait for a lock that another program holds; at least 1.</param>
    public SqliteDatabase(string path, int busySeconds = 30)
    {
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            ForeignKeys = true,
            DefaultTimeout = busySeconds,
        }.ToString();

        // FULL: a commit is on the disk before it returns. The two fullfsync settings make that true on macOS and do nothing elsewhere.
        // secure_delete: what is deleted, a wrapped key among it, is overwritten in the file.
        _settings = string.Create(
            CultureInfo.InvariantCulture,
            $"PRAGMA busy_timeout = {busySeconds * 1000}; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; "
            + $"PRAGMA checkpoint_fullfsync = ON; PRAGMA secure_delete = ON;");
    }

    public ReleaseVersion Releases { get; } = new();

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await connection.ExecuteAsync(new CommandDefinition(_settings, cancellationToken: cancellationToken));
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task<CatalogueWrite> BeginWriteAsync(CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        DbConnection? connection = null;
        try
        {
            connection = await OpenAsync(cancellationToken);

            // Serializable is BEGIN IMMEDIATE: the lock is taken now, so that no statement inside can find the file changed or busy.
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
            return new CatalogueWrite(this, connection, transaction, () => _writer.Release(), cancellationToken);
        }
        catch (Exception e)
        {
            if (connection is not null) await connection.DisposeAsync();
            _writer.Release();
            if (e is DbException database && IsTransient(database)) throw new CatalogueUnavailableException(outcomeUnknown: false, e);
            throw;
        }
    }

    public bool IsTransient(DbException exception) =>
        exception is SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL or raw.SQLITE_IOERR };

    /// <summary>Turns the write-ahead log on; the setting stays in the file.</summary>
    /// <exception cref="CatalogueOpenException">The file system has no shared memory for the log.</exception>
    public async Task UseWriteAheadLogAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        var mode = await connection.QuerySingleAsync<string>(
            new CommandDefinition("PRAGMA journal_mode = WAL", cancellationToken: cancellationToken));
        if (mode == "wal") return;
        throw new CatalogueOpenException(
            CatalogueOpenProblem.UnfitFileSystem,
            $"The catalogue's file system allows the journal mode '{mode}' only, not 'wal'; put the data folder on a local disk.");
    }

    /// <summary>Closes every pooled connection; the last one moves the log into the file.</summary>
    public void Dispose()
    {
        using (var any = new SqliteConnection(_connectionString)) SqliteConnection.ClearPool(any);
        _writer.Dispose();
    }
}
