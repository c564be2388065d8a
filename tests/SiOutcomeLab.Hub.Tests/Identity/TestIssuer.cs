using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace SiOutcomeLab.Hub.Tests.Identity;

/// <summary>An issuer of signed tokens, written by hand so that it can also say what a library would refuse to.</summary>
internal sealed class TestIssuer : IDisposable
{
    public const string Name = "https://issuer.example";
    public const string Audience = "https://hub.example";

    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly RSA _rsa = RSA.Create(2048);

    /// <summary>The public keys: <c>ec</c> and <c>rsa</c>, and, as an issuer should not, a symmetric one.</summary>
    public string Jwks()
    {
        var ec = _ec.ExportParameters(false);
        var rsa = _rsa.ExportParameters(false);
        return JsonSerializer.Serialize(new
        {
            keys = new object[]
            {
                new { kty = "EC", kid = "ec", use = "sig", crv = "P-256", x = Text(ec.Q.X!), y = Text(ec.Q.Y!) },
                new { kty = "RSA", kid = "rsa", n = Text(rsa.Modulus!), e = Text(rsa.Exponent!) },
                new { kty = "oct", kid = "shared", k = Text(SharedSecret) },
            },
        });
    }

    public static byte[] SharedSecret { get; } = SHA256.HashData("published by mistake"u8);

    public static Dictionary<string, object> Claims(string organisation = "9901", string subject = "anna", double minutes = 5)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return new Dictionary<string, object>
        {
            ["iss"] = Name,
            ["aud"] = Audience,
            ["org"] = organisation,
            ["sub"] = subject,
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["iat"] = now,
            ["exp"] = now + (long)(minutes * 60),
        };
    }

    public static void Bind(Dictionary<string, object> claims, X509Certificate2 certificate) =>
        claims["cnf"] = new Dictionary<string, string> { ["x5t#S256"] = Text(SHA256.HashData(certificate.RawData)) };

    public string Sign(Dictionary<string, object> claims, string algorithm = "ES256", string? kid = null, Dictionary<string, object>? header = null)
    {
        var head = new Dictionary<string, object>(header ?? []) { ["alg"] = algorithm, ["typ"] = "JWT" };
        kid ??= algorithm == "ES256" ? "ec" : "rsa";
        if (kid.Length > 0) head["kid"] = kid;
        var text = $"{Text(JsonSerializer.SerializeToUtf8Bytes(head))}.{Text(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        var data = Encoding.ASCII.GetBytes(text);
        var signature = algorithm switch
        {
            "ES256" => _ec.SignData(data, HashAlgorithmName.SHA256),
            "RS256" => _rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            "PS256" => _rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            "RS384" => _rsa.SignData(data, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
            "HS256" => HMACSHA256.HashData(kid == "shared" ? SharedSecret : Encoding.ASCII.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem()), data),
            _ => [],
        };
        return $"{text}.{Text(signature)}";
    }

    public void Dispose()
    {
        _ec.Dispose();
        _rsa.Dispose();
    }

    private static string Text(byte[] bytes) => Base64UrlEncoder.Encode(bytes);
}
