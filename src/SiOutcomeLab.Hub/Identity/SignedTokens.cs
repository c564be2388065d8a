using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Hub.Identity;

/// <summary>Whose a signed token is, once it is believed.</summary>
/// <param name="Organisation">From <c>org</c>.</param>
/// <param name="Subject">From <c>sub</c>.</param>
/// <param name="Id">From <c>jti</c>.</param>
/// <param name="BoundTo">SHA-256 of the certificate it may come with, from <c>cnf</c>; null when it is bound to none.</param>
/// <param name="Roles">From <c>roles</c>: the only roles it may use of those its subject holds; null for all of them.</param>
internal sealed record TokenIdentity(OrganisationId Organisation, string Subject, string Id, byte[]? BoundTo, IReadOnlySet<Role>? Roles);

/// <summary>Judges signed tokens (RFC 7519, with the advice of RFC 8725; bound to certificates by RFC 8705 section 3).</summary>
internal sealed class SignedTokens(JwtOptions options, ISigningKeys keys, TimeProvider time, ILogger<SignedTokens> log)
{
    private const int LongestToken = 8 * 1024;

    private static readonly string[] Types = ["JWT", "at+jwt"];
    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = LongestToken };

    public static IReadOnlyList<string> Algorithms { get; } =
        [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256];

    /// <summary>Whether a bearer token has the shape of a signed one: three parts.</summary>
    public static bool IsSigned(string token) => token.AsSpan().Count('.') == 2;

    /// <summary>Whose it is, or null with the reason in the log: whoever sent it is not told which.</summary>
    public async Task<TokenIdentity?> JudgeAsync(string token, CancellationToken cancellationToken)
    {
        var (identity, reason) = await ReadAsync(token, cancellationToken);
        if (reason is not null) IdentityLog.TokenRefused(log, reason);
        return identity;
    }

    private async Task<(TokenIdentity? Identity, string? Reason)> ReadAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length > LongestToken) return (null, "it is too long.");
        JsonWebToken jwt;
        try
        {
            jwt = _handler.ReadJsonWebToken(token);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return (null, "it cannot be read.");
        }

        // The algorithm is the hub's choice before it is the token's: no "none", and no secret made of a public key.
        if (!Algorithms.Contains(jwt.Alg, StringComparer.Ordinal)) return (null, "its algorithm is not ES256, RS256 or PS256.");
        if (jwt.TryGetHeaderValue<object>("crit", out _)) return (null, "it demands extensions (crit).");
        if (jwt.TryGetHeaderValue<string>("typ", out var type) && !Types.Contains(type, StringComparer.OrdinalIgnoreCase)) return (null, "its type is another (typ).");
        if (string.IsNullOrEmpty(jwt.Kid)) return (null, "it names no key (kid).");
        if (await keys.FindAsync(jwt.Kid, jwt.Alg, cancellationToken) is not { } key) return (null, "its key is unknown (kid).");
        var result = await _handler.ValidateTokenAsync(jwt, new TokenValidationParameters
        {
            ValidAlgorithms = [jwt.Alg],
            IssuerSigningKey = key,
            TryAllIssuerSigningKeys = false,
            RequireSignedTokens = true,
            ValidIssuer = options.Issuer,
            ValidAudience = options.Audience,
            RequireExpirationTime = true,
            LifetimeValidator = (_, _, _, _) => LifetimeFault(jwt) is null,
        });
        if (!result.IsValid) return (null, LifetimeFault(jwt) ?? $"{result.Exception?.GetType().Name}.");
        return Claims(jwt);
    }

    private string? LifetimeFault(JsonWebToken jwt)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (!jwt.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Exp, out _)) return "it never expires (exp).";
        if (jwt.ValidTo <= now - options.ClockSkew) return "it has expired (exp).";
        if (jwt.ValidFrom > now + options.ClockSkew) return "it is not yet valid (nbf).";
        if (jwt.IssuedAt > now + options.ClockSkew) return "it is issued in the future (iat).";
        var since = jwt.IssuedAt == DateTime.MinValue ? now : jwt.IssuedAt;
        return jwt.ValidTo - since > options.MaximumLifetime + options.ClockSkew ? "it is valid for longer than allowed (exp)." : null;
    }

    private static (TokenIdentity? Identity, string? Reason) Claims(JsonWebToken jwt)
    {
        if (!jwt.TryGetPayloadValue<string>("org", out var organisation) || !CodeRule.IsValid(organisation)) return (null, "it names no organisation (org).");
        if (!SubjectRule.IsValid(jwt.Subject)) return (null, "it names no subject (sub).");
        if (jwt.Id is not { Length: >= 1 and <= 100 } id) return (null, "it has no id (jti).");
        byte[]? boundTo = null;
        if (jwt.TryGetPayloadValue<System.Text.Json.JsonElement>("cnf", out var confirmation))
        {
            // Bound to something: to what this hub cannot check, it must not be believed.
            if (!TryThumbprint(confirmation, out boundTo)) return (null, "it is bound to something other than a certificate (cnf).");
        }

        IReadOnlySet<Role>? roles = null;
        if (jwt.TryGetPayloadValue<object>("roles", out _))
        {
            roles = jwt.Claims.Where(c => c.Type == "roles")
                .SelectMany(c => RoleWords.TryParse(c.Value, out var role) ? new[] { role } : []).ToHashSet();
        }

        return (new TokenIdentity(new OrganisationId(organisation), jwt.Subject, id, boundTo, roles), null);
    }

    private static bool TryThumbprint(System.Text.Json.JsonElement confirmation, out byte[]? sha256)
    {
        sha256 = null;
        if (confirmation.ValueKind != System.Text.Json.JsonValueKind.Object
            || !confirmation.TryGetProperty("x5t#S256", out var text)
            || text.ValueKind != System.Text.Json.JsonValueKind.String) return false;
        try
        {
            sha256 = Base64UrlEncoder.DecodeBytes(text.GetString()!);
            return sha256.Length == 32;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
