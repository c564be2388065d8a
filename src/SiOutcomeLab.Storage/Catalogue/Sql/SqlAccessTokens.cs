using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Storage.Disk;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <inheritdoc cref="IAccessTokens"/>
internal sealed class SqlAccessTokens(ICatalogueDatabase database) : IAccessTokens
{
    public async Task AddAsync(string tokenSha256, Caller caller, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        // A token never changes hands: the row is renewed for the same subject only.
        const string Sql = """
            INSERT INTO access_token (token_sha256, organisation, subject, roles, expires_at)
            VALUES (@TokenSha256, @Organisation, @Subject, @Roles, @ExpiresAt)
            ON CONFLICT (token_sha256) DO UPDATE SET roles = excluded.roles, expires_at = excluded.expires_at
            WHERE access_token.organisation = excluded.organisation AND access_token.subject = excluded.subject
            """;
        Sha256Text.Require(tokenSha256, nameof(tokenSha256));
        await using var write = await database.BeginWriteAsync(cancellationToken);
        if (await write.ExecuteAsync(Sql, AccessTokenRow.Of(tokenSha256, caller, expiresAt)) == 0)
        {
            throw new InvalidOperationException("This token stands for another subject; make a new one.");
        }

        await write.CommitAsync();
    }

    public async Task<Caller?> FindAsync(string tokenSha256, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT {AccessTokenRow.Columns} FROM access_token WHERE token_sha256 = @tokenSha256 AND expires_at > @now";
        var row = await database.FirstOrDefaultAsync<AccessTokenRow>(
            Sql, new { tokenSha256, now = StoredTime.Write(now) }, cancellationToken);
        return row?.ToCaller();
    }

    public async Task<bool> RevokeAsync(string tokenSha256, CancellationToken cancellationToken)
    {
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var removed = await write.ExecuteAsync("DELETE FROM access_token WHERE token_sha256 = @tokenSha256", new { tokenSha256 });
        await write.CommitAsync();
        return removed == 1;
    }

    public async Task<IReadOnlyList<AccessToken>> ListAsync(
        DateTimeOffset now, string after, int limit, CancellationToken cancellationToken)
    {
        const string Sql = $"""
            SELECT {AccessTokenRow.Columns} FROM access_token WHERE expires_at > @now AND token_sha256 > @after
            ORDER BY token_sha256 LIMIT @limit
            """;
        var rows = await database.ListAsync<AccessTokenRow>(Sql, new { now = StoredTime.Write(now), after, limit }, cancellationToken);
        return [.. rows.Select(r => new AccessToken(r.TokenSha256, r.ToCaller(), StoredTime.Read(r.ExpiresAt)))];
    }
}
