using System.Runtime.CompilerServices;
using SiOutcomeLab.Protos.Audit.V1;
using SiOutcomeLab.Protos.Identity.V1;

namespace SiOutcomeLab.Cli.Calls;

/// <summary>Lists of identities and acts, read to the last page.</summary>
internal static class IdentityPages
{
    private const int Size = 200;

    public static async IAsyncEnumerable<RoleGrant> RolesAsync(
        this HubConnection hub, string organisation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListRolesRequest { Organisation = organisation, PageSize = Size };
        do
        {
            var page = await hub.Identity.ListRolesAsync(request, hub.Options(cancellationToken));
            foreach (var grant in page.Grants) yield return grant;
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }

    public static async IAsyncEnumerable<AccessToken> AccessTokensAsync(
        this HubConnection hub, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListAccessTokensRequest { PageSize = Size };
        do
        {
            var page = await hub.Identity.ListAccessTokensAsync(request, hub.Options(cancellationToken));
            foreach (var token in page.Tokens) yield return token;
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }

    /// <summary>Entries up to the last one that was there when it was asked for: each page asked for adds one.</summary>
    public static async IAsyncEnumerable<AuditEntry> AuditEntriesAsync(
        this HubConnection hub, string organisation, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListAuditEntriesRequest { Organisation = organisation, AfterSequence = after, PageSize = Size };
        do
        {
            var page = await hub.Audit.ListAuditEntriesAsync(request, hub.Options(cancellationToken));
            foreach (var entry in page.Entries) yield return entry;
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }
}
