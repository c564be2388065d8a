using SiOutcomeLab.Hub.Configuration;

namespace SiOutcomeLab.Hub.Identity;

/// <summary>
/// Whose signed tokens (JWT) the hub believes. A token must name this issuer and this audience, be signed with ES256, RS256 or PS256 under a
/// key the issuer publishes, name its caller in <c>org</c> and <c>sub</c>, and have a <c>jti</c>.
/// </summary>
public sealed record JwtOptions
{
    /// <summary>The issuer, exactly as tokens have it in <c>iss</c>; null when no signed tokens are believed.</summary>
    public string? Issuer { get; init; }

    /// <summary>This hub, exactly as tokens have it in <c>aud</c>.</summary>
    public string? Audience { get; init; }

    /// <summary>The issuer's public keys (JWKS) in a file, read again when it changes. Not with <see cref="KeysUrl"/>.</summary>
    [OptionPath]
    public string? KeysFile { get; init; }

    /// <summary>Where the issuer publishes its keys (JWKS), https. Fetched again with age, and when a token names a key not seen before.</summary>
    public Uri? KeysUrl { get; init; }

    /// <summary>The longest that a token may be valid, from issue or from now.</summary>
    public TimeSpan MaximumLifetime { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>How far the issuer's clock may be from the hub's; at most a minute.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How old fetched keys get before they are fetched again.</summary>
    public TimeSpan KeysMaximumAge { get; init; } = TimeSpan.FromMinutes(15);

    internal bool IsOn => Issuer is not null;

    /// <summary>Every breach, by key.</summary>
    public IEnumerable<OptionBreach> Breaches()
    {
        if (!IsOn)
        {
            foreach (var (key, isSet) in new[] { ("audience", Audience is not null), ("keys_file", KeysFile is not null), ("keys_url", KeysUrl is not null) })
            {
                if (isSet) yield return new(key, new("förutsätter issuer.", "needs issuer."));
            }

            yield break;
        }

        if (string.IsNullOrWhiteSpace(Issuer)) yield return new("issuer", new("ska inte vara tomt.", "must not be empty."));
        if (string.IsNullOrWhiteSpace(Audience)) yield return new("audience", new("ska ange den här hubben.", "must name this hub."));
        if ((KeysFile is null) == (KeysUrl is null))
        {
            yield return new("keys_file", new("eller keys_url ska anges, och bara en av dem.", "or keys_url must be given, and only one of them."));
        }

        if (KeysFile is not null && !File.Exists(KeysFile)) yield return new("keys_file", new("finns inte.", "is not there."));
        if (KeysUrl is { } url && url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        {
            yield return new("keys_url", new("ska vara en https-adress.", "must be an https address."));
        }

        if (MaximumLifetime < TimeSpan.FromMinutes(1) || MaximumLifetime > TimeSpan.FromHours(24))
        {
            yield return new("maximum_lifetime", new("ska vara 1m–24h.", "must be 1m–24h."));
        }

        if (ClockSkew < TimeSpan.Zero || ClockSkew > TimeSpan.FromSeconds(60)) yield return new("clock_skew", new("ska vara 0s–60s.", "must be 0s–60s."));
        if (KeysMaximumAge < TimeSpan.FromSeconds(10)) yield return new("keys_maximum_age", new("ska vara minst 10s.", "must be at least 10s."));
    }
}
