using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SiOutcomeLab.Storage.Catalogue.Sql;

namespace SiOutcomeLab.Storage.Catalogue.Sqlite;

/// <summary>
/// Connections to one SQLite file. Writers of this process queue without holding a thread; the file's own lock, with its busy timeout,
/// keeps others out (a backup tool, a curious shell). Readers never wait: the journal is a write-ahead log.
/// </summary>
internal sealed class SqliteDatabase : ICatalogueDatabase, IDisposable
{
    private const int BusySeconds = 30;

    // FULL: a commit is on the disk before it returns. The two fullfsync settings make that true on macOS and do nothing elsewhere.
    private const string Settings =
        "PRAGMA busy_timeout = 30000; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;";

    private readonly string _connectionString;
    private readonly SemaphoreSlim _writer = new(1, 1);

    public SqliteDatabase(string path) => _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWriteCreate,
        ForeignKeys = true,
        DefaultTimeout = BusySeconds,
    }.ToString();

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await connection.ExecuteAsync(new CommandDefinition(Settings, cancellationToken: cancellationToken));
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
            return new CatalogueWrite(connection, transaction, () => _writer.Release(), cancellationToken);
        }
        catch
        {
            if (connection is not null) await connection.DisposeAsync();
            _writer.Release();
            throw;
        }
    }

    /// <summary>Turns the write-ahead log on; the setting stays in the file.</summary>
    /// <exception cref="CatalogueOpenException">The file system has no shared memory for the log.</exception>
    public async Task UseWriteAheadLogAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        var mode = await connection.QuerySingleAsync<string>(new CommandDefinition("PRAGMA journal_mode = WAL", cancellationToken: cancellationToken));
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
