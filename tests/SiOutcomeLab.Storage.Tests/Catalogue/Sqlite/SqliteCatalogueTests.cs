using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Catalogue.Sql;
using SiOutcomeLab.Storage.Catalogue.Sqlite;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Catalogue.Sqlite;

public sealed class SqliteCatalogueTests : IDisposable
{
    private const int Limit = 180_000;

    private readonly SqliteFile _file = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Fact(Timeout = Limit)]
    public async Task OpenConnection_Always_IsDurableAndChecksForeignKeys()
    {
        await (await _file.OpenAsync()).DisposeAsync();
        using var database = new SqliteDatabase(_file.Path);

        // The second one comes out of the pool: its settings must be the same.
        for (var i = 0; i < 2; i++)
        {
            await using var connection = await database.OpenAsync(Cancel);
            Assert.Equal("wal", await connection.QuerySingleAsync<string>("PRAGMA journal_mode"));
            Assert.Equal(2, await connection.QuerySingleAsync<int>("PRAGMA synchronous"));
            Assert.Equal(1, await connection.QuerySingleAsync<int>("PRAGMA foreign_keys"));
            Assert.Equal(30_000, await connection.QuerySingleAsync<int>("PRAGMA busy_timeout"));
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Open_NewFile_IsReadableByItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows files have no Unix rights.");
            return;
        }

        await using var catalogue = await _file.OpenAsync();
        await catalogue.Submissions.CommitAsync(SampleSubmissions.Of("a", "2025"), Cancel);

        var files = Directory.GetFiles(Path.GetDirectoryName(_file.Path)!);
        Assert.Contains(files, f => f.EndsWith("-wal", StringComparison.Ordinal));
        foreach (var file in files) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact(Timeout = Limit)]
    public async Task Open_AtOnceByTwo_MigratesOnce()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(_file.OpenAsync, Cancel)));
        foreach (var catalogue in opened) await catalogue.DisposeAsync();

        await using var connection = await RawAsync();
        var steps = Migration.Of("Sqlite").Select(m => (long)m.Version);
        Assert.Equal(steps, await connection.QueryAsync<long>("SELECT version FROM schema_version ORDER BY version"));
    }

    [Fact(Timeout = Limit)]
    public async Task Open_NewerSchema_IsRefusedAndLeftAsItIs()
    {
        await (await _file.OpenAsync()).DisposeAsync();
        await using (var connection = await RawAsync())
        {
            await connection.ExecuteAsync("INSERT INTO schema_version VALUES (1000, '1000_later.sql', 'x', 'x')");
        }

        var refused = await Assert.ThrowsAsync<CatalogueOpenException>(_file.OpenAsync);

        Assert.Equal(CatalogueOpenProblem.SchemaTooNew, refused.Problem);
        Assert.Contains("version 1000", refused.Message, StringComparison.Ordinal);
        await using var after = await RawAsync();
        Assert.Equal(1000, await after.QuerySingleAsync<long>("SELECT MAX(version) FROM schema_version"));
    }

    [Fact(Timeout = Limit)]
    public async Task Open_EditedMigration_IsRefused()
    {
        await (await _file.OpenAsync()).DisposeAsync();
        await using (var connection = await RawAsync())
        {
            await connection.ExecuteAsync("UPDATE schema_version SET sha256 = 'another'");
        }

        var refused = await Assert.ThrowsAsync<CatalogueOpenException>(_file.OpenAsync);

        Assert.Equal(CatalogueOpenProblem.MigrationChanged, refused.Problem);
    }

    [Fact(Timeout = Limit)]
    public async Task Open_FileThatIsNoDatabase_IsRefusedAndLeftAsItIs()
    {
        var text = new string('x', 5_000);
        await File.WriteAllTextAsync(_file.Path, text, Cancel);

        var refused = await Assert.ThrowsAsync<CatalogueOpenException>(_file.OpenAsync);

        Assert.Equal(CatalogueOpenProblem.NotADatabase, refused.Problem);
        Assert.Equal(text, await File.ReadAllTextAsync(_file.Path, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Migrate_StepThatFails_LeavesTheSchemaAsItWas()
    {
        using var database = new SqliteDatabase(_file.Path);
        var good = new Migration(1, "0001_good.sql", "CREATE TABLE good (id INTEGER)");
        await SchemaMigrator.MigrateAsync(database, [good], TimeProvider.System, Cancel);

        var half = new Migration(2, "0002_half.sql", "CREATE TABLE half (id INTEGER); CREATE TABLE good (id INTEGER);");
        await Assert.ThrowsAsync<SqliteException>(() => SchemaMigrator.MigrateAsync(database, [good, half], TimeProvider.System, Cancel));

        await using var connection = await database.OpenAsync(Cancel);
        Assert.Equal([1L], await connection.QueryAsync<long>("SELECT version FROM schema_version"));
        Assert.Empty(await connection.QueryAsync<string>("SELECT name FROM sqlite_master WHERE name = 'half'"));

        var mended = new Migration(2, "0002_half.sql", "CREATE TABLE half (id INTEGER)");
        await SchemaMigrator.MigrateAsync(database, [good, mended], TimeProvider.System, Cancel);
        Assert.Equal([1L, 2L], await connection.QueryAsync<long>("SELECT version FROM schema_version ORDER BY version"));
    }

    [Fact]
    public void Sha256_OtherLineEnds_IsTheSameStep() =>
        Assert.Equal(new Migration(1, "a", "x\ny\n").Sha256, new Migration(1, "a", "x\r\ny\r\n").Sha256);

    [Fact(Timeout = Limit)]
    public async Task AddToken_Stored_LeavesNoTraceOfTheTokenOnDisk()
    {
        const string Token = "silab_live_5f0d1c3b7a9e";
        var hash = SampleSubmissions.Sha256(Token);
        var caller = new Caller(SampleSubmissions.Umea, "anna", new HashSet<Role> { Role.Analyst });
        await using (var catalogue = await _file.OpenAsync())
        {
            await catalogue.Tokens.AddAsync(hash, caller, SampleSubmissions.Time.AddDays(1), Cancel);
            await Assert.ThrowsAsync<ArgumentException>(() => catalogue.Tokens.AddAsync(Token, caller, SampleSubmissions.Time, Cancel));
            await catalogue.Tokens.FindAsync(Token, SampleSubmissions.Time, Cancel);
        }

        var disk = Directory.GetFiles(Path.GetDirectoryName(_file.Path)!).Select(File.ReadAllBytes).ToArray();
        Assert.Contains(disk, bytes => Holds(bytes, hash));
        Assert.DoesNotContain(disk, bytes => Holds(bytes, Token));
    }

    [Fact(Timeout = Limit)]
    public async Task Read_WhileAWriterIsAtWork_DoesNotWait()
    {
        await using var catalogue = await _file.OpenAsync();
        await catalogue.Submissions.CommitAsync(SampleSubmissions.Of("a", "2025"), Cancel);
        using var database = new SqliteDatabase(_file.Path);
        await using var writing = await database.BeginWriteAsync(Cancel);
        await writing.NextAsync("submission");

        Assert.Single(
            await catalogue.Submissions.InProjectAsync(SampleSubmissions.Project, Cancel).WaitAsync(TimeSpan.FromSeconds(5), Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task BeginWrite_HeldByAnotherProgram_IsTransientAndEndsWithIt()
    {
        await (await _file.OpenAsync()).DisposeAsync();
        await using var other = await RawAsync();
        await other.ExecuteAsync("BEGIN IMMEDIATE");
        using var database = new SqliteDatabase(_file.Path, busySeconds: 1);

        var refused = await Assert.ThrowsAsync<CatalogueUnavailableException>(() => database.BeginWriteAsync(Cancel));
        Assert.False(refused.OutcomeUnknown);

        await other.ExecuteAsync("ROLLBACK");
        await using var write = await database.BeginWriteAsync(Cancel);
        await write.CommitAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task Execute_DiskFull_IsTransientAndStoresNothing()
    {
        await (await _file.OpenAsync()).DisposeAsync();
        using var database = new SqliteDatabase(_file.Path);
        await using (var write = await database.BeginWriteAsync(Cancel))
        {
            // SQLite's own limit stands in for the disk's: the same error, at a place of our choosing.
            var pages = await write.FirstOrDefaultAsync<long>("PRAGMA page_count");
            await write.FirstOrDefaultAsync<long>($"PRAGMA max_page_count = {pages}");
            await Assert.ThrowsAsync<CatalogueUnavailableException>(
                () => write.ExecuteAsync(
                    "INSERT INTO snapshot (hash, project) VALUES ('big', @text)",
                    new { text = new string('x', 100_000) }));
        }

        await using var connection = await RawAsync();
        Assert.Equal(0, await connection.QuerySingleAsync<long>("SELECT COUNT(*) FROM snapshot"));
    }

    private static bool Holds(byte[] bytes, string text) => bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;

    private async Task<SqliteConnection> RawAsync()
    {
        var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
        await connection.OpenAsync(Cancel);
        return connection;
    }
}
