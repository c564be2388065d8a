using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Cli.Credentials;

/// <summary>What a signed token says.</summary>
/// <param name="Issuer"><c>iss</c>.</param>
/// <param name="Audience"><c>aud</c>: the hub.</param>
/// <param name="Organisation"><c>org</c>.</param>
/// <param name="Subject"><c>sub</c>.</param>
/// <param name="Roles"><c>roles</c>: the only ones of its subject's roles it may use; empty for all.</param>
/// <param name="BoundTo">The certificate it may come with (<c>cnf</c>); null for any of the organisation's, or none.</param>
internal sealed record TokenContent(
    string Issuer, string Audience, OrganisationId Organisation, string Subject, IReadOnlyList<Role> Roles, X509Certificate2? BoundTo);

/// <summary>Makes signed tokens (ES256, RFC 7515 and 7519) for a lab that has no issuer of its own.</summary>
internal sealed class TokenSigner(ECDsa key) : IDisposable
{
    /// <summary>The key's name: its thumbprint (RFC 7638), the same wherever it is reckoned.</summary>
    public string KeyId { get; } = Thumbprint(key);

    public static TokenSigner Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <exception cref="CryptographicException">The text is no P-256 key.</exception>
    public static TokenSigner Read(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key.KeySize == 256 ? new TokenSigner(key) : throw new CryptographicException("The key is not on the curve P-256.");
        }
        catch (ArgumentException e)
        {
            key.Dispose();
            throw new CryptographicException("The file holds no private key.", e);
        }
    }

    public string PrivatePem() => key.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>A set of public keys (JWKS) with this one in it, beside those that were there: tokens of both work until one is taken out.</summary>
    public string AddTo(string? jwks)
    {
        var set = jwks is null ? new JsonObject { ["keys"] = new JsonArray() } : JsonNode.Parse(jwks)!.AsObject();
        var keys = set["keys"]!.AsArray();
        foreach (var same in keys.Where(k => (string?)k!["kid"] == KeyId).ToArray()) keys.Remove(same);
        var point = key.ExportParameters(false).Q;
        keys.Add((JsonNode)new JsonObject
        {
            ["kty"] = "EC", ["crv"] = "P-256", ["alg"] = "ES256", ["use"] = "sig", ["kid"] = KeyId, ["x"] = Text(point.X!), ["y"] = Text(point.Y!),
        });
        return set.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";
    }

    /// <summary>A token, and its id by which it can be revoked.</summary>
    public (string Token, string Id) Sign(TokenContent content, DateTimeOffset now, TimeSpan lifetime)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var claims = new JsonObject
        {
            ["iss"] = content.Issuer,
            ["aud"] = content.Audience,
            ["org"] = content.Organisation.Code,
            ["sub"] = content.Subject,
            ["jti"] = id,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + lifetime).ToUnixTimeSeconds(),
        };
        if (content.Roles.Count > 0) claims["roles"] = new JsonArray([.. content.Roles.Select(r => (JsonNode)RoleWords.Of(r))]);
        if (content.BoundTo is { } certificate) claims["cnf"] = new JsonObject { ["x5t#S256"] = Text(SHA256.HashData(certificate.RawData)) };
        var head = new JsonObject { ["alg"] = "ES256", ["typ"] = "JWT", ["kid"] = KeyId };
        var signed = $"{Text(Encoding.UTF8.GetBytes(head.ToJsonString()))}.{Text(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return ($"{signed}.{Text(signature)}", id);
    }

    public void Dispose() => key.Dispose();

    private static string Thumbprint(ECDsa key)
    {
        var point = key.ExportParameters(false).Q;
        return Text(SHA256.HashData(Encoding.UTF8.GetBytes(
            $$"""{"crv":"P-256","kty":"EC","x":"{{Text(point.X!)}}","y":"{{Text(point.Y!)}}"}""")));
    }

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
