using Dapper;
using Npgsql;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Catalogue.Postgres;
using SiOutcomeLab.Storage.Catalogue.Sql;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Catalogue.Postgres;

public sealed class PostgresCatalogueTests : IAsyncLifetime
{
    private const int Limit = 180_000;

    private readonly PostgresSchema _schema = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _schema.MakeAsync(Cancel);

    public ValueTask DisposeAsync() => _schema.RemoveAsync();

    [Fact(Timeout = Limit)]
    public async Task Open_AtOnceByFour_MigratesOnce()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(_schema.OpenAsync, Cancel)));
        foreach (var catalogue in opened) await catalogue.DisposeAsync();

        await using var connection = await _schema.RawAsync(Cancel);
        Assert.Equal(Migration.Of("Postgres").Count, await connection.QuerySingleAsync<long>("SELECT COUNT(*) FROM schema_version"));
    }

    [Theory(Timeout = Limit)]
    [InlineData("UPDATE schema_version SET sha256 = 'x' WHERE version = 2", CatalogueOpenProblem.MigrationChanged)]
    [InlineData("INSERT INTO schema_version VALUES (9999, 'later', 'x', 'x')", CatalogueOpenProblem.SchemaTooNew)]
    [InlineData("DELETE FROM schema_version WHERE version > 3", CatalogueOpenProblem.SchemaTooOld)]
    public async Task Open_SchemaOfAnotherBuild_IsRefused(string change, CatalogueOpenProblem problem)
    {
        await (await _schema.OpenAsync()).DisposeAsync();
        await using var connection = await _schema.RawAsync(Cancel);
        await connection.ExecuteAsync(change);

        Assert.Equal(problem, (await Assert.ThrowsAsync<CatalogueOpenException>(_schema.OpenAsync)).Problem);
    }

    [Theory(Timeout = Limit)]
    [InlineData("Options=-c synchronous_commit=off", "synchronous_commit is off")]
    [InlineData("Options=-c synchronous_commit=local", "synchronous_commit is local")]
    [InlineData("Search Path=nowhere", "Search Path")]
    public async Task Open_ServerThatMayLoseWhatItAcknowledges_IsRefused(string setting, string said)
    {
        var refused = await Assert.ThrowsAsync<CatalogueOpenException>(
            () => PostgresCatalogue.OpenAsync(_schema.Connection(setting), cancellationToken: Cancel));

        Assert.Equal(CatalogueOpenProblem.UnfitServer, refused.Problem);
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Open_NotLetIn_SaysSoWithoutThePassword()
    {
        var refused = await Assert.ThrowsAsync<CatalogueOpenException>(
            () => PostgresCatalogue.OpenAsync(_schema.Connection("Database=nosuch;Password=hemligt"), cancellationToken: Cancel));

        Assert.Equal(CatalogueOpenProblem.NotAdmitted, refused.Problem);
        Assert.DoesNotContain("hemligt", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Open_NoServer_IsTransient() => await Assert.ThrowsAsync<CatalogueUnavailableException>(
        () => PostgresCatalogue.OpenAsync(_schema.Connection("Host=127.0.0.1;Port=1;Password=hemligt"), cancellationToken: Cancel));

    [Theory]
    [InlineData("")]
    [InlineData("hemligt")]
    [InlineData("Host=h;Database=d;hemligt=1")]
    [InlineData("Host=h;Username=u")]
    [InlineData("Host=h;Database=d;Port=hemligt")]
    public void TryParse_NoConnectionText_IsNull(string text) => Assert.Null(PostgresConnection.TryParse(text));

    [Fact]
    public void ToString_Connection_ShowsNoPassword()
    {
        var connection = PostgresConnection.TryParse("Host=db.example.se;Database=lab;Username=u;Password=hemligt")!;

        Assert.Equal("lab at db.example.se", connection.ToString());
        Assert.Contains("hemligt", connection.SchedulerSecret, StringComparison.Ordinal);
    }

    /// <summary>
    /// A hub that stands still: one thread in the midst of a transaction, seven in line for its lock, each of which gets it in turn and stands
    /// still too. Together that is longer than the driver waits of itself.
    /// </summary>
    [Fact(Timeout = 3 * Limit)]
    public async Task SchedulerSecret_AHubStandsStillWithAllItsThreads_AnotherGetsTheLockInTheEnd()
    {
        const string Take = "SELECT n FROM turn FOR UPDATE";
        await using var server = await _schema.RawAsync(Cancel);
        await server.ExecuteAsync("CREATE TABLE turn (n int); INSERT INTO turn VALUES (1)");
        var text = _schema.Connection(string.Empty).SchedulerSecret;
        var still = new List<NpgsqlConnection>();
        for (var i = 0; i < 8; i++)
        {
            still.Add(new NpgsqlConnection(text));
            await still[i].OpenAsync(Cancel);
            var transaction = await still[i].BeginTransactionAsync(Cancel);
            var taken = still[i].ExecuteScalarAsync<int>(new CommandDefinition(Take, transaction: transaction, cancellationToken: Cancel));
            if (i == 0) await taken;
        }

        await using var other = new NpgsqlConnection(text);
        await other.OpenAsync(Cancel);
        await using var turn = await other.BeginTransactionAsync(Cancel);
        Assert.Equal(1, await other.ExecuteScalarAsync<int>(new CommandDefinition(Take, transaction: turn, cancellationToken: Cancel)));
        await turn.CommitAsync(Cancel);
        // The server has ended each of the others, one after another.
        foreach (var one in still)
        {
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => one.ExecuteScalarAsync<int>(new CommandDefinition("SELECT 1", cancellationToken: Cancel)));
            await one.DisposeAsync();
        }
    }

    /// <summary>Numbers follow commits: whoever has read up to a number has missed none before it.</summary>
    [Fact(Timeout = Limit)]
    public async Task Commit_ByThreeHubsAtOnce_IsSeenInTheOrderOfNumbers()
    {
        var hubs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _schema.OpenAsync()));
        var done = false;
        var reading = Task.Run(async () =>
        {
            var seen = 0L;
            while (!Volatile.Read(ref done) || seen < 60)
            {
                foreach (var s in await hubs[0].Submissions.ListAsync(SampleSubmissions.Umea, seen, 100, Cancel)) Assert.Equal(++seen, s.Sequence);
            }

            return seen;
        });

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => hubs[i % 3].Submissions.CommitAsync(
            SampleSubmissions.Of($"c{i}", "2025", project: new Domain.Identity.ProjectId($"p{i}")), null, Cancel)));
        Volatile.Write(ref done, true);

        Assert.Equal(60, await reading.WaitAsync(TimeSpan.FromSeconds(60), Cancel));
        foreach (var hub in hubs) await hub.DisposeAsync();
    }

    /// <summary>A hub that stands still in the midst of a write does not stop the others, and what it had not committed is gone.</summary>
    [Fact(Timeout = Limit)]
    public async Task BeginWrite_AnotherHubStandsStillInItsOwn_GoesOnWithoutIt()
    {
        await (await _schema.OpenAsync()).DisposeAsync();
        await using var still = new PostgresDatabase(_schema.Connection(), waitSeconds: 20, idleSeconds: 1);
        await using var other = new PostgresDatabase(_schema.Connection(), waitSeconds: 20);
        await using var stopped = await still.BeginWriteAsync(Cancel);
        await stopped.NextAsync("submission");

        await using (var write = await other.BeginWriteAsync(Cancel))
        {
            Assert.Equal(1, await write.NextAsync("submission"));
            await write.CommitAsync();
        }

        var late = await Assert.ThrowsAsync<CatalogueUnavailableException>(() => stopped.NextAsync("submission"));
        Assert.False(late.OutcomeUnknown);
    }

    [Fact(Timeout = Limit)]
    public async Task BeginWrite_TurnDoesNotCome_IsTransientAndNothingIsStored()
    {
        await (await _schema.OpenAsync()).DisposeAsync();
        await using var holding = new PostgresDatabase(_schema.Connection());
        await using var waiting = new PostgresDatabase(_schema.Connection(), waitSeconds: 1);
        await using (await holding.BeginWriteAsync(Cancel))
        {
            var refused = await Assert.ThrowsAsync<CatalogueUnavailableException>(() => waiting.BeginWriteAsync(Cancel));
            Assert.False(refused.OutcomeUnknown);
        }

        await using var write = await waiting.BeginWriteAsync(Cancel);
        await write.CommitAsync();
    }

    [Theory(Timeout = Limit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_ServerEndsTheConnection_IsTransientAndUnknownOnlyAtTheCommit(bool atCommit)
    {
        await (await _schema.OpenAsync()).DisposeAsync();
        await using var database = new PostgresDatabase(_schema.Connection());
        await using var write = await database.BeginWriteAsync(Cancel);
        await write.NextAsync("run");
        var process = await write.FirstOrDefaultAsync<int>("SELECT pg_backend_pid()");
        await using var by = await _schema.RawAsync(Cancel);
        await by.ExecuteAsync($"SELECT pg_terminate_backend({process}, 5000)");

        var failed = await Assert.ThrowsAsync<CatalogueUnavailableException>(() => atCommit ? write.CommitAsync() : write.NextAsync("run"));

        Assert.Equal(atCommit, failed.OutcomeUnknown);
        Assert.Equal(0, await by.QuerySingleAsync<long>("SELECT value FROM counter WHERE name = 'run'"));
    }

    [Fact(Timeout = Limit)]
    public async Task Claim_ByTwoHubsAtOnce_GivesEachItsOwnEpochAndOneResult()
    {
        await using var first = await _schema.OpenAsync();
        await using var second = await _schema.OpenAsync();
        var plan = SamplePlans.Of("plan-1");
        await first.Plans.TryRegisterPlanAsync(SamplePlans.Registered(plan), Cancel);
        var committed = await first.Submissions.CommitAsync(SampleSubmissions.Of("a", "2025"), null, Cancel);
        var run = await first.Runs.EnqueueAsync(
            plan, Snapshot.Of(SampleSubmissions.Project, [committed.Submission]), 1, "r-1", SampleSubmissions.Time, Cancel);

        var claims = await Task.WhenAll(first.Runs.ClaimAsync(run.Id, Cancel), second.Runs.ClaimAsync(run.Id, Cancel));
        var counted = await Task.WhenAll(
            first.Runs.CompleteAsync(run.Id, claims[0]!.Epoch, new byte[] { 1 }, [], SampleSubmissions.Time, Cancel),
            second.Runs.CompleteAsync(run.Id, claims[1]!.Epoch, new byte[] { 2 }, [], SampleSubmissions.Time, Cancel));

        Assert.Equal([1L, 2], claims.Select(c => c!.Epoch).Order());
        Assert.Equal(claims.Select(c => c!.Epoch == 2), counted);
    }

    [Fact(Timeout = Limit)]
    public async Task Read_WhileAWriterIsAtWork_DoesNotWait()
    {
        await using var catalogue = await _schema.OpenAsync();
        await catalogue.Submissions.CommitAsync(SampleSubmissions.Of("a", "2025"), null, Cancel);
        await using var database = new PostgresDatabase(_schema.Connection());
        await using var writing = await database.BeginWriteAsync(Cancel);
        await writing.NextAsync("submission");

        Assert.Single(
            await catalogue.Submissions.InProjectAsync(SampleSubmissions.Project, Cancel).WaitAsync(TimeSpan.FromSeconds(5), Cancel));
    }
}
