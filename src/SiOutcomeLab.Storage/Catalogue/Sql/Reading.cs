using Dapper;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>Single statements outside a transaction.</summary>
internal static class Reading
{
    public static async Task<T?> FirstOrDefaultAsync<T>(
        this ICatalogueDatabase database, string sql, object? parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QueryFirstOrDefaultAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }

    public static async Task<IReadOnlyList<T>> ListAsync<T>(
        this ICatalogueDatabase database, string sql, object? parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))).AsList();
    }
}
