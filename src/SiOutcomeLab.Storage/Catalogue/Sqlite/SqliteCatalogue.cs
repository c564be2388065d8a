using Microsoft.Data.Sqlite;
using SiOutcomeLab.Storage.Catalogue.Sql;
using SiOutcomeLab.Storage.Disk;
using SQLitePCL;

namespace SiOutcomeLab.Storage.Catalogue.Sqlite;

/// <summary>
/// A catalogue in one SQLite file, for one hub. Acknowledged is durable: write-ahead log, <c>synchronous=FULL</c>, foreign keys enforced.
/// </summary>
public sealed class SqliteCatalogue : SqlCatalogue
{
    private readonly SqliteDatabase _database;

    private SqliteCatalogue(SqliteDatabase database)
        : base(database) => _database = database;

    /// <summary>
    /// Opens the catalogue, and makes it where missing (readable by this account only, on Unix). One of an earlier schema is left as it is.
    /// </summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="timeProvider">The clock that dates schema steps; the system's when null.</param>
    /// <param name="cancellationToken">Cancels; the schema is then as it was.</param>
    /// <exception cref="CatalogueOpenException">An older, newer or edited schema, a file that is no database, or a file system that cannot
    /// hold one.</exception>
    public static Task<SqliteCatalogue> OpenAsync(
        string path, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default) => OpenAsync(
        path,
        (database, steps) => SchemaMigrator.PrepareAsync(database, steps, timeProvider ?? TimeProvider.System, cancellationToken),
        cancellationToken);

    /// <summary>Opens the catalogue and brings its schema to this build's version, all steps in one transaction.</summary>
    /// <inheritdoc cref="OpenAsync(string, TimeProvider?, CancellationToken)" path="/param"/>
    /// <exception cref="CatalogueOpenException">A newer or edited schema, a file that is no database, or a file system that cannot hold
    /// one.</exception>
    public static Task<SqliteCatalogue> UpgradeAsync(
        string path, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default) => OpenAsync(
        path,
        (database, steps) => SchemaMigrator.MigrateAsync(database, steps, timeProvider ?? TimeProvider.System, cancellationToken),
        cancellationToken);

    private protected override ValueTask CloseAsync()
    {
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<SqliteCatalogue> OpenAsync(
        string path, Func<SqliteDatabase, IReadOnlyList<Migration>, Task> prepareSchemaAsync, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var full = Path.GetFullPath(path);

        await CreateFileAsync(full);
        var database = new SqliteDatabase(full);
        try
        {
            await database.UseWriteAheadLogAsync(cancellationToken);
            await prepareSchemaAsync(database, Migration.Of("Sqlite"));
            return new SqliteCatalogue(database);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT)
        {
            database.Dispose();
            throw new CatalogueOpenException(
                CatalogueOpenProblem.NotADatabase,
                $"The file {full} is not a readable catalogue; restore it from backup, or name another file.",
                e);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>SQLite gives its log and its shared memory the rights of the database file, so only that file's have to be right.</summary>
    private static async Task CreateFileAsync(string path)
    {
        // Never opened when it is there: closing any descriptor of a file drops the locks that SQLite holds on it in this process.
        if (File.Exists(path)) return;
        try
        {
            await PrivateDisk.Open(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite).DisposeAsync();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Made by another at the same moment; SQLite's own lock settles the rest.
            return;
        }

        FolderFlush.Flush(Path.GetDirectoryName(path)!);
    }
}
