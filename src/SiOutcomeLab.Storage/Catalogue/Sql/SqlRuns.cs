using System.Globalization;
using Dapper;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <inheritdoc cref="IRunCatalogue"/>
internal sealed class SqlRuns(ICatalogueDatabase database) : IRunCatalogue
{
    /// <summary>What a worker may still change: the run under the epoch of its own claim, while it is running.</summary>
    private const string MineAndRunning = "id = @runId AND epoch = @epoch AND state = @running";

    /// <summary>Queued, running, or failed and tried again: <see cref="Run.HasEnded"/> is false.</summary>
    private const string GoesOn = "(state IN (1, 2) OR (state = 4 AND next_try_at IS NOT NULL))";

    // A snapshot of a national project has hundreds of members or thousands; a statement has room for so many parameters in every dialect.
    private const int MembersAStatement = 100;

    private const string OfOpenPlan = "NOT EXISTS (SELECT 1 FROM plan_closed c WHERE c.plan_id = run.plan_id)";

    /// <summary>What counts against a plan version's question: its own plan's versions and, among prospective plans, other plans.</summary>
    private const string OfTheQuestion = """
        FROM alpha_spent a JOIN plan p ON p.id = a.plan_id AND p.version = a.plan_version
        WHERE a.organisation = @organisation AND a.intervention = @intervention AND a.measure = @measure
            AND (a.plan_id = @planId OR (@timing = @prospective AND p.timing = @prospective))
        """;

    public async Task<Run> EnqueueAsync(
        EvaluationPlan plan,
        Snapshot snapshot,
        int look,
        string newRunId,
        DateTimeOffset now,
        CancellationToken cancellationToken,
        RunCause cause = RunCause.LookDue)
    {
        const string Standing = $"""
            SELECT {RunRow.Columns} FROM run
            WHERE plan_id = @PlanId AND plan_version = @PlanVersion AND snapshot_hash = @SnapshotHash AND look = @Look
            """;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(look);
        await using var write = await database.BeginWriteAsync(cancellationToken);
        await write.LockCounterAsync("run");
        var row = new RunRow
        {
            Sequence = await write.NextAsync("run"),
            Id = newRunId,
            PlanId = plan.Id,
            PlanVersion = plan.Version,
            Organisation = plan.Organisation.Code,
            SnapshotHash = snapshot.Hash,
            Look = look,
            State = (long)RunState.Queued,
            Stage = (long)RunStage.Waiting,
            QueuedAt = StoredTime.Write(now),
            Cause = (long)cause,
        };
        if (await write.FirstOrDefaultAsync<RunRow>(Standing, row) is { } standing) return standing.ToRun();

        await RequireRegisteredAsync(write, plan);
        await KeepSnapshotAsync(write, snapshot);
        await write.ExecuteAsync(RunRow.Insert, row);
        await write.CommitAsync();
        return row.ToRun();
    }

    public async Task<Run?> ClaimAsync(string runId, CancellationToken cancellationToken)
    {
        const string Sql = $"""
            UPDATE run SET
                epoch = epoch + 1, attempts = attempts + 1, state = @running, stage = @waiting, error = NULL, finished_at = NULL,
                next_try_at = NULL
            WHERE id = @runId AND {GoesOn} AND {OfOpenPlan}
            RETURNING {RunRow.Columns}
            """;
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var row = await write.FirstOrDefaultAsync<RunRow>(
            Sql,
            new
            {
                runId,
                running = (long)RunState.Running,
                waiting = (long)RunStage.Waiting,
            });
        await write.CommitAsync();
        return row?.ToRun();
    }

    public async Task<Run?> RestartAsync(string runId, RunCause cause, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Sql = """
            UPDATE run SET
                state = 1, stage = 0, attempts = 0, error = NULL, finished_at = NULL, next_try_at = NULL, cause = @cause, queued_at = @now
            WHERE id = @runId AND state IN (4, 6)
            """;
        return await ChangeAsync(Sql, new { runId, cause = (long)cause, now = StoredTime.Write(now) }, cancellationToken);
    }

    public async Task<Run?> CancelAsync(string runId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Sql = $"""
            UPDATE run SET state = 6, stage = 7, error = NULL, finished_at = @now, next_try_at = NULL WHERE id = @runId AND {GoesOn}
            """;
        return await ChangeAsync(Sql, new { runId, now = StoredTime.Write(now) }, cancellationToken);
    }

    public async Task<bool> SetStageAsync(string runId, long epoch, RunStage stage, CancellationToken cancellationToken)
    {
        const string Sql = $"UPDATE run SET stage = @stage WHERE {MineAndRunning}";
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var holds = await write.ExecuteAsync(Sql, new { runId, epoch, stage = (long)stage, running = (long)RunState.Running }) == 1;
        await write.CommitAsync();
        return holds;
    }

    public async Task<bool> CompleteAsync(
        string runId,
        long epoch,
        ReadOnlyMemory<byte> result,
        IReadOnlyList<Released<ReleasedEffect>> releases,
        DateTimeOffset now,
        CancellationToken cancellationToken,
        AlphaSpent? spent = null)
    {
        const string Succeed = $"""
            UPDATE run SET state = @succeeded, stage = @done, error = NULL, finished_at = @now
            WHERE {MineAndRunning}
            RETURNING {RunRow.Columns}
            """;
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var run = await write.FirstOrDefaultAsync<RunRow>(
            Succeed,
            new
            {
                runId,
                epoch,
                now = StoredTime.Write(now),
                running = (long)RunState.Running,
                succeeded = (long)RunState.Succeeded,
                done = (long)RunStage.Done,
            });
        if (run is null) return false;

        await write.ExecuteAsync("INSERT INTO run_result (run_id, body) VALUES (@runId, @body)", new { runId, body = result.ToArray() });
        var changedAt = await ReleaseChanges.TimeAsync(write, now);
        foreach (var release in releases) await ReleaseRow.InsertAsync(write, runId, release, changedAt);
        if (spent is not null) await SpendAsync(write, spent);
        const string Replaced = "SELECT run_id FROM plan_current WHERE plan_id = @PlanId";
        var replaced = await write.FirstOrDefaultAsync<string>(Replaced, run);
        if (await MakeCurrentAsync(write, run) == 1 && replaced is not null) await ReleaseChanges.OfRunAsync(write, replaced, changedAt);
        await write.CommitAsync();
        return true;
    }

    public Task<double> SpentElsewhereAsync(RegisteredPlan registered, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT COALESCE(SUM(a.spent), 0.0) {OfTheQuestion} AND NOT (a.plan_id = @planId AND a.plan_version = @version)";
        return database.FirstOrDefaultAsync<double>(Sql, QuestionOf(registered), cancellationToken);
    }

    public async Task<IReadOnlyList<AlphaEntry>> AlphaEntriesAsync(RegisteredPlan registered, CancellationToken cancellationToken)
    {
        const string Sql = $"""
            SELECT a.plan_id AS PlanId, a.plan_version AS PlanVersion, a.look AS Look, a.spent AS Spent {OfTheQuestion}
            ORDER BY a.plan_id, a.plan_version, a.look
            """;
        var rows = await database.ListAsync<AlphaRow>(Sql, QuestionOf(registered), cancellationToken);
        return [.. rows.Select(r => new AlphaEntry(r.PlanId, (int)r.PlanVersion, (int)r.Look, r.Spent))];
    }

    private static object QuestionOf(RegisteredPlan registered) => new
    {
        timing = (long)registered.Timing,
        prospective = (long)PlanTiming.Prospective,
        organisation = registered.Plan.Organisation.Code,
        intervention = registered.Plan.Intervention.Code,
        measure = registered.Plan.Primary.Measure.Code,
        planId = registered.Plan.Id,
        version = (long)registered.Plan.Version,
    };

    private sealed class AlphaRow
    {
        public string PlanId { get; init; } = string.Empty;

        public long PlanVersion { get; init; }

        public long Look { get; init; }

        public double Spent { get; init; }
    }

    public async Task<Run?> SucceededAsync(string planId, int version, int look, CancellationToken cancellationToken)
    {
        const string Sql = $"""
            SELECT {RunRow.Columns} FROM run
            WHERE plan_id = @planId AND plan_version = @version AND look = @look AND state = @succeeded
            ORDER BY sequence DESC LIMIT 1
            """;
        var key = new { planId, version = (long)version, look = (long)look, succeeded = (long)RunState.Succeeded };
        return (await database.FirstOrDefaultAsync<RunRow>(Sql, key, cancellationToken))?.ToRun();
    }

    private static Task<int> SpendAsync(CatalogueWrite write, AlphaSpent spent) => write.ExecuteAsync(
        """
        INSERT INTO alpha_spent (plan_id, plan_version, look, organisation, intervention, measure, spent)
        VALUES (@planId, @version, @look, @organisation, @intervention, @measure, @spent)
        ON CONFLICT DO NOTHING
        """,
        new
        {
            planId = spent.Plan.Id,
            version = (long)spent.Plan.Version,
            look = (long)spent.Look,
            organisation = spent.Plan.Organisation.Code,
            intervention = spent.Plan.Intervention.Code,
            measure = spent.Plan.Primary.Measure.Code,
            spent = spent.Spent,
        });

    public Task<bool> FailAsync(
        string runId, long epoch, string message, DateTimeOffset? nextTryAt, DateTimeOffset now, CancellationToken cancellationToken) =>
        EndAsync(runId, epoch, RunState.Failed, message, nextTryAt, now, cancellationToken);

    public Task<bool> GiveUpAsync(string runId, long epoch, string message, DateTimeOffset now, CancellationToken cancellationToken) =>
        EndAsync(runId, epoch, RunState.Obsolete, message, null, now, cancellationToken);

    public async Task<Run?> FindAsync(string runId, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT {RunRow.Columns} FROM run WHERE id = @runId";
        return (await database.FirstOrDefaultAsync<RunRow>(Sql, new { runId }, cancellationToken))?.ToRun();
    }

    public async Task<IReadOnlyList<Run>> ListAsync(
        OrganisationId? organisation, string? planId, RunCursor? before, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        List<string> conditions = ["1 = 1"];
        if (organisation is not null) conditions.Add("organisation = @organisation");
        if (planId is not null) conditions.Add("plan_id = @planId");
        if (before is not null) conditions.Add("(queued_at, id) < (@queuedAt, @beforeId)");
        var sql = $"""
            SELECT {RunRow.Columns} FROM run
            WHERE {string.Join(" AND ", conditions)} ORDER BY queued_at DESC, id DESC LIMIT @limit
            """;
        var parameters = new
        {
            organisation = organisation?.Code,
            planId,
            queuedAt = before is null ? null : StoredTime.Write(before.QueuedAt),
            beforeId = before?.Id,
            limit,
        };
        var rows = await database.ListAsync<RunRow>(sql, parameters, cancellationToken);
        return [.. rows.Select(r => r.ToRun())];
    }

    public async Task<IReadOnlyList<Run>> UnfinishedAsync(CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT {RunRow.Columns} FROM run WHERE {GoesOn} AND {OfOpenPlan} ORDER BY cause, queued_at, sequence";
        var rows = await database.ListAsync<RunRow>(Sql, null, cancellationToken);
        return [.. rows.Select(r => r.ToRun())];
    }

    public async Task<IReadOnlyList<Run>> OfLookAsync(string planId, int version, int look, CancellationToken cancellationToken)
    {
        const string Sql = $"""
            SELECT {RunRow.Columns} FROM run
            WHERE plan_id = @planId AND plan_version = @version AND look = @look ORDER BY sequence DESC
            """;
        var rows = await database.ListAsync<RunRow>(Sql, new { planId, version = (long)version, look = (long)look }, cancellationToken);
        return [.. rows.Select(r => r.ToRun())];
    }

    public async Task<IReadOnlyList<Run>> OnChangedDataAsync(CancellationToken cancellationToken)
    {
        const string Sql = $"""
            SELECT {RunRow.Columns} FROM run
            WHERE id IN (
                SELECT c.run_id FROM submission s
                JOIN snapshot_submission m ON m.submission_id = s.id
                JOIN run r ON r.snapshot_hash = m.snapshot_hash
                JOIN plan_current c ON c.run_id = r.id
                WHERE s.state <> 1 OR s.purged_at IS NOT NULL OR s.last_erased_at > r.queued_at)
            AND plan_version = (SELECT MAX(q.version) FROM plan q WHERE q.id = plan_id)
            AND {OfOpenPlan}
            ORDER BY sequence
            """;
        var rows = await database.ListAsync<RunRow>(Sql, null, cancellationToken);
        return [.. rows.Select(r => r.ToRun())];
    }

    public async Task<bool> IsPlanClosedAsync(string planId, CancellationToken cancellationToken) =>
        await database.FirstOrDefaultAsync<long>("SELECT COUNT(*) FROM plan_closed WHERE plan_id = @planId", new { planId }, cancellationToken) > 0;

    public async Task<DateTimeOffset?> NightAsync(CancellationToken cancellationToken) =>
        await database.FirstOrDefaultAsync<string>("SELECT began_at FROM night_turn", null, cancellationToken) is { } at ? StoredTime.Read(at) : null;

    public async Task SetNightAsync(DateTimeOffset beganAt, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO night_turn (id, began_at) VALUES (1, @at)
            ON CONFLICT (id) DO UPDATE SET began_at = excluded.began_at WHERE excluded.began_at > night_turn.began_at
            """;
        await using var write = await database.BeginWriteAsync(cancellationToken);
        await write.ExecuteAsync(Sql, new { at = StoredTime.Write(beganAt) });
        await write.CommitAsync();
    }

    public async Task<IReadOnlyList<string>?> SnapshotSubmissionsAsync(string snapshotHash, CancellationToken cancellationToken)
    {
        // One row with a null for a snapshot of nothing, no row for a snapshot that no run has used.
        const string Sql = """
            SELECT m.submission_id FROM snapshot s LEFT JOIN snapshot_submission m ON m.snapshot_hash = s.hash
            WHERE s.hash = @snapshotHash ORDER BY m.ordinal
            """;
        var ids = await database.ListAsync<string?>(Sql, new { snapshotHash }, cancellationToken);
        return ids.Count == 0 ? null : [.. ids.OfType<string>()];
    }

    public async Task<IReadOnlyList<Released<ReleasedEffect>>> ReleasesAsync(string runId, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT body FROM release WHERE run_id = @runId ORDER BY name";
        var bodies = await database.ListAsync<byte[]>(Sql, new { runId }, cancellationToken);
        return [.. bodies.Select(b => ReleaseCodec.Decode(b))];
    }

    public Task<byte[]?> ResultAsync(string runId, CancellationToken cancellationToken) =>
        database.FirstOrDefaultAsync<byte[]>("SELECT body FROM run_result WHERE run_id = @runId", new { runId }, cancellationToken);

    private static async Task RequireRegisteredAsync(CatalogueWrite write, EvaluationPlan plan)
    {
        var hash = await write.FirstOrDefaultAsync<string>(
            "SELECT hash FROM plan WHERE id = @id AND version = @version", new { id = plan.Id, version = (long)plan.Version });
        if (hash == PlanHash.Of(plan)) return;
        throw new InvalidOperationException(
            $"Plan {plan.Id} version {plan.Version} is not registered as it was given; only a registered plan can be run.");
    }

    internal static async Task KeepSnapshotAsync(CatalogueWrite write, Snapshot snapshot)
    {
        const string Keep = "INSERT INTO snapshot (hash, project) VALUES (@hash, @project) ON CONFLICT DO NOTHING";
        if (await write.ExecuteAsync(Keep, new { hash = snapshot.Hash, project = snapshot.Project.Code }) == 0) return;
        var ordinal = 0L;
        foreach (var members in snapshot.Submissions.Chunk(MembersAStatement))
        {
            var parameters = new DynamicParameters(new { hash = snapshot.Hash, first = ordinal });
            var rows = string.Join(", ", members.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"(@hash, @first + {i}, @m{i})")));
            for (var i = 0; i < members.Length; i++) parameters.Add(string.Create(CultureInfo.InvariantCulture, $"m{i}"), members[i].Id);
            await write.ExecuteAsync($"INSERT INTO snapshot_submission (snapshot_hash, ordinal, submission_id) VALUES {rows}", parameters);
            ordinal += members.Length;
        }
    }

    /// <summary>A run of an older version or look, or one queued earlier, that ends late does not take the place of a newer one.</summary>
    private static Task<int> MakeCurrentAsync(CatalogueWrite write, RunRow run) => write.ExecuteAsync(
        """
        INSERT INTO plan_current (plan_id, plan_version, look, run_sequence, run_id) VALUES (@PlanId, @PlanVersion, @Look, @Sequence, @Id)
        ON CONFLICT (plan_id) DO UPDATE SET
            plan_version = excluded.plan_version, look = excluded.look, run_sequence = excluded.run_sequence, run_id = excluded.run_id
        WHERE (excluded.plan_version, excluded.look, excluded.run_sequence)
            > (plan_current.plan_version, plan_current.look, plan_current.run_sequence)
        """,
        run);

    private async Task<Run?> ChangeAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var write = await database.BeginWriteAsync(cancellationToken);
        await write.ExecuteAsync(sql, parameters);
        var row = await write.FirstOrDefaultAsync<RunRow>($"SELECT {RunRow.Columns} FROM run WHERE id = @runId", parameters);
        await write.CommitAsync();
        return row?.ToRun();
    }

    private async Task<bool> EndAsync(
        string runId,
        long epoch,
        RunState state,
        string message,
        DateTimeOffset? nextTryAt,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        const string Sql = $"""
            UPDATE run SET state = @state, stage = @done, error = @message, finished_at = @now, next_try_at = @nextTryAt
            WHERE {MineAndRunning}
            """;
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var ended = await write.ExecuteAsync(
            Sql,
            new
            {
                runId,
                epoch,
                message,
                nextTryAt = nextTryAt is { } at ? StoredTime.Write(at) : null,
                now = StoredTime.Write(now),
                running = (long)RunState.Running,
                state = (long)state,
                done = (long)RunStage.Done,
            });
        await write.CommitAsync();
        return ended > 0;
    }
}
