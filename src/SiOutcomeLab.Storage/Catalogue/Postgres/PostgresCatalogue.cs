using System.Data.Common;
using SiOutcomeLab.Storage.Catalogue.Sql;

namespace SiOutcomeLab.Storage.Catalogue.Postgres;

/// <summary>
/// A catalogue in a PostgreSQL database, for any number of hubs. Acknowledged is durable as far as the server's settings say, which are
/// looked at when it is opened.
/// </summary>
public sealed class PostgresCatalogue : SqlCatalogue
{
    private readonly PostgresDatabase _database;

    private PostgresCatalogue(PostgresDatabase database)
        : base(database) => _database = database;

    /// <summary>
    /// Opens the catalogue, and makes it where the schema is empty. One of an earlier schema is left as it is.
    /// </summary>
    /// <param name="connection">How to reach the database.</param>
    /// <param name="timeProvider">The clock that dates schema steps; the system's when null.</param>
    /// <param name="cancellationToken">Cancels; the schema is then as it was.</param>
    /// <exception cref="CatalogueOpenException">An older, newer or edited schema, a server that does not let the hub in, or one that does
    /// not keep what it acknowledges.</exception>
    /// <exception cref="CatalogueUnavailableException">The server does not answer.</exception>
    public static Task<PostgresCatalogue> OpenAsync(
        PostgresConnection connection, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default) => OpenAsync(
        connection,
        (database, steps) => SchemaMigrator.PrepareAsync(database, steps, timeProvider ?? TimeProvider.System, cancellationToken),
        cancellationToken);

    /// <summary>
    /// Opens the catalogue and brings its schema to this build's version, all steps in one transaction. No hub may be running on it.
    /// </summary>
    /// <returns>The catalogue, and the version that its schema had; 0 for an empty one.</returns>
    /// <inheritdoc cref="OpenAsync(PostgresConnection, TimeProvider?, CancellationToken)" path="/param"/>
    /// <inheritdoc cref="OpenAsync(PostgresConnection, TimeProvider?, CancellationToken)" path="/exception"/>
    public static async Task<(PostgresCatalogue Catalogue, int FoundSchema)> UpgradeAsync(
        PostgresConnection connection, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        var found = 0;
        var catalogue = await OpenAsync(
            connection,
            async (database, steps) => found = await SchemaMigrator.MigrateAsync(database, steps, timeProvider ?? TimeProvider.System, cancellationToken),
            cancellationToken);
        return (catalogue, found);
    }

    private protected override ValueTask CloseAsync() => _database.DisposeAsync();

    private static async Task<PostgresCatalogue> OpenAsync(
        PostgresConnection connection, Func<PostgresDatabase, IReadOnlyList<Migration>, Task> prepareSchemaAsync, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var database = new PostgresDatabase(connection);
        try
        {
            await ServerSettings.RequireAsync(database, cancellationToken);
            await prepareSchemaAsync(database, Migration.Of("Postgres"));
            return new PostgresCatalogue(database);
        }
        catch (DbException e) when (ServerSettings.IsRefusal(e))
        {
            await database.DisposeAsync();
            throw new CatalogueOpenException(
                CatalogueOpenProblem.NotAdmitted,
                $"The server does not let the hub into the database {connection} ({e.SqlState ?? "no code"}); see to the user, the password, "
                + "the database and the right to make tables in its schema.",
                e);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }
}
