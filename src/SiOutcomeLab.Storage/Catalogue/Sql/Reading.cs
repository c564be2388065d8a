using System.Data.Common;
using Dapper;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>Single statements outside a transaction.</summary>
internal static class Reading
{
    public static Task<T?> FirstOrDefaultAsync<T>(
        this ICatalogueDatabase database, string sql, object? parameters, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.QueryFirstOrDefaultAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)),
        cancellationToken);

    public static Task<IReadOnlyList<T>> ListAsync<T>(
        this ICatalogueDatabase database, string sql, object? parameters, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (IReadOnlyList<T>)(await connection.QueryAsync<T>(
            new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))).AsList(),
        cancellationToken);

    private static async Task<T> ReadAsync<T>(
        this ICatalogueDatabase database, Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await database.OpenAsync(cancellationToken);
            return await read(connection);
        }
        catch (DbException e) when (database.IsTransient(e))
        {
            throw new CatalogueUnavailableException(outcomeUnknown: false, e);
        }
    }
}
