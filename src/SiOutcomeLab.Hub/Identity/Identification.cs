using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Hub.Identity;

/// <summary>Finds out who calls, from the connection's certificate and the authorization header; what does not hold together is refused.</summary>
internal sealed class Identification(
    IAccessTokens accessTokens, IIdentityCatalogue identities, ClientCertificates? certificates, SignedTokens? signedTokens, TimeProvider time)
{
    private const string Scheme = "Bearer ";

    /// <summary>The caller; <see cref="Caller.Nobody"/> when the request has no credentials at all.</summary>
    /// <exception cref="HubException">Credentials that do not work. One text for all reasons: whoever tries keys learns nothing from it.</exception>
    public async Task<Caller> CallerOfAsync(HttpContext http)
    {
        var certificate = Certificate(http);
        var header = http.Request.Headers.Authorization;
        if (header.Count == 0) return certificate is null ? Caller.Nobody : await OfCertificateAsync(certificate, http.RequestAborted);
        if (header.Count > 1 || header[0] is not { } value || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) throw DoesNotWork();
        var token = value[Scheme.Length..].Trim();
        return signedTokens is not null && SignedTokens.IsSigned(token)
            ? await OfSignedTokenAsync(token, certificate, http.RequestAborted)
            : await OfAccessTokenAsync(token, certificate, http.RequestAborted);
    }

    private static HubException DoesNotWork() => new(
        HubError.CredentialsInvalid, "The credentials do not work: they are unknown, expired or revoked, or do not belong together.");

    private CertificateIdentity? Certificate(HttpContext http)
    {
        if (certificates is null || http.Connection.ClientCertificate is not { } certificate) return null;
        var items = http.Features.Get<IConnectionItemsFeature>()?.Items ?? new Dictionary<object, object?>();
        return certificates.Judge(certificate, items) ?? throw DoesNotWork();
    }

    private async Task<Caller> OfCertificateAsync(CertificateIdentity certificate, CancellationToken cancellationToken)
    {
        var rights = await identities.RightsOfAsync(certificate.Organisation, certificate.Subject, certificate.Credentials, cancellationToken);
        return Of(certificate.Organisation, certificate.Subject, rights, AuthenticationKind.Certificate);
    }

    private async Task<Caller> OfSignedTokenAsync(string text, CertificateIdentity? certificate, CancellationToken cancellationToken)
    {
        var token = await signedTokens!.JudgeAsync(text, cancellationToken) ?? throw DoesNotWork();
        if (certificate is not null && certificate.Organisation != token.Organisation) throw DoesNotWork();
        if (token.BoundTo is not null && (certificate is null || !CryptographicOperations.FixedTimeEquals(token.BoundTo, certificate.Sha256))) throw DoesNotWork();
        var credentials = (certificate?.Credentials ?? []).Append(new CredentialId(CredentialKind.TokenId, token.Id)).ToArray();
        var rights = await identities.RightsOfAsync(token.Organisation, token.Subject, credentials, cancellationToken);
        if (token.Roles is { } only) rights = rights with { Roles = rights.Roles.Intersect(only).ToHashSet() };
        return Of(
            token.Organisation, token.Subject, rights,
            certificate is null ? AuthenticationKind.SignedToken : AuthenticationKind.CertificateAndSignedToken);
    }

    private async Task<Caller> OfAccessTokenAsync(string token, CertificateIdentity? certificate, CancellationToken cancellationToken)
    {
        var caller = await accessTokens.FindAsync(AccessTokenHash.Of(token), time.GetUtcNow(), cancellationToken) ?? throw DoesNotWork();
        if (certificate is null) return Of(caller.Organisation, caller.Subject, new SubjectRights(caller.Roles, false), AuthenticationKind.AccessToken);
        if (certificate.Organisation != caller.Organisation) throw DoesNotWork();
        var rights = await identities.RightsOfAsync(certificate.Organisation, certificate.Subject, certificate.Credentials, cancellationToken);
        return Of(caller.Organisation, caller.Subject, rights with { Roles = caller.Roles }, AuthenticationKind.CertificateAndAccessToken);
    }

    private static Caller Of(OrganisationId organisation, string subject, SubjectRights rights, AuthenticationKind kind)
    {
        if (rights.IsRevoked) throw DoesNotWork();

        // Whatever row or token says so: nobody outside the lab is a steward.
        var roles = rights.Roles.Where(r => r != Role.Steward || organisation == OrganisationId.Lab).ToHashSet();
        return new Caller(organisation, subject, roles) { Authentication = kind };
    }
}
