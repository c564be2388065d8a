using Dapper;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Effects;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <inheritdoc cref="IReleaseStore"/>
internal sealed class SqlReleases(ICatalogueDatabase database) : IReleaseStore
{
    // A wider audience has the larger number: a reader sees what is released to its own audience or a wider one.
    private const string MaySee = "r.audience >= @audience";

    public async Task<Released<ReleasedEffect>?> FindAsync(string name, Audience audience, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT r.body FROM release r WHERE r.name = @name AND {MaySee}";
        var body = await database.FirstOrDefaultAsync<byte[]>(Sql, new { name, audience = (long)audience }, cancellationToken);
        return body is null ? null : ReleaseCodec.Decode(body);
    }

    public async Task<IReadOnlyList<Released<ReleasedEffect>>> ListAsync(
        EffectFilter filter, Audience audience, string? afterName, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var sql = $"""
            SELECT r.body FROM release r JOIN plan_current c ON c.run_id = r.run_id
            WHERE {Conditions(filter)} AND r.name > @afterName ORDER BY r.name LIMIT @limit
            """;
        var parameters = Parameters(filter, audience, limit);
        parameters.Add("afterName", afterName ?? string.Empty);
        var bodies = await database.ListAsync<byte[]>(sql, parameters, cancellationToken);
        return [.. bodies.Select(b => ReleaseCodec.Decode(b))];
    }

    public async Task<IReadOnlyList<EffectChange>> ChangesAsync(
        EffectFilter filter, Audience audience, EffectChangeCursor? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var place = after switch
        {
            null => string.Empty,
            { Name: null } => "AND r.changed_at > @afterTime",
            _ => "AND (r.changed_at, r.name) > (@afterTime, @afterName)",
        };
        // Taken back by its owner, not by the date on which it was to be removed anyhow.
        var sql = $"""
            SELECT r.body AS Body, r.changed_at AS ChangedAt, CASE
                WHEN c.run_id IS NULL THEN 1
                WHEN EXISTS (
                    SELECT 1 FROM run u
                    JOIN snapshot_submission m ON m.snapshot_hash = u.snapshot_hash
                    JOIN submission s ON s.id = m.submission_id
                    WHERE u.id = r.run_id AND s.organisation = r.organisation AND s.state = 3
                        AND (s.purged_at IS NULL OR s.ended_at < s.purged_at)) THEN 2
                ELSE 0 END AS Ending
            FROM release r LEFT JOIN plan_current c ON c.run_id = r.run_id
            WHERE {Conditions(filter)} {place} ORDER BY r.changed_at, r.name LIMIT @limit
            """;
        var parameters = Parameters(filter, audience, limit);
        if (after is not null) parameters.Add("afterTime", StoredTime.Write(after.ChangedAt));
        if (after?.Name is { } name) parameters.Add("afterName", name);
        var rows = await database.ListAsync<ChangeRow>(sql, parameters, cancellationToken);
        return
        [
            .. rows.Select(r => new EffectChange(
                ReleaseCodec.Decode(r.Body), StoredTime.Read(r.ChangedAt), r.Ending == 0 ? null : (EffectEnding)r.Ending)),
        ];
    }

    public long Version => database.Releases.Value;

    public async Task<string> StampAsync(CancellationToken cancellationToken)
    {
        // The second part for results that stand no more: the standing of their data is told too, and only ever grows graver.
        const string Sql = """
            SELECT (SELECT COALESCE(MAX(changed_at), '') FROM release) || ' ' || (
                SELECT CAST(COUNT(ended_at) + COUNT(purged_at) + COALESCE(SUM(erased_rows), 0) AS TEXT) FROM submission)
            """;
        return await database.FirstOrDefaultAsync<string>(Sql, null, cancellationToken) ?? string.Empty;
    }

    private static string Conditions(EffectFilter filter)
    {
        List<string> conditions = [MaySee];
        if (filter.Organisation is not null) conditions.Add("r.organisation = @organisation");
        if (filter.Plan is not null) conditions.Add("r.plan_id = @plan");
        if (filter.Method is not null) conditions.Add("r.method = @method");
        if (filter.Measure is not null) conditions.Add("r.measure = @measure");
        if (filter.Status is not null) conditions.Add("r.status = @status");
        if (filter.HeadlineOnly) conditions.Add("r.role = @headline");
        if (filter.StartedIn is not null) conditions.Add("r.first_month <= @lastMonth AND r.last_month >= @firstMonth");
        return string.Join(" AND ", conditions);
    }

    private static DynamicParameters Parameters(EffectFilter filter, Audience audience, int limit)
    {
        var parameters = new DynamicParameters(new
        {
            audience = (long)audience,
            organisation = filter.Organisation,
            plan = filter.Plan,
            method = filter.Method,
            measure = filter.Measure,
            status = (long?)filter.Status,
            headline = (long)EstimateRole.Headline,
            limit,
        });
        if (filter.StartedIn is not { } period) return parameters;
        parameters.Add("firstMonth", ReleaseRow.FirstMonth(period));
        parameters.Add("lastMonth", ReleaseRow.LastMonth(period));
        return parameters;
    }

    public Task<IReadOnlyDictionary<string, DataStanding>> StandingAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        StandingAsync(database, "release", names, cancellationToken);

    /// <summary>What has become of the data behind the runs of rows of a table that has a name and a run for each.</summary>
    internal static Task<IReadOnlyDictionary<string, DataStanding>> StandingAsync(
        ICatalogueDatabase database, string table, IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        StandingAsync(database, $"{table} r JOIN run u ON u.id = r.run_id", "u.snapshot_hash", "u.queued_at", names, cancellationToken);

    /// <summary>What has become of the data behind named rows.</summary>
    /// <param name="database">The catalogue.</param>
    /// <param name="rows">The rows as <c>r</c>, with what says on which data each rests.</param>
    /// <param name="snapshot">The hash of the list of submissions.</param>
    /// <param name="since">The time whose later erasures count.</param>
    /// <param name="names">The rows' names.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    internal static async Task<IReadOnlyDictionary<string, DataStanding>> StandingAsync(
        ICatalogueDatabase database,
        string rows,
        string snapshot,
        string since,
        IReadOnlyCollection<string> names,
        CancellationToken cancellationToken)
    {
        // A submission's row outlives its files, so what became of it can be told as long as the release is kept.
        if (names.Count == 0) return new Dictionary<string, DataStanding>();
        var list = new ParameterList("name", names);
        var sql = $"""
            SELECT r.name AS Name, MAX(
                CASE
                    WHEN s.purged_at IS NOT NULL OR (s.last_erased_at IS NOT NULL AND s.last_erased_at > {since}) THEN 4
                    WHEN s.state = 3 THEN 3
                    WHEN s.state = 2 THEN 2
                    ELSE 1
                END) AS Standing
            FROM {rows}
            JOIN snapshot_submission m ON m.snapshot_hash = {snapshot}
            JOIN submission s ON s.id = m.submission_id
            WHERE r.name IN {list.Sql} GROUP BY r.name
            """;
        var found = await database.ListAsync<StandingRow>(sql, list.Parameters, cancellationToken);
        return found.ToDictionary(r => r.Name, r => (DataStanding)r.Standing, StringComparer.Ordinal);
    }

    private sealed class ChangeRow
    {
        public byte[] Body { get; init; } = [];

        public string ChangedAt { get; init; } = string.Empty;

        public long Ending { get; init; }
    }

    private sealed class StandingRow
    {
        public string Name { get; init; } = string.Empty;

        public long Standing { get; init; }
    }
}
