using System.Data;
using System.Data.Common;
using System.Globalization;
using Dapper;
using Npgsql;
using SiOutcomeLab.Storage.Catalogue.Sql;

namespace SiOutcomeLab.Storage.Catalogue.Postgres;

/// <summary>
/// Connections to a PostgreSQL database that any number of hubs share. Writers of all of them take turns, by one lock of the server that
/// goes with the transaction: numbers are then given out in the order of commits, and what a transaction has asked still holds when it
/// writes, as in SQLite. Readers never wait. Writes are few and short beside the work that they record.
/// </summary>
internal sealed class PostgresDatabase : ICatalogueDatabase, IAsyncDisposable
{
    // Any number that others on the same database do not use. The second key is the schema, so that catalogues in several do not wait.
    private const string TakeTurn = "SELECT pg_advisory_xact_lock(1397310018, hashtext(current_schema()))";

    private readonly NpgsqlDataSource _source;
    private readonly int _waitSeconds;
    private readonly SemaphoreSlim _writer = new(1, 1);

    /// <param name="connection">How to reach the database.</param>
    /// <param name="waitSeconds">How long a writer waits for its turn; at least 1.</param>
    /// <param name="idleSeconds">After how long the server ends the transaction of a hub that has stopped in the midst of it, so that the
    /// others go on; at least 1, and less than the wait.</param>
    public PostgresDatabase(PostgresConnection connection, int waitSeconds = 30, int idleSeconds = 10)
    {
        _waitSeconds = waitSeconds;
        _source = connection.Source(string.Create(
            CultureInfo.InvariantCulture,
            $"-c lock_timeout={waitSeconds}s -c idle_in_transaction_session_timeout={idleSeconds}s"));
    }

    public ReleaseVersion Releases { get; } = new();

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => await _source.OpenConnectionAsync(cancellationToken);

    public async Task<CatalogueWrite> BeginWriteAsync(CancellationToken cancellationToken)
    {
        // The turn among this hub's writers comes first, so that those who wait do not each hold a connection.
        await _writer.WaitAsync(cancellationToken);
        NpgsqlConnection? connection = null;
        try
        {
            connection = await _source.OpenConnectionAsync(cancellationToken);
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
            await connection.ExecuteAsync(new CommandDefinition(
                TakeTurn, transaction: transaction, commandTimeout: _waitSeconds + 30, cancellationToken: cancellationToken));
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

    public bool IsTransient(DbException exception) => exception switch
    {
        PostgresException { SqlState: { } state } => IsTransient(state),
        NpgsqlException client => client.IsTransient,
        _ => false,
    };

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        _writer.Dispose();
    }

    /// <summary>
    /// Serialisation (40001) and deadlock (40P01), the connection (08), resources such as disk and connections (53), a server that stops,
    /// starts or fails over (57P, 25006), waits that were cut short (55P03, 57014, 25P03), and the server's disk (58030).
    /// </summary>
    private static bool IsTransient(string state) =>
        state is "40001" or "40P01" or "55P03" or "57014" or "25P03" or "25006" or "58030"
        || state.StartsWith("08", StringComparison.Ordinal)
        || state.StartsWith("53", StringComparison.Ordinal)
        || state.StartsWith("57P", StringComparison.Ordinal);
}
