using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <inheritdoc cref="IIdentityCatalogue"/>
internal sealed class SqlIdentity(ICatalogueDatabase database) : IIdentityCatalogue
{
    public async Task<SubjectRights> RightsOfAsync(
        OrganisationId organisation, string subject, IReadOnlyList<CredentialId> credentials, CancellationToken cancellationToken)
    {
        // One statement, hence one state. A revoked credential shows as the role 0, which nobody is granted.
        const string Roles = "SELECT role FROM role_grant WHERE organisation = @organisation AND subject = @subject";
        var parameters = new Dapper.DynamicParameters(new { organisation = organisation.Code, subject });
        var sql = Roles;
        for (var i = 0; i < credentials.Count; i++)
        {
            sql += $" UNION ALL SELECT 0 FROM revoked_credential WHERE kind = @kind{i} AND value = @value{i}";
            parameters.Add($"kind{i}", (long)credentials[i].Kind);
            parameters.Add($"value{i}", credentials[i].Value);
        }

        var rows = await database.ListAsync<long>(sql, parameters, cancellationToken);
        return new SubjectRights(rows.Where(r => r != 0).Select(r => (Role)r).ToHashSet(), rows.Contains(0));
    }

    public async Task<bool> GrantAsync(RoleGrant grant, string by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO role_grant (organisation, subject, role, granted_by, granted_at)
            VALUES (@organisation, @subject, @role, @by, @at) ON CONFLICT DO NOTHING
            """;
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var added = await write.ExecuteAsync(
            Sql,
            new { organisation = grant.Organisation.Code, subject = grant.Subject, role = (long)grant.Role, by, at = StoredTime.Write(at) });
        await write.CommitAsync();
        return added == 1;
    }

    public async Task<bool> RemoveAsync(RoleGrant grant, CancellationToken cancellationToken)
    {
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var removed = await write.ExecuteAsync(
            "DELETE FROM role_grant WHERE organisation = @organisation AND subject = @subject AND role = @role",
            new { organisation = grant.Organisation.Code, subject = grant.Subject, role = (long)grant.Role });
        await write.CommitAsync();
        return removed == 1;
    }

    public async Task<IReadOnlyList<RoleGrant>> ListGrantsAsync(
        OrganisationId? organisation, RoleGrant? after, int limit, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT organisation AS Organisation, subject AS Subject, role AS Role FROM role_grant
            WHERE (@organisation IS NULL OR organisation = @organisation)
              AND (organisation, subject, role) > (@afterOrganisation, @afterSubject, @afterRole)
            ORDER BY organisation, subject, role LIMIT @limit
            """;
        var rows = await database.ListAsync<GrantRow>(
            Sql,
            new
            {
                organisation = organisation?.Code,
                afterOrganisation = after?.Organisation.Code ?? string.Empty,
                afterSubject = after?.Subject ?? string.Empty,
                afterRole = (long)(after?.Role ?? Role.Anonymous),
                limit,
            },
            cancellationToken);
        return [.. rows.Select(r => new RoleGrant(new OrganisationId(r.Organisation), r.Subject, (Role)r.Role))];
    }

    public async Task<bool> RevokeAsync(Revocation revocation, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO revoked_credential (kind, value, reason, revoked_by, revoked_at)
            VALUES (@kind, @value, @reason, @by, @at) ON CONFLICT DO NOTHING
            """;
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var (credential, reason, by, at) = revocation;
        var added = await write.ExecuteAsync(
            Sql, new { kind = (long)credential.Kind, value = credential.Value, reason, by, at = StoredTime.Write(at) });
        await write.CommitAsync();
        return added == 1;
    }

    public async Task<IReadOnlyList<Revocation>> ListRevocationsAsync(CredentialId? after, int limit, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT kind AS Kind, value AS Value, reason AS Reason, revoked_by AS RevokedBy, revoked_at AS RevokedAt
            FROM revoked_credential WHERE (kind, value) > (@kind, @value) ORDER BY kind, value LIMIT @limit
            """;
        var rows = await database.ListAsync<RevocationRow>(
            Sql, new { kind = (long)(after?.Kind ?? 0), value = after?.Value ?? string.Empty, limit }, cancellationToken);
        return
        [
            .. rows.Select(r => new Revocation(
                new CredentialId((CredentialKind)r.Kind, r.Value), r.Reason, r.RevokedBy, StoredTime.Read(r.RevokedAt))),
        ];
    }

    private sealed class GrantRow
    {
        public string Organisation { get; init; } = string.Empty;

        public string Subject { get; init; } = string.Empty;

        public long Role { get; init; }
    }

    private sealed class RevocationRow
    {
        public long Kind { get; init; }

        public string Value { get; init; } = string.Empty;

        public string Reason { get; init; } = string.Empty;

        public string RevokedBy { get; init; } = string.Empty;

        public string RevokedAt { get; init; } = string.Empty;
    }
}
