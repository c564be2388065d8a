using Grpc.Core;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Features.Paging;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Protos.Identity.V1;
using SiOutcomeLab.Storage.Catalogue;
using Authentication = SiOutcomeLab.Protos.Identity.V1.Authentication;
using Revocation = SiOutcomeLab.Domain.Identity.Revocation;
using RoleGrant = SiOutcomeLab.Domain.Identity.RoleGrant;

namespace SiOutcomeLab.Hub.Features.Identity;

/// <summary>Keeps role rows, and takes credentials out of use.</summary>
internal sealed class IdentityServiceImpl(IIdentityCatalogue identities, IAccessTokens tokens, TimeProvider time) : IdentityService.IdentityServiceBase
{
    private const string RolesKind = "roles";
    private const string RevocationsKind = "revocations";
    private const string TokensKind = "access-tokens";
    private const int LongestReason = 200;

    public override Task<GetCallerResponse> GetCaller(GetCallerRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        return Task.FromResult(new GetCallerResponse
        {
            Organisation = caller.Organisation.Code,
            Subject = caller.Subject,
            Roles = { caller.Roles.Where(r => r != Domain.Identity.Role.Anonymous).Order().Select(IdentityMapping.ToWire) },
            Authentication = (Authentication)caller.Authentication,
        });
    }

    public override async Task<GrantRoleResponse> GrantRole(GrantRoleRequest request, ServerCallContext context)
    {
        var grant = Checked(request.Grant, context);
        var isNew = await identities.GrantAsync(grant, NameOf(context), time.GetUtcNow(), context.CancellationToken);
        return new GrantRoleResponse { WasThere = !isNew };
    }

    public override async Task<RemoveRoleResponse> RemoveRole(RemoveRoleRequest request, ServerCallContext context) =>
        new() { WasThere = await identities.RemoveAsync(Checked(request.Grant, context), context.CancellationToken) };

    public override async Task<ListRolesResponse> ListRoles(ListRolesRequest request, ServerCallContext context)
    {
        var size = Page.Size(request.PageSize);
        OrganisationId? organisation = request.Organisation.Length == 0 ? null : new OrganisationId(request.Organisation);
        var after = Page.Key(RolesKind, request.PageToken) is { } key ? IdentityMapping.GrantOf(key) : null;
        var (items, hasMore) = Page.Cut(await identities.ListGrantsAsync(organisation, after, size + 1, context.CancellationToken), size);
        return new ListRolesResponse
        {
            Grants = { items.Select(IdentityMapping.ToWire) },
            NextPageToken = hasMore ? Page.Token(RolesKind, IdentityMapping.KeyOf(items[^1])) : string.Empty,
        };
    }

    public override async Task<RevokeCredentialResponse> RevokeCredential(RevokeCredentialRequest request, ServerCallContext context)
    {
        if (request.Reason.Length > LongestReason) throw HubException.FieldInvalid("reason", $"must be at most {LongestReason} characters.");
        if (request.Credential?.CredentialCase == Credential.CredentialOneofCase.AccessTokenSha256)
        {
            var sha256 = request.Credential.AccessTokenSha256;
            if (new CredentialId(CredentialKind.CertificateThumbprint, sha256).Breach() is not null)
            {
                throw HubException.FieldInvalid("credential.access_token_sha256", "must be 64 lower-case hexadecimal digits.");
            }

            context.SetAuditResource($"access-tokens/{sha256}");
            return new RevokeCredentialResponse { WasRevoked = !await tokens.RevokeAsync(sha256, context.CancellationToken) };
        }

        var credential = IdentityMapping.ToDomain(request.Credential);
        context.SetAuditResource(IdentityMapping.NameOf(credential));
        var isNew = await identities.RevokeAsync(
            new Revocation(credential, request.Reason, NameOf(context), time.GetUtcNow()), context.CancellationToken);
        return new RevokeCredentialResponse { WasRevoked = !isNew };
    }

    public override async Task<ListRevocationsResponse> ListRevocations(ListRevocationsRequest request, ServerCallContext context)
    {
        var size = Page.Size(request.PageSize);
        var after = Page.Key(RevocationsKind, request.PageToken) is { } key ? IdentityMapping.CredentialOf(key) : null;
        var (items, hasMore) = Page.Cut(await identities.ListRevocationsAsync(after, size + 1, context.CancellationToken), size);
        return new ListRevocationsResponse
        {
            Revocations = { items.Select(IdentityMapping.ToWire) },
            NextPageToken = hasMore ? Page.Token(RevocationsKind, IdentityMapping.KeyOf(items[^1].Credential)) : string.Empty,
        };
    }

    public override async Task<ListAccessTokensResponse> ListAccessTokens(ListAccessTokensRequest request, ServerCallContext context)
    {
        var size = Page.Size(request.PageSize);
        var after = Page.Key(TokensKind, request.PageToken) ?? string.Empty;
        var (items, hasMore) = Page.Cut(await tokens.ListAsync(time.GetUtcNow(), after, size + 1, context.CancellationToken), size);
        return new ListAccessTokensResponse
        {
            Tokens = { items.Select(IdentityMapping.ToWire) },
            NextPageToken = hasMore ? Page.Token(TokensKind, items[^1].Sha256) : string.Empty,
        };
    }

    private static string NameOf(ServerCallContext context) => $"{context.Caller().Organisation}/{context.Caller().Subject}";

    private static RoleGrant Checked(Protos.Identity.V1.RoleGrant? wire, ServerCallContext context)
    {
        if (wire is null) throw HubException.FieldInvalid("grant", "must be present.");
        var grant = new RoleGrant(new OrganisationId(wire.Organisation), wire.Subject, (Domain.Identity.Role)wire.Role);
        var breaches = grant.Breaches().Select(b => ("grant." + b.Field, b.Problem)).ToArray();
        if (breaches.Length > 0) throw HubException.FieldsInvalid(breaches);
        context.SetAuditResource($"roles/{grant.Organisation}/{grant.Subject}/{RoleWords.Of(grant.Role)}");
        return grant;
    }
}
