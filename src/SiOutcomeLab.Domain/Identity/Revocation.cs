namespace SiOutcomeLab.Domain.Identity;

/// <summary>What is taken out of use.</summary>
public enum CredentialKind
{
    /// <summary>A certificate, by the SHA-256 of its DER bytes: 64 lower-case hexadecimal digits.</summary>
    CertificateThumbprint = 1,

    /// <summary>Every certificate with this serial number: lower-case hexadecimal digits without leading zeros.</summary>
    CertificateSerial = 2,

    /// <summary>A signed token, by its <c>jti</c>: 1–100 characters.</summary>
    TokenId = 3,
}

/// <summary>A credential by what tells it from all others; never the credential itself.</summary>
/// <param name="Kind">How it is told.</param>
/// <param name="Value">Thumbprint, serial number or token id, in the form of its kind.</param>
public sealed record CredentialId(CredentialKind Kind, string Value)
{
    /// <summary>A certificate by its serial number, written in any way that hexadecimal is: upper case, colons, leading zeros.</summary>
    public static CredentialId OfSerial(string hex)
    {
        var digits = hex.Replace(":", string.Empty, StringComparison.Ordinal).ToLowerInvariant().TrimStart('0');
        return new CredentialId(CredentialKind.CertificateSerial, digits.Length == 0 ? "0" : digits);
    }

    /// <summary>Why it cannot be one, as the rest of a sentence; null when it can.</summary>
    public string? Breach() => Kind switch
    {
        CredentialKind.CertificateThumbprint => IsHex(64, 64) ? null : "must be a certificate's SHA-256: 64 lower-case hexadecimal digits.",
        CredentialKind.CertificateSerial => IsHex(1, 64) ? null : "must be a certificate's serial number: hexadecimal digits.",
        CredentialKind.TokenId => Value is { Length: >= 1 and <= 100 } ? null : "must be a token's jti: 1–100 characters.",
        _ => "must say what it is.",
    };

    private bool IsHex(int least, int most) =>
        Value is not null && Value.Length >= least && Value.Length <= most && Value.All(char.IsAsciiHexDigitLower);
}

/// <summary>A credential that works no longer, though its own dates say otherwise.</summary>
/// <param name="Credential">Which.</param>
/// <param name="Reason">Why, in a few words, at most 200 characters; may be empty.</param>
/// <param name="By">Who took it out of use, as <c>organisation/subject</c>.</param>
/// <param name="At">When (UTC).</param>
public sealed record Revocation(CredentialId Credential, string Reason, string By, DateTimeOffset At);
