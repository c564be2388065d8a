using Google.Protobuf.WellKnownTypes;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub.Errors;
using Wire = SiOutcomeLab.Protos.Identity.V1;

namespace SiOutcomeLab.Hub.Features.Identity;

/// <summary>Roles and revocations on the wire, and as the keys of pages.</summary>
internal static class IdentityMapping
{
    // The wire numbers roles as the domain does; a test holds them together.
    public static Wire.Role ToWire(Role role) => (Wire.Role)role;

    public static Wire.RoleGrant ToWire(RoleGrant grant) =>
        new() { Organisation = grant.Organisation.Code, Subject = grant.Subject, Role = ToWire(grant.Role) };

    public static Wire.Revocation ToWire(Revocation revocation) => new()
    {
        Credential = ToWire(revocation.Credential),
        Reason = revocation.Reason,
        RevokedBy = revocation.By,
        RevokedAt = Timestamp.FromDateTimeOffset(revocation.At),
    };

    public static Wire.AccessToken ToWire(Storage.Catalogue.AccessToken token) => new()
    {
        Sha256 = token.Sha256,
        Organisation = token.Caller.Organisation.Code,
        Subject = token.Caller.Subject,
        Roles = { token.Caller.Roles.Order().Select(ToWire) },
        ExpiresAt = Timestamp.FromDateTimeOffset(token.ExpiresAt),
    };

    /// <exception cref="HubException">The credential is missing or has another form than its kind's.</exception>
    public static CredentialId ToDomain(Wire.Credential? credential)
    {
        var (id, field) = credential?.CredentialCase switch
        {
            Wire.Credential.CredentialOneofCase.CertificateSha256 =>
                (new CredentialId(CredentialKind.CertificateThumbprint, credential.CertificateSha256), "certificate_sha256"),
            Wire.Credential.CredentialOneofCase.CertificateSerial => (CredentialId.OfSerial(credential.CertificateSerial), "certificate_serial"),
            Wire.Credential.CredentialOneofCase.TokenId => (new CredentialId(CredentialKind.TokenId, credential.TokenId), "token_id"),
            _ => throw HubException.FieldInvalid("credential", "must be present."),
        };
        return id.Breach() is { } problem ? throw HubException.FieldInvalid("credential." + field, problem) : id;
    }

    /// <summary>A credential's name in the audit log; a token's id is whatever its issuer chose, and is left out.</summary>
    public static string NameOf(CredentialId credential) => credential.Kind switch
    {
        CredentialKind.CertificateThumbprint => $"certificates/{credential.Value}",
        CredentialKind.CertificateSerial => $"certificate-serials/{credential.Value}",
        _ => "signed-tokens/?",
    };

    public static string KeyOf(RoleGrant grant) => $"{grant.Organisation}/{grant.Subject}/{(int)grant.Role}";

    public static RoleGrant GrantOf(string key) => key.Split('/') is [var organisation, var subject, var role] && int.TryParse(role, out var number)
        ? new RoleGrant(new OrganisationId(organisation), subject, (Role)number)
        : throw BadToken();

    public static string KeyOf(CredentialId credential) => $"{(int)credential.Kind}/{credential.Value}";

    public static CredentialId CredentialOf(string key) => key.Split('/', 2) is [var kind, var value] && int.TryParse(kind, out var number)
        ? new CredentialId((CredentialKind)number, value)
        : throw BadToken();

    private static Wire.Credential ToWire(CredentialId credential) => credential.Kind switch
    {
        CredentialKind.CertificateThumbprint => new Wire.Credential { CertificateSha256 = credential.Value },
        CredentialKind.CertificateSerial => new Wire.Credential { CertificateSerial = credential.Value },
        _ => new Wire.Credential { TokenId = credential.Value },
    };

    private static HubException BadToken() =>
        HubException.FieldInvalid("page_token", "must be the next_page_token of the page before, in the same list.");
}
