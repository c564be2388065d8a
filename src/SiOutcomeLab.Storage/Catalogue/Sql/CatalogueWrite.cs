using System.Data.Common;
using Dapper;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>A write transaction. Disposed without <see cref="CommitAsync"/>, it leaves nothing.</summary>
internal sealed class CatalogueWrite(
    ICatalogueDatabase database, DbConnection connection, DbTransaction transaction, Action ended, CancellationToken cancellationToken)
    : IAsyncDisposable
{
    /// <summary>Whether the transaction changes what readers of releases can see.</summary>
    public bool ChangesReleases { get; set; }

    public Task<int> ExecuteAsync(string sql, object? parameters = null) => GuardAsync(connection.ExecuteAsync(Command(sql, parameters)));

    public Task<T?> FirstOrDefaultAsync<T>(string sql, object? parameters = null) =>
        GuardAsync(connection.QueryFirstOrDefaultAsync<T>(Command(sql, parameters)));

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters = null) =>
        (await GuardAsync(connection.QueryAsync<T>(Command(sql, parameters)))).AsList();

    /// <summary>
    /// Waits until this transaction is the only one that gives out numbers of the kind: commits then happen in their order.
    /// </summary>
    public Task LockCounterAsync(string name) =>
        ExecuteAsync("UPDATE counter SET value = value WHERE name = @name", new { name });

    /// <summary>The next number of the kind; given back when the transaction is not committed.</summary>
    public Task<long> NextAsync(string name)
    {
        const string Sql = "UPDATE counter SET value = value + 1 WHERE name = @name RETURNING value";
        return GuardAsync(connection.QuerySingleAsync<long>(Command(Sql, new { name })));
    }

    /// <summary>Makes it durable. A cancellation that comes later than this changes nothing.</summary>
    /// <exception cref="CatalogueUnavailableException">The database did not answer; whether it has stored it is unknown.</exception>
    public async Task CommitAsync()
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (DbException e) when (database.IsTransient(e))
        {
            throw new CatalogueUnavailableException(outcomeUnknown: true, e);
        }
        finally
        {
            // Also when the outcome is unknown: it may be there.
            if (ChangesReleases) database.Releases.Next();
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
        finally
        {
            ended();
        }
    }

    private async Task<T> GuardAsync<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (DbException e) when (database.IsTransient(e))
        {
            throw new CatalogueUnavailableException(outcomeUnknown: false, e);
        }
    }

    private CommandDefinition Command(string sql, object? parameters) =>
        new(sql, parameters, transaction, cancellationToken: cancellationToken);
}
