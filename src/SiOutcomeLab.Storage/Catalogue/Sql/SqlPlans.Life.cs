using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>Where plans stand, drafts before them, and their end.</summary>
internal sealed partial class SqlPlans
{
    private const string ClosedMessage = "The plan was closed before it ended.";

    // The facts in the order in which one outweighs the next.
    private const string StateOf = $"""
        CASE
            WHEN NOT ({IsLatest}) THEN 6
            WHEN c.plan_id IS NOT NULL THEN 5
            WHEN EXISTS (
                SELECT 1 FROM run r WHERE r.plan_id = p.id AND r.plan_version = p.version AND r.state = @succeeded
                    AND r.look = (SELECT MAX(l.look) FROM plan_look l WHERE l.plan_id = p.id AND l.plan_version = p.version)) THEN 4
            WHEN EXISTS (
                SELECT 1 FROM run r WHERE r.plan_id = p.id AND r.plan_version = p.version AND r.state = @succeeded) THEN 3
            WHEN EXISTS (
                SELECT 1 FROM run r WHERE r.plan_id = p.id AND r.plan_version = p.version AND r.state NOT IN (@obsolete, @cancelled)) THEN 2
            ELSE 1
        END
        """;

    private const string Standings = $"""
        SELECT {PlanRow.Columns}, {StateOf} AS State, c.reason AS Reason, c.closed_by AS ClosedBy, c.closed_at AS ClosedAt
        FROM plan p LEFT JOIN plan_closed c ON c.plan_id = p.id
        """;

    private const string DraftColumns = "organisation AS Organisation, id AS Id, content AS Content, saved_by AS SavedBy, saved_at AS SavedAt";

    public async Task<PlanStanding?> FindStandingAsync(string id, int? version, CancellationToken cancellationToken)
    {
        var restriction = version is null ? IsLatest : "p.version = @version";
        var parameters = new
        {
            id,
            version = (long?)version,
            succeeded = (long)RunState.Succeeded,
            obsolete = (long)RunState.Obsolete,
            cancelled = (long)RunState.Cancelled,
        };
        return (await database.FirstOrDefaultAsync<StandingRow>($"{Standings} WHERE p.id = @id AND {restriction}", parameters, cancellationToken))
            ?.ToStanding();
    }

    public async Task<IReadOnlyList<PlanStanding>> ListStandingsAsync(
        OrganisationId? organisation, PlanState? state, string? afterId, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var own = organisation is null ? string.Empty : "AND p.organisation = @organisation";
        var inState = state is null ? string.Empty : "WHERE s.State = @state";
        var sql = $"""
            SELECT * FROM ({Standings} WHERE p.id > @afterId {own} AND {IsLatest}) s {inState} ORDER BY s.Id LIMIT @limit
            """;
        var parameters = new
        {
            organisation = organisation?.Code,
            afterId = afterId ?? string.Empty,
            limit,
            state = (long?)state,
            succeeded = (long)RunState.Succeeded,
            obsolete = (long)RunState.Obsolete,
            cancelled = (long)RunState.Cancelled,
        };
        var rows = await database.ListAsync<StandingRow>(sql, parameters, cancellationToken);
        return [.. rows.Select(r => r.ToStanding())];
    }

    public async Task<bool> TryCloseAsync(string planId, PlanClosing closing, CancellationToken cancellationToken)
    {
        const string Close = """
            INSERT INTO plan_closed (plan_id, reason, closed_by, closed_at) VALUES (@planId, @reason, @by, @at) ON CONFLICT DO NOTHING
            """;
        const string EndRuns = """
            UPDATE run SET state = @obsolete, stage = @done, error = @message, finished_at = @at
            WHERE plan_id = @planId AND state NOT IN (@succeeded, @obsolete, @cancelled)
            """;
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var at = StoredTime.Write(closing.ClosedAt);
        if (await write.FirstOrDefaultAsync<long>("SELECT COUNT(*) FROM plan WHERE id = @planId", new { planId }) == 0) return false;
        if (await write.ExecuteAsync(Close, new { planId, reason = closing.Reason, by = closing.ClosedBy, at }) == 1)
        {
            await write.ExecuteAsync(
                EndRuns,
                new
                {
                    planId,
                    at,
                    message = ClosedMessage,
                    done = (long)RunStage.Done,
                    succeeded = (long)RunState.Succeeded,
                    obsolete = (long)RunState.Obsolete,
                    cancelled = (long)RunState.Cancelled,
                });
        }

        await write.CommitAsync();
        return true;
    }

    public async Task SaveDraftAsync(PlanDraft draft, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO plan_draft (organisation, id, content, saved_by, saved_at) VALUES (@Organisation, @Id, @Content, @SavedBy, @SavedAt)
            ON CONFLICT (organisation, id) DO UPDATE SET content = excluded.content, saved_by = excluded.saved_by, saved_at = excluded.saved_at
            """;
        await using var write = await database.BeginWriteAsync(cancellationToken);
        await write.ExecuteAsync(Sql, DraftRow.Of(draft));
        await write.CommitAsync();
    }

    public async Task<PlanDraft?> FindDraftAsync(OrganisationId organisation, string id, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT {DraftColumns} FROM plan_draft WHERE organisation = @organisation AND id = @id";
        var key = new { organisation = organisation.Code, id };
        return (await database.FirstOrDefaultAsync<DraftRow>(Sql, key, cancellationToken))?.ToDraft();
    }

    public async Task<IReadOnlyList<PlanDraft>> ListDraftsAsync(
        OrganisationId organisation, string? afterId, int limit, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT {DraftColumns} FROM plan_draft WHERE organisation = @organisation AND id > @afterId ORDER BY id LIMIT @limit";
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var parameters = new { organisation = organisation.Code, afterId = afterId ?? string.Empty, limit };
        return [.. (await database.ListAsync<DraftRow>(Sql, parameters, cancellationToken)).Select(r => r.ToDraft())];
    }

    public async Task<bool> TryDiscardDraftAsync(OrganisationId organisation, string id, CancellationToken cancellationToken)
    {
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var removed = await write.ExecuteAsync(
            "DELETE FROM plan_draft WHERE organisation = @organisation AND id = @id", new { organisation = organisation.Code, id });
        await write.CommitAsync();
        return removed == 1;
    }

    private static async Task RemoveAsync(CatalogueWrite write, PlanDraft draft)
    {
        const string Sql = "DELETE FROM plan_draft WHERE organisation = @Organisation AND id = @Id AND content = @Content";
        if (await write.ExecuteAsync(Sql, DraftRow.Of(draft)) != 1) throw new DraftChangedException(draft.Id);
    }

    private sealed class StandingRow : PlanRow
    {
        public long State { get; init; }

        public string? Reason { get; init; }

        public string? ClosedBy { get; init; }

        public string? ClosedAt { get; init; }

        public PlanStanding ToStanding() => new(
            ToPlan(), (PlanState)State, Reason is null ? null : new PlanClosing(Reason, ClosedBy!, StoredTime.Read(ClosedAt!)));
    }

    private sealed class DraftRow
    {
        public string Organisation { get; init; } = string.Empty;

        public string Id { get; init; } = string.Empty;

        public string Content { get; init; } = string.Empty;

        public string SavedBy { get; init; } = string.Empty;

        public string SavedAt { get; init; } = string.Empty;

        public static DraftRow Of(PlanDraft draft) => new()
        {
            Organisation = draft.Organisation.Code,
            Id = draft.Id,
            Content = draft.Content,
            SavedBy = draft.SavedBy,
            SavedAt = StoredTime.Write(draft.SavedAt),
        };

        public PlanDraft ToDraft() => new(new OrganisationId(Organisation), Id, Content, SavedBy, StoredTime.Read(SavedAt));
    }
}
