namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <inheritdoc cref="ILakeHolds"/>
internal sealed class SqlLakeHolds(ICatalogueDatabase database) : ILakeHolds
{
    /// <summary>Objects that a submission names.</summary>
    public const string Named = """
        SELECT observations_sha256 FROM submission WHERE purged_at IS NULL
        UNION SELECT participations_sha256 FROM submission WHERE participations_sha256 IS NOT NULL AND purged_at IS NULL
        """;

    /// <summary>Holds a commit to what it says it holds: removals have left it alone if the rows are there still.</summary>
    /// <exception cref="LakeHoldLostException">They are not.</exception>
    public static async Task RequireAsync(CatalogueWrite write, HeldObjects? held)
    {
        if (held is null || held.Names.Count == 0) return;
        var list = new ParameterList("name", held.Names);
        list.Parameters.Add("holder", held.Holder);
        var found = await write.FirstOrDefaultAsync<long>(
            $"SELECT COUNT(*) FROM lake_hold WHERE holder = @holder AND is_writing = 0 AND sha256 IN {list.Sql}", list.Parameters);
        if (found != held.Names.Distinct(StringComparer.Ordinal).Count()) throw new LakeHoldLostException();
    }

    public async Task<bool> TryWriteAsync(
        string holder, string sha256, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        const string Taken = """
            SELECT (SELECT COUNT(*) FROM lake_turn WHERE expires_at > @now)
                + (SELECT COUNT(*) FROM lake_hold WHERE sha256 = @sha256 AND holder <> @holder AND is_writing = 1 AND expires_at > @now)
            """;
        const string Hold = """
            INSERT INTO lake_hold (sha256, holder, is_writing, expires_at) VALUES (@sha256, @holder, 1, @until)
            ON CONFLICT (sha256, holder) DO UPDATE SET is_writing = 1, expires_at = excluded.expires_at
            """;
        var parameters = new { holder, sha256, now = StoredTime.Write(now), until = StoredTime.Write(until) };
        await using var write = await database.BeginWriteAsync(cancellationToken);
        if (await write.FirstOrDefaultAsync<long>(Taken, parameters) > 0) return false;
        await write.ExecuteAsync(Hold, parameters);
        await write.CommitAsync();
        return true;
    }

    public Task WrittenAsync(string holder, string sha256, CancellationToken cancellationToken) => ExecuteAsync(
        "UPDATE lake_hold SET is_writing = 0 WHERE holder = @holder AND sha256 = @sha256", new { holder, sha256 }, cancellationToken);

    public Task RenewAsync(string holder, DateTimeOffset until, CancellationToken cancellationToken) => ExecuteAsync(
        "UPDATE lake_hold SET expires_at = @until WHERE holder = @holder", new { holder, until = StoredTime.Write(until) }, cancellationToken);

    public Task ReleaseAsync(string holder, CancellationToken cancellationToken) =>
        ExecuteAsync("DELETE FROM lake_hold WHERE holder = @holder", new { holder }, cancellationToken);

    public async Task<LakeTurn?> TryTakeTurnAsync(DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        const string Take = """
            UPDATE lake_turn SET epoch = epoch + 1, expires_at = @until WHERE expires_at IS NULL OR expires_at <= @now RETURNING epoch
            """;
        var parameters = new { now = StoredTime.Write(now), until = StoredTime.Write(until) };
        await using var write = await database.BeginWriteAsync(cancellationToken);
        if (await write.FirstOrDefaultAsync<long?>(Take, parameters) is not { } epoch) return null;
        await write.ExecuteAsync("DELETE FROM lake_hold WHERE expires_at <= @now", parameters);
        var staying = await write.ListAsync<string>($"{Named} UNION SELECT sha256 FROM lake_hold");
        await write.CommitAsync();
        return new LakeTurn(epoch, staying.ToHashSet(StringComparer.Ordinal));
    }

    public async Task<bool> RenewTurnAsync(long epoch, DateTimeOffset until, CancellationToken cancellationToken) => await ExecuteAsync(
        "UPDATE lake_turn SET expires_at = @until WHERE epoch = @epoch AND expires_at IS NOT NULL",
        new { epoch, until = StoredTime.Write(until) },
        cancellationToken) == 1;

    public Task EndTurnAsync(long epoch, CancellationToken cancellationToken) =>
        ExecuteAsync("UPDATE lake_turn SET expires_at = NULL WHERE epoch = @epoch", new { epoch }, cancellationToken);

    public async Task<string> MarkAsync(string candidate, CancellationToken cancellationToken)
    {
        const string Sql = "INSERT INTO lake_mark (id, mark) VALUES (1, @candidate) ON CONFLICT (id) DO UPDATE SET mark = lake_mark.mark RETURNING mark";
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var mark = await write.FirstOrDefaultAsync<string>(Sql, new { candidate });
        await write.CommitAsync();
        return mark ?? candidate;
    }

    public Task ClearAsync(CancellationToken cancellationToken) =>
        ExecuteAsync("DELETE FROM lake_hold; UPDATE lake_turn SET expires_at = NULL", null, cancellationToken);

    private async Task<int> ExecuteAsync(string sql, object? parameters, CancellationToken cancellationToken)
    {
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var changed = await write.ExecuteAsync(sql, parameters);
        await write.CommitAsync();
        return changed;
    }
}
