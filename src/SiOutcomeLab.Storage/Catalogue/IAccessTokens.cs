using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>Bearer tokens of callers. Only a token's SHA-256 is kept.</summary>
public interface IAccessTokens
{
    /// <summary>Adds a token; added again for the same organisation and subject, it takes the new roles and expiry.</summary>
    /// <param name="tokenSha256">SHA-256 of the token, 64 lower-case hexadecimal digits.</param>
    /// <param name="caller">Whom it stands for.</param>
    /// <param name="expiresAt">When it stops working (UTC).</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">The first argument is no SHA-256: a token itself is never kept, nor repeated in the
    /// error.</exception>
    /// <exception cref="InvalidOperationException">The token stands for another organisation or subject.</exception>
    Task AddAsync(string tokenSha256, Caller caller, DateTimeOffset expiresAt, CancellationToken cancellationToken);

    /// <summary>Whom an unexpired token stands for, or null.</summary>
    Task<Caller?> FindAsync(string tokenSha256, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Takes a token out of use; says whether it was there.</summary>
    Task<bool> RevokeAsync(string tokenSha256, CancellationToken cancellationToken);

    /// <summary>Unexpired tokens by their hash.</summary>
    /// <param name="now">The present moment (UTC).</param>
    /// <param name="after">The last hash of the page before; empty for the first page.</param>
    /// <param name="limit">The most tokens, at least 1.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<AccessToken>> ListAsync(DateTimeOffset now, string after, int limit, CancellationToken cancellationToken);
}

/// <summary>A bearer token as the catalogue knows it.</summary>
/// <param name="Sha256">SHA-256 of the token.</param>
/// <param name="Caller">Whom it stands for.</param>
/// <param name="ExpiresAt">When it stops working (UTC).</param>
public sealed record AccessToken(string Sha256, Caller Caller, DateTimeOffset ExpiresAt);
