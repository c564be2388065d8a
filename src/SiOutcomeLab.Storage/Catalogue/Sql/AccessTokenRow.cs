using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>A caller as the catalogue keeps it with a token's hash.</summary>
internal sealed class AccessTokenRow
{
    public const string Columns =
        "token_sha256 AS TokenSha256, organisation AS Organisation, subject AS Subject, roles AS Roles, expires_at AS ExpiresAt";

    public string TokenSha256 { get; init; } = string.Empty;

    public string Organisation { get; init; } = string.Empty;

    public string Subject { get; init; } = string.Empty;

    /// <summary>The roles' names, in order, separated by spaces.</summary>
    public string Roles { get; init; } = string.Empty;

    public string ExpiresAt { get; init; } = string.Empty;

    public static AccessTokenRow Of(string tokenSha256, Caller caller, DateTimeOffset expiresAt) => new()
    {
        TokenSha256 = tokenSha256,
        Organisation = caller.Organisation.Code,
        Subject = caller.Subject,
        Roles = string.Join(' ', caller.Roles.Order()),
        ExpiresAt = StoredTime.Write(expiresAt),
    };

    public Caller ToCaller() => new(
        new OrganisationId(Organisation),
        Subject,
        Roles.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Role>).ToHashSet());
}
