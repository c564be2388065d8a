using System.Globalization;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Benchmarks;
using SiOutcomeLab.Domain.Benchmarks;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <inheritdoc cref="IBenchmarkCatalogue"/>
internal sealed class SqlBenchmarks(ICatalogueDatabase database) : IBenchmarkCatalogue
{
    private const string MaySee = "b.audience >= @audience";

    public async Task<IReadOnlyList<CurrentLook>> CurrentLooksAsync(CancellationToken cancellationToken)
    {
        const string Sql = $"""
            SELECT {PlanRow.Columns}, c.look AS Look, c.run_id AS RunId, c.run_sequence AS RunSequence
            FROM plan p JOIN plan_current c ON c.plan_id = p.id AND c.plan_version = p.version
            WHERE {SqlPlans.IsLatest} ORDER BY p.id
            """;
        const string Methods = $"SELECT {InterventionRow.Columns} FROM intervention";
        var methods = (await database.ListAsync<InterventionRow>(Methods, null, cancellationToken))
            .Select(r => r.ToIntervention()).ToDictionary(i => (i.Organisation, i.Code), i => i.Method);
        var rows = await database.ListAsync<CurrentRow>(Sql, null, cancellationToken);
        return
        [
            .. from row in rows
               let plan = row.ToPlan()
               let method = methods.GetValueOrDefault((plan.Plan.Organisation, plan.Plan.Intervention))
               where method is not null
               select new CurrentLook(plan, method, (int)row.Look, row.RunId, row.RunSequence),
        ];
    }

    public async Task<BenchmarkStamp?> CurrentAsync(BenchmarkKey key, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT b.name AS Name, b.runs_hash AS RunsHash, b.snapshot_hash AS SnapshotHash
            FROM benchmark_current c JOIN benchmark b ON b.name = c.name WHERE c.benchmark_key = @key
            """;
        var row = await database.FirstOrDefaultAsync<StampRow>(Sql, new { key = key.Canonical }, cancellationToken);
        return row is null ? null : new BenchmarkStamp(row.Name, row.RunsHash, row.SnapshotHash);
    }

    public async Task<bool> StoreAsync(StoredBenchmark stored, CancellationToken cancellationToken)
    {
        const string Insert = """
            INSERT INTO benchmark (name, benchmark_key, method, measure, runs_hash, snapshot_hash, newest_run, audience, rule_version, computed_at, result, body)
            VALUES (@name, @key, @method, @measure, @runsHash, @snapshotHash, @newestRun, @audience, @ruleVersion, @computedAt, @result, @body)
            ON CONFLICT DO NOTHING
            """;
        const string MakeCurrent = """
            INSERT INTO benchmark_current (benchmark_key, name, newest_run) VALUES (@key, @name, @newestRun)
            ON CONFLICT (benchmark_key) DO UPDATE SET name = excluded.name, newest_run = excluded.newest_run
            WHERE excluded.newest_run >= benchmark_current.newest_run
            """;
        var parameters = new
        {
            name = stored.Stamp.Name,
            key = stored.Key.Canonical,
            method = stored.Key.Method,
            measure = stored.Key.Outcome.Measure.Code,
            runsHash = stored.Stamp.RunsHash,
            snapshotHash = stored.Snapshot.Hash,
            newestRun = stored.NewestRun,
            audience = (long)stored.Release.Audience,
            ruleVersion = stored.Release.RuleVersion,
            computedAt = StoredTime.Write(stored.ComputedAt),
            result = stored.Result.ToArray(),
            body = BenchmarkCodec.Encode(stored.Release),
        };
        await using var write = await database.BeginWriteAsync(cancellationToken);
        await SqlRuns.KeepSnapshotAsync(write, stored.Snapshot);
        var isNew = await write.ExecuteAsync(Insert, parameters) == 1;
        // The same inputs again, after others were current: then they are current again.
        await write.ExecuteAsync(MakeCurrent, parameters);
        await write.CommitAsync();
        return isNew;
    }

    public Task<byte[]?> ResultAsync(string name, CancellationToken cancellationToken) =>
        database.FirstOrDefaultAsync<byte[]>("SELECT result FROM benchmark WHERE name = @name", new { name }, cancellationToken);

    public async Task<Released<ReleasedBenchmark>?> FindAsync(string name, Audience audience, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT b.body FROM benchmark b WHERE b.name = @name AND {MaySee}";
        var body = await database.FirstOrDefaultAsync<byte[]>(Sql, new { name, audience = (long)audience }, cancellationToken);
        return body is null ? null : BenchmarkCodec.Decode(body);
    }

    public async Task<IReadOnlyList<Released<ReleasedBenchmark>>> ListAsync(
        BenchmarkFilter filter, Audience audience, string? afterName, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        List<string> conditions = [MaySee, "b.name > @afterName"];
        if (filter.Method is not null) conditions.Add("b.method = @method");
        if (filter.Measure is not null) conditions.Add("b.measure = @measure");
        // Codes hold no bar, so a bar around measure and horizon means these two parts of the key and no others.
        if (filter.HorizonPeriods is not null) conditions.Add("b.benchmark_key LIKE '%|' || b.measure || '|' || @horizon || '|%'");
        var sql = $"""
            SELECT b.body FROM benchmark b JOIN benchmark_current c ON c.name = b.name
            WHERE {string.Join(" AND ", conditions)} ORDER BY b.name LIMIT @limit
            """;
        var parameters = new
        {
            audience = (long)audience,
            afterName = afterName ?? string.Empty,
            method = filter.Method,
            measure = filter.Measure,
            horizon = filter.HorizonPeriods?.ToString(CultureInfo.InvariantCulture),
            limit,
        };
        var bodies = await database.ListAsync<byte[]>(sql, parameters, cancellationToken);
        return [.. bodies.Select(b => BenchmarkCodec.Decode(b))];
    }

    public Task<IReadOnlyDictionary<string, DataStanding>> StandingAsync(
        IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        SqlReleases.StandingAsync(database, "benchmark r", "r.snapshot_hash", "r.computed_at", names, cancellationToken);

    private sealed class CurrentRow : PlanRow
    {
        public long Look { get; init; }

        public string RunId { get; init; } = string.Empty;

        public long RunSequence { get; init; }
    }

    private sealed class StampRow
    {
        public string Name { get; init; } = string.Empty;

        public string RunsHash { get; init; } = string.Empty;

        public string SnapshotHash { get; init; } = string.Empty;
    }
}
