using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>Who holds which roles, and which credentials work no longer.</summary>
public interface IIdentityCatalogue
{
    /// <summary>The roles of a subject, and whether any of the credentials it came with has been revoked; one consistent state.</summary>
    /// <param name="organisation">The subject's organisation.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="credentials">All that tells its credentials; may be empty.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<SubjectRights> RightsOfAsync(
        OrganisationId organisation, string subject, IReadOnlyList<CredentialId> credentials, CancellationToken cancellationToken);

    /// <summary>Grants a role; says whether it is new.</summary>
    /// <param name="grant">The row; the caller has checked its <see cref="RoleGrant.Breaches"/>.</param>
    /// <param name="by">Who grants it, as <c>organisation/subject</c>.</param>
    /// <param name="at">When (UTC).</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<bool> GrantAsync(RoleGrant grant, string by, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Takes a role away; says whether it was there.</summary>
    Task<bool> RemoveAsync(RoleGrant grant, CancellationToken cancellationToken);

    /// <summary>Role rows by organisation, subject and role.</summary>
    /// <param name="organisation">One organisation's; null for all.</param>
    /// <param name="after">The last row of the page before; null for the first page.</param>
    /// <param name="limit">The most rows, at least 1.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<RoleGrant>> ListGrantsAsync(OrganisationId? organisation, RoleGrant? after, int limit, CancellationToken cancellationToken);

    /// <summary>Takes a credential out of use; says whether it was in use until now. The first revocation stands.</summary>
    Task<bool> RevokeAsync(Revocation revocation, CancellationToken cancellationToken);

    /// <summary>Revocations by kind and value.</summary>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="limit">The most rows, at least 1.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<Revocation>> ListRevocationsAsync(CredentialId? after, int limit, CancellationToken cancellationToken);
}

/// <summary>What a subject may be, at one moment.</summary>
/// <param name="Roles">Its roles.</param>
/// <param name="IsRevoked">True when a credential that it came with has been revoked.</param>
public sealed record SubjectRights(IReadOnlySet<Role> Roles, bool IsRevoked);
