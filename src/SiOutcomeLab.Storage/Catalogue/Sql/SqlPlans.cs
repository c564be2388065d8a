using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <inheritdoc cref="IPlanCatalogue"/>
internal sealed partial class SqlPlans(ICatalogueDatabase database) : IPlanCatalogue
{
    internal const string IsLatest = "p.version = (SELECT MAX(q.version) FROM plan q WHERE q.id = p.id)";

    private const string OneIntervention =
        $"SELECT {InterventionRow.Columns} FROM intervention WHERE organisation = @organisation AND code = @code";

    private const string InsertLook = "INSERT INTO plan_look (plan_id, plan_version, look, due_on) VALUES (@Id, @Version, @Look, @DueOn)";

    private const string OnePlan = $"SELECT {PlanRow.Columns} FROM plan p WHERE p.id = @id AND p.version = @version";

    private volatile AllInterventions? _interventions;

    public async Task<bool> TryRegisterInterventionAsync(Intervention intervention, CancellationToken cancellationToken)
    {
        await using var write = await database.BeginWriteAsync(cancellationToken);
        if (await write.ExecuteAsync(InterventionRow.Insert, InterventionRow.Of(intervention)) == 1)
        {
            await write.CommitAsync();
            return true;
        }

        var key = new { organisation = intervention.Organisation.Code, code = intervention.Code.Code };
        return (await write.FirstOrDefaultAsync<InterventionRow>(OneIntervention, key))?.ToIntervention() == intervention;
    }

    public async Task<Intervention?> FindInterventionAsync(
        OrganisationId organisation, InterventionCode code, CancellationToken cancellationToken)
    {
        var key = new { organisation = organisation.Code, code = code.Code };
        return (await database.FirstOrDefaultAsync<InterventionRow>(OneIntervention, key, cancellationToken))?.ToIntervention();
    }

    public async Task<IReadOnlyList<Intervention>> ListInterventionsAsync(OrganisationId? organisation, CancellationToken cancellationToken)
    {
        // Every cohort asks for all of them. The mark first: what is registered in between is in the list, and the next mark is another.
        const string Mark = "SELECT moved FROM change_mark WHERE subject = 'interventions'";
        var moved = await database.FirstOrDefaultAsync<long>(Mark, null, cancellationToken);
        var all = _interventions;
        if (all is null || all.Moved != moved)
        {
            const string Sql = $"SELECT {InterventionRow.Columns} FROM intervention ORDER BY code, organisation";
            var rows = await database.ListAsync<InterventionRow>(Sql, null, cancellationToken);
            _interventions = all = new AllInterventions(moved, [.. rows.Select(r => r.ToIntervention())]);
        }

        return organisation is null ? all.Interventions : [.. all.Interventions.Where(i => i.Organisation == organisation)];
    }

    public Task<RegisteredPlan?> TryRegisterPlanAsync(RegisteredPlan plan, CancellationToken cancellationToken) =>
        RegisterAsync(plan, null, cancellationToken);

    public Task<RegisteredPlan?> TryRegisterPlanAsync(RegisteredPlan plan, PlanDraft draft, CancellationToken cancellationToken) =>
        RegisterAsync(plan, draft, cancellationToken);

    private async Task<RegisteredPlan?> RegisterAsync(RegisteredPlan plan, PlanDraft? draft, CancellationToken cancellationToken)
    {
        const string OtherOwner = "SELECT COUNT(*) FROM plan WHERE id = @Id AND organisation <> @Organisation";
        if (plan.Hash != PlanHash.Of(plan.Plan)) throw new ArgumentException("The hash is not the plan's.", nameof(plan));
        var row = PlanRow.Of(plan);
        await using var write = await database.BeginWriteAsync(cancellationToken);

        // A plan's identifier belongs to who registered it first: nobody else may amend it.
        if (await write.FirstOrDefaultAsync<long>(OtherOwner, row) > 0) return null;
        if (await write.ExecuteAsync(PlanRow.Insert, row) == 1)
        {
            foreach (var look in plan.Plan.Looks)
            {
                await write.ExecuteAsync(InsertLook, new { row.Id, row.Version, Look = (long)look.Number, DueOn = StoredTime.Write(look.DueOn) });
            }

            if (await write.FirstOrDefaultAsync<long>("SELECT COUNT(*) FROM plan_closed WHERE plan_id = @Id", row) > 0) throw new PlanClosedException(row.Id);
            if (draft is not null) await RemoveAsync(write, draft);
            await write.CommitAsync();
            return row.ToPlan();
        }

        var standing = await write.FirstOrDefaultAsync<PlanRow>(OnePlan, new { id = row.Id, version = row.Version });
        return standing?.Hash == row.Hash ? standing.ToPlan() : null;
    }

    public async Task<RegisteredPlan?> FindPlanAsync(string id, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT {PlanRow.Columns} FROM plan p WHERE p.id = @id ORDER BY p.version DESC LIMIT 1";
        return (await database.FirstOrDefaultAsync<PlanRow>(Sql, new { id }, cancellationToken))?.ToPlan();
    }

    public async Task<RegisteredPlan?> FindPlanAsync(string id, int version, CancellationToken cancellationToken) =>
        (await database.FirstOrDefaultAsync<PlanRow>(OnePlan, new { id, version = (long)version }, cancellationToken))?.ToPlan();

    public async Task<IReadOnlyList<RegisteredPlan>> ListPlansAsync(
        OrganisationId? organisation, string? afterId, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var restriction = organisation is null ? string.Empty : "AND p.organisation = @organisation";
        var sql = $"SELECT {PlanRow.Columns} FROM plan p WHERE p.id > @afterId {restriction} AND {IsLatest} ORDER BY p.id LIMIT @limit";
        var parameters = new { organisation = organisation?.Code, afterId = afterId ?? string.Empty, limit };
        var rows = await database.ListAsync<PlanRow>(sql, parameters, cancellationToken);
        return [.. rows.Select(r => r.ToPlan())];
    }

    public async Task<IReadOnlyList<DueLook>> DueAsync(DateOnly today, CancellationToken cancellationToken)
    {
        const string Sql = $"""
            SELECT {PlanRow.Columns}, MIN(l.look) AS Look
            FROM plan p JOIN plan_look l ON l.plan_id = p.id AND l.plan_version = p.version
            WHERE l.due_on <= @today AND {IsLatest}
                AND NOT EXISTS (SELECT 1 FROM plan_closed c WHERE c.plan_id = p.id)
                AND NOT EXISTS (
                    SELECT 1 FROM run r
                    WHERE r.plan_id = p.id AND r.plan_version = p.version AND r.look = l.look AND r.state = @succeeded)
            GROUP BY p.id, p.version
            ORDER BY MIN(l.due_on), p.id
            """;
        var parameters = new { today = StoredTime.Write(today), succeeded = (long)RunState.Succeeded };
        var rows = await database.ListAsync<DueLookRow>(Sql, parameters, cancellationToken);
        return [.. rows.Select(r => new DueLook(r.ToPlan(), (int)r.Look))];
    }

    private sealed record AllInterventions(long Moved, IReadOnlyList<Intervention> Interventions);

    private sealed class DueLookRow : PlanRow
    {
        public long Look { get; init; }
    }
}
