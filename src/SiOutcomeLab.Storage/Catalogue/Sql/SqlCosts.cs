using System.Globalization;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <inheritdoc cref="ICostStore"/>
internal sealed class SqlCosts(ICatalogueDatabase database) : ICostStore
{
    // A wider audience has the larger number: a reader sees what is released to its own audience or a wider one.
    private const string MaySee = "k.audience >= @audience";

    public async Task KeepAsync(KeptCosts costs, CancellationToken cancellationToken)
    {
        var terms = costs.Release.Value.Terms;
        var key = string.Create(CultureInfo.InvariantCulture, $"{costs.RunId} {terms.UnitCostSet} {terms.PriceLevel.Year}");
        await using var write = await database.BeginWriteAsync(cancellationToken);
        await KeepAsync(write, key, costs.RunId, null, null, costs.Summary, costs.Release);
        await write.CommitAsync();
    }

    public async Task KeepPoolAsync(KeptCostPool pool, CancellationToken cancellationToken)
    {
        const string Note = """
            INSERT INTO cost_pool (pool_key, inputs_hash, snapshot_hash) VALUES (@key, @inputsHash, @snapshotHash)
            ON CONFLICT (pool_key) DO UPDATE SET inputs_hash = excluded.inputs_hash, snapshot_hash = excluded.snapshot_hash
            """;
        var of = pool.Key.Canonical;
        var computedAt = StoredTime.Write(pool.ComputedAt);
        await using var write = await database.BeginWriteAsync(cancellationToken);
        await SqlRuns.KeepSnapshotAsync(write, pool.Snapshot);
        await write.ExecuteAsync(
            "DELETE FROM cost_current WHERE cost_key IN (@group, @without)",
            new { group = PoolKey(of, CostPart.TargetGroup), without = PoolKey(of, CostPart.Counterfactual) });
        foreach (var (summary, release) in pool.Costs)
        {
            var part = release.Value.TargetGroup is null ? CostPart.Counterfactual : CostPart.TargetGroup;
            await KeepAsync(write, PoolKey(of, part), null, pool.Snapshot.Hash, computedAt, summary, release);
        }

        await write.ExecuteAsync(Note, new { key = of, inputsHash = pool.InputsHash, snapshotHash = pool.Snapshot.Hash });
        await write.CommitAsync();
    }

    public async Task<IReadOnlyDictionary<string, CostPoolStamp>> PoolsAsync(CancellationToken cancellationToken)
    {
        const string Sql = "SELECT pool_key AS PoolKey, inputs_hash AS InputsHash, snapshot_hash AS SnapshotHash FROM cost_pool";
        var rows = await database.ListAsync<PoolRow>(Sql, null, cancellationToken);
        return rows.ToDictionary(r => r.PoolKey, r => new CostPoolStamp(r.InputsHash, r.SnapshotHash), StringComparer.Ordinal);
    }

    public async Task<Released<ReleasedCosts>?> FindAsync(string name, Audience audience, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT k.body FROM cost k WHERE k.name = @name AND {MaySee}";
        var body = await database.FirstOrDefaultAsync<byte[]>(Sql, new { name, audience = (long)audience }, cancellationToken);
        return body is null ? null : CostReleaseCodec.Decode(body);
    }

    public async Task<IReadOnlyList<Released<ReleasedCosts>>> ListAsync(
        CostFilter filter, Audience audience, string? afterName, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        List<string> conditions =
            [MaySee, "k.name > @afterName", "(k.run_id IS NULL OR EXISTS (SELECT 1 FROM plan_current p WHERE p.run_id = k.run_id))"];
        if (filter.Subject is not null) conditions.Add("k.subject = @subject");
        if (filter.Organisation is not null) conditions.Add("k.organisation = @organisation");
        if (filter.Method is not null) conditions.Add("k.method = @method");
        if (filter.Measure is not null) conditions.Add("k.measure = @measure");
        if (filter.MunicipalityGroup is not null) conditions.Add("k.municipality_group = @municipalityGroup");
        if (filter.HorizonYears is not null) conditions.Add("k.horizon_years = @horizonYears");
        if (filter.UnitCostSet is not null) conditions.Add("k.unit_cost_set = @unitCostSet");
        if (filter.PriceYear is not null) conditions.Add("k.price_year = @priceYear");
        if (filter.Part is { } part) conditions.Add(Has(part));
        var sql = $"""
            SELECT k.body FROM cost k JOIN cost_current c ON c.name = k.name
            WHERE {string.Join(" AND ", conditions)} ORDER BY k.name LIMIT @limit
            """;
        var parameters = new
        {
            audience = (long)audience,
            afterName = afterName ?? string.Empty,
            subject = filter.Subject,
            organisation = filter.Organisation,
            method = filter.Method,
            measure = filter.Measure,
            municipalityGroup = filter.MunicipalityGroup,
            horizonYears = (long?)filter.HorizonYears,
            unitCostSet = filter.UnitCostSet,
            priceYear = (long?)filter.PriceYear,
            limit,
        };
        var bodies = await database.ListAsync<byte[]>(sql, parameters, cancellationToken);
        return [.. bodies.Select(b => CostReleaseCodec.Decode(b))];
    }

    public async Task<IReadOnlyList<RunCosts>> OfRunAsync(string runId, Audience audience, CancellationToken cancellationToken)
    {
        const string Sql = $"""
            SELECT k.body AS Body, CASE WHEN c.name IS NULL THEN 0 ELSE 1 END AS Stands
            FROM cost k LEFT JOIN cost_current c ON c.name = k.name
            WHERE k.run_id = @runId AND {MaySee} ORDER BY k.name
            """;
        var rows = await database.ListAsync<RunRow>(Sql, new { runId, audience = (long)audience }, cancellationToken);
        return [.. rows.Select(r => new RunCosts(CostReleaseCodec.Decode(r.Body), r.Stands == 1))];
    }

    public async Task<IReadOnlyDictionary<string, DataStanding>> StandingAsync(
        IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var ofRuns = await SqlReleases.StandingAsync(database, "cost", names, cancellationToken);
        if (ofRuns.Count == names.Count) return ofRuns;
        var ofPools = await SqlReleases.StandingAsync(database, "cost r", "r.snapshot_hash", "r.computed_at", names, cancellationToken);
        return ofRuns.Concat(ofPools).ToDictionary(StringComparer.Ordinal);
    }

    public Task<byte[]?> SummaryAsync(string name, CancellationToken cancellationToken) =>
        database.FirstOrDefaultAsync<byte[]>("SELECT summary FROM cost WHERE name = @name", new { name }, cancellationToken);

    public Task<IReadOnlyList<string>> MissingAsync(string termsMark, int maximumAttempts, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT p.run_id FROM plan_current p
            WHERE NOT EXISTS (SELECT 1 FROM cost k WHERE k.run_id = p.run_id AND k.terms_mark = @termsMark)
                AND NOT EXISTS (
                    SELECT 1 FROM cost_attempt a WHERE a.run_id = p.run_id AND a.terms_mark = @termsMark AND a.attempts >= @maximumAttempts)
            ORDER BY p.run_sequence
            """;
        return database.ListAsync<string>(Sql, new { termsMark, maximumAttempts = (long)maximumAttempts }, cancellationToken);
    }

    public async Task<bool> BeginAsync(string runId, string termsMark, int maximumAttempts, CancellationToken cancellationToken)
    {
        const string Done = "SELECT COUNT(*) FROM cost WHERE run_id = @runId AND terms_mark = @termsMark";
        const string Count = """
            INSERT INTO cost_attempt (run_id, terms_mark, attempts) VALUES (@runId, @termsMark, 1)
            ON CONFLICT (run_id, terms_mark) DO UPDATE SET attempts = cost_attempt.attempts + 1 WHERE cost_attempt.attempts < @maximumAttempts
            """;
        var parameters = new { runId, termsMark, maximumAttempts = (long)maximumAttempts };
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var isNew = await write.FirstOrDefaultAsync<long>(Done, parameters) == 0 && await write.ExecuteAsync(Count, parameters) == 1;
        await write.CommitAsync();
        return isNew;
    }

    public async Task GiveUpAsync(string runId, string termsMark, int maximumAttempts, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO cost_attempt (run_id, terms_mark, attempts) VALUES (@runId, @termsMark, @maximumAttempts)
            ON CONFLICT (run_id, terms_mark) DO UPDATE SET attempts = excluded.attempts
            """;
        await using var write = await database.BeginWriteAsync(cancellationToken);
        await write.ExecuteAsync(Sql, new { runId, termsMark, maximumAttempts = (long)maximumAttempts });
        await write.CommitAsync();
    }

    public async Task<bool> RestartAsync(string runId, string termsMark, int maximumAttempts, CancellationToken cancellationToken)
    {
        const string Sql = """
            DELETE FROM cost_attempt
            WHERE run_id = @runId AND terms_mark = @termsMark AND attempts >= @maximumAttempts
                AND NOT EXISTS (SELECT 1 FROM cost k WHERE k.run_id = @runId AND k.terms_mark = @termsMark)
                AND EXISTS (SELECT 1 FROM plan_current p WHERE p.run_id = @runId)
            """;
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var isMissing = await write.ExecuteAsync(Sql, new { runId, termsMark, maximumAttempts = (long)maximumAttempts }) == 1;
        await write.CommitAsync();
        return isMissing;
    }

    public async Task<IReadOnlyList<string>> GivenUpAsync(
        IReadOnlyList<string> runIds, string termsMark, int maximumAttempts, CancellationToken cancellationToken)
    {
        if (runIds.Count == 0) return [];
        var list = new ParameterList("run", runIds);
        var sql = $"""
            SELECT a.run_id FROM cost_attempt a
            WHERE a.run_id IN {list.Sql} AND a.terms_mark = @termsMark AND a.attempts >= @maximumAttempts
                AND NOT EXISTS (SELECT 1 FROM cost k WHERE k.run_id = a.run_id AND k.terms_mark = @termsMark)
                AND EXISTS (SELECT 1 FROM plan_current p WHERE p.run_id = a.run_id)
            ORDER BY a.run_id
            """;
        list.Parameters.Add("termsMark", termsMark);
        list.Parameters.Add("maximumAttempts", (long)maximumAttempts);
        return await database.ListAsync<string>(sql, list.Parameters, cancellationToken);
    }

    private static string PoolKey(string pool, CostPart part) => $"{pool}|{part}";

    private static async Task KeepAsync(
        CatalogueWrite write,
        string costKey,
        string? runId,
        string? snapshotHash,
        string? computedAt,
        byte[] summary,
        Released<ReleasedCosts> release)
    {
        const string Insert = """
            INSERT INTO cost (
                name, cost_key, run_id, subject, organisation, method, measure, municipality_group, horizon_years, unit_cost_set, price_year,
                terms_mark, has_target_group, has_counterfactual, has_saving, audience, rule_version, snapshot_hash, computed_at, summary, body)
            VALUES (
                @name, @costKey, @runId, @subject, @organisation, @method, @measure, @municipalityGroup, @horizonYears, @unitCostSet, @priceYear,
                @termsMark, @hasTargetGroup, @hasCounterfactual, @hasSaving, @audience, @ruleVersion, @snapshotHash, @computedAt, @summary, @body)
            ON CONFLICT DO NOTHING
            """;
        const string MakeCurrent = """
            INSERT INTO cost_current (cost_key, name) VALUES (@costKey, @name)
            ON CONFLICT (cost_key) DO UPDATE SET name = excluded.name
            """;
        var value = release.Value;
        var parameters = new
        {
            name = value.Name,
            costKey,
            runId,
            subject = value.Subject,
            organisation = value.Plan?.Plan.Organisation.Code,
            method = value.Plan?.Method ?? value.Subject,
            measure = value.Plan?.Plan.Primary.Measure.Code,
            municipalityGroup = value.MunicipalityGroup,
            horizonYears = (long)value.HorizonYears,
            unitCostSet = value.Terms.UnitCostSet,
            priceYear = (long)value.Terms.PriceLevel.Year,
            termsMark = value.Terms.Mark,
            hasTargetGroup = value.TargetGroup is null ? 0L : 1,
            hasCounterfactual = value.Counterfactual is null ? 0L : 1,
            hasSaving = value.Saving is null ? 0L : 1,
            audience = (long)release.Audience,
            ruleVersion = release.RuleVersion,
            snapshotHash,
            computedAt,
            summary,
            body = CostReleaseCodec.Encode(release),
        };
        if (await write.ExecuteAsync(Insert, parameters) == 0)
        {
            const string Select = "SELECT summary FROM cost WHERE name = @name AND body = @body";
            var kept = await write.FirstOrDefaultAsync<byte[]>(Select, new { parameters.name, parameters.body });
            if (kept is null || !kept.AsSpan().SequenceEqual(summary)) throw new ReleaseNameTakenException(value.Name);
        }

        await write.ExecuteAsync(MakeCurrent, new { parameters.costKey, parameters.name });
    }

    private static string Has(CostPart part) => part switch
    {
        CostPart.TargetGroup => "k.has_target_group = 1",
        CostPart.Counterfactual => "k.has_counterfactual = 1",
        CostPart.Saving => "k.has_saving = 1",
        CostPart.Plan => "k.run_id IS NOT NULL",
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "Unknown part."),
    };

    private sealed class RunRow
    {
        public byte[] Body { get; init; } = [];

        public long Stands { get; init; }
    }

    private sealed class PoolRow
    {
        public string PoolKey { get; init; } = string.Empty;

        public string InputsHash { get; init; } = string.Empty;

        public string SnapshotHash { get; init; } = string.Empty;
    }
}
