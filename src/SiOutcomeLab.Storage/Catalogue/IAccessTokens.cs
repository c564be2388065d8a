using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>Bearer tokens of callers. Only a token's SHA-256 is kept.</summary>
public interface IAccessTokens
{
    /// <summary>Adds a token.</summary>
    /// <param name="tokenSha256">SHA-256 of the token, 64 lower-case hexadecimal digits.</param>
    /// <param name="caller">Whom it stands for.</param>
    /// <param name="expiresAt">When it stops working (UTC).</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task AddAsync(string tokenSha256, Caller caller, DateTimeOffset expiresAt, CancellationToken cancellationToken);

    /// <summary>Whom an unexpired token stands for, or null.</summary>
    Task<Caller?> FindAsync(string tokenSha256, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Takes a token out of use; says whether it was there.</summary>
    Task<bool> RevokeAsync(string tokenSha256, CancellationToken cancellationToken);
}
