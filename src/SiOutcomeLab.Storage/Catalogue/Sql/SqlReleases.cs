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
        List<string> conditions = [MaySee, "r.name > @afterName"];
        if (filter.Organisation is not null) conditions.Add("r.organisation = @organisation");
        if (filter.Plan is not null) conditions.Add("r.plan_id = @plan");
        if (filter.Method is not null) conditions.Add("r.method = @method");
        if (filter.Measure is not null) conditions.Add("r.measure = @measure");
        if (filter.Status is not null) conditions.Add("r.status = @status");
        if (filter.HeadlineOnly) conditions.Add("r.role = @headline");
        var sql = $"""
            SELECT r.body FROM release r JOIN plan_current c ON c.run_id = r.run_id
            WHERE {string.Join(" AND ", conditions)} ORDER BY r.name LIMIT @limit
            """;
        var parameters = new
        {
            audience = (long)audience,
            afterName = afterName ?? string.Empty,
            organisation = filter.Organisation,
            plan = filter.Plan,
            method = filter.Method,
            measure = filter.Measure,
            status = (long?)filter.Status,
            headline = (long)EstimateRole.Headline,
            limit,
        };
        var bodies = await database.ListAsync<byte[]>(sql, parameters, cancellationToken);
        return [.. bodies.Select(b => ReleaseCodec.Decode(b))];
    }

    public Task<IReadOnlyDictionary<string, DataStanding>> StandingAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        StandingAsync(database, "release", names, cancellationToken);

    /// <summary>What has become of the data behind the runs of rows of a table that has a name and a run for each.</summary>
    internal static async Task<IReadOnlyDictionary<string, DataStanding>> StandingAsync(
        ICatalogueDatabase database, string table, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        // A submission's row outlives its files, so what became of it can be told as long as the release is kept.
        if (names.Count == 0) return new Dictionary<string, DataStanding>();
        var list = new ParameterList("name", names);
        var sql = $"""
            SELECT r.name AS Name, MAX(
                CASE
                    WHEN s.purged_at IS NOT NULL OR (s.last_erased_at IS NOT NULL AND s.last_erased_at > u.queued_at) THEN 4
                    WHEN s.state = 3 THEN 3
                    WHEN s.state = 2 THEN 2
                    ELSE 1
                END) AS Standing
            FROM {table} r
            JOIN run u ON u.id = r.run_id
            JOIN snapshot_submission m ON m.snapshot_hash = u.snapshot_hash
            JOIN submission s ON s.id = m.submission_id
            WHERE r.name IN {list.Sql} GROUP BY r.name
            """;
        var rows = await database.ListAsync<StandingRow>(sql, list.Parameters, cancellationToken);
        return rows.ToDictionary(r => r.Name, r => (DataStanding)r.Standing, StringComparer.Ordinal);
    }

    private sealed class StandingRow
    {
        public string Name { get; init; } = string.Empty;

        public long Standing { get; init; }
    }
}
