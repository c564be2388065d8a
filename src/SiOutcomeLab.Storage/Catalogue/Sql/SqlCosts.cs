using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <inheritdoc cref="ICostStore"/>
internal sealed class SqlCosts(ICatalogueDatabase database) : ICostStore
{
    // A wider audience has the larger number: a reader sees what is released to its own audience or a wider one.
    private const string MaySee = "audience >= @audience";

    public async Task KeepAsync(KeptCosts costs, CancellationToken cancellationToken)
    {
        const string Insert = """
            INSERT INTO cost (name, run_id, subject, municipality_group, unit_cost_set, price_year, audience, rule_version, summary, body)
            VALUES (@name, @runId, @subject, @municipalityGroup, @unitCostSet, @priceYear, @audience, @ruleVersion, @summary, @body)
            ON CONFLICT DO NOTHING
            """;
        var (release, value) = (costs.Release, costs.Release.Value);
        var body = CostReleaseCodec.Encode(release);
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var written = await write.ExecuteAsync(
            Insert,
            new
            {
                name = value.Name,
                runId = costs.RunId,
                subject = value.Subject,
                municipalityGroup = value.MunicipalityGroup,
                unitCostSet = value.Terms.UnitCostSet,
                priceYear = (long)value.Terms.PriceLevel.Year,
                audience = (long)release.Audience,
                ruleVersion = release.RuleVersion,
                summary = costs.Summary,
                body,
            });
        if (written == 0)
        {
            const string Select = "SELECT summary FROM cost WHERE name = @name AND body = @body";
            var kept = await write.FirstOrDefaultAsync<byte[]>(Select, new { name = value.Name, body });
            if (kept is null || !kept.AsSpan().SequenceEqual(costs.Summary)) throw new ReleaseNameTakenException(value.Name);
        }

        await write.CommitAsync();
    }

    public async Task<Released<ReleasedCosts>?> FindAsync(string name, Audience audience, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT body FROM cost WHERE name = @name AND {MaySee}";
        var body = await database.FirstOrDefaultAsync<byte[]>(Sql, new { name, audience = (long)audience }, cancellationToken);
        return body is null ? null : CostReleaseCodec.Decode(body);
    }

    public async Task<IReadOnlyList<Released<ReleasedCosts>>> ListAsync(
        CostFilter filter, Audience audience, string? afterName, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        List<string> conditions = [MaySee, "name > @afterName"];
        if (filter.Subject is not null) conditions.Add("subject = @subject");
        if (filter.MunicipalityGroup is not null) conditions.Add("municipality_group = @municipalityGroup");
        if (filter.UnitCostSet is not null) conditions.Add("unit_cost_set = @unitCostSet");
        if (filter.PriceYear is not null) conditions.Add("price_year = @priceYear");
        var sql = $"SELECT body FROM cost WHERE {string.Join(" AND ", conditions)} ORDER BY name LIMIT @limit";
        var parameters = new
        {
            audience = (long)audience,
            afterName = afterName ?? string.Empty,
            subject = filter.Subject,
            municipalityGroup = filter.MunicipalityGroup,
            unitCostSet = filter.UnitCostSet,
            priceYear = (long?)filter.PriceYear,
            limit,
        };
        var bodies = await database.ListAsync<byte[]>(sql, parameters, cancellationToken);
        return [.. bodies.Select(b => CostReleaseCodec.Decode(b))];
    }

    public Task<byte[]?> SummaryAsync(string name, CancellationToken cancellationToken) =>
        database.FirstOrDefaultAsync<byte[]>("SELECT summary FROM cost WHERE name = @name", new { name }, cancellationToken);
}
