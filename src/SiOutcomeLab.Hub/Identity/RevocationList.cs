using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SiOutcomeLab.Hub.Identity;

/// <summary>An authority's list of certificates that work no longer (CRL, RFC 5280 section 5), its signature checked.</summary>
internal sealed class RevocationList
{
    private readonly HashSet<string> _serials;

    private RevocationList(byte[] issuer, DateTimeOffset? nextUpdate, HashSet<string> serials)
    {
        Issuer = issuer;
        NextUpdate = nextUpdate;
        _serials = serials;
    }

    /// <summary>The authority's name, DER.</summary>
    public byte[] Issuer { get; }

    /// <summary>When the list must have been replaced; null when it does not say.</summary>
    public DateTimeOffset? NextUpdate { get; }

    /// <summary>Whether the certificate with this serial number (as <see cref="X509Certificate2.SerialNumber"/> has it) is on the list.</summary>
    public bool Has(string serialNumber) => _serials.Contains(Trim(serialNumber));

    /// <summary>Reads a file with one DER list, or any number of PEM lists, each signed by one of the authorities.</summary>
    /// <exception cref="CryptographicException">A list cannot be read, or no authority has signed it.</exception>
    public static IReadOnlyList<RevocationList> Read(string path, X509Certificate2Collection authorities)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.AsSpan().IndexOf("-----BEGIN"u8) < 0) return [Parse(bytes, authorities)];
        var lists = new List<RevocationList>();
        var text = System.Text.Encoding.ASCII.GetString(bytes).AsSpan();
        while (PemEncoding.TryFind(text, out var fields))
        {
            if (text[fields.Label] is "X509 CRL") lists.Add(Parse(Convert.FromBase64String(text[fields.Base64Data].ToString()), authorities));
            text = text[fields.Location.End..];
        }

        return lists;
    }

    private static RevocationList Parse(byte[] der, X509Certificate2Collection authorities)
    {
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            var signed = outer.PeekEncodedValue();
            var list = outer.ReadSequence();
            var algorithm = outer.ReadSequence().ReadObjectIdentifier();
            var signature = outer.ReadBitString(out _);

            if (list.PeekTag().HasSameClassAndValue(Asn1Tag.Integer)) list.ReadInteger();
            list.ReadSequence();
            var issuer = list.ReadEncodedValue().ToArray();
            ReadTime(list);
            DateTimeOffset? nextUpdate = list.HasData && IsTime(list.PeekTag()) ? ReadTime(list) : null;
            var serials = new HashSet<string>(StringComparer.Ordinal);
            if (list.HasData && list.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
            {
                var entries = list.ReadSequence();
                while (entries.HasData) serials.Add(Trim(Convert.ToHexString(entries.ReadSequence().ReadIntegerBytes().Span)));
            }

            return authorities.Any(a => a.SubjectName.RawData.AsSpan().SequenceEqual(issuer) && IsSignedBy(a, signed.Span, signature, algorithm))
                ? new RevocationList(issuer, nextUpdate, serials)
                : throw new CryptographicException("A revocation list is signed by none of the authorities.");
        }
        catch (AsnContentException e)
        {
            throw new CryptographicException("A revocation list cannot be read.", e);
        }
    }

    private static bool IsTime(Asn1Tag tag) =>
        tag.HasSameClassAndValue(Asn1Tag.UtcTime) || tag.HasSameClassAndValue(Asn1Tag.GeneralizedTime);

    private static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();

    private static bool IsSignedBy(X509Certificate2 authority, ReadOnlySpan<byte> data, byte[] signature, string algorithm)
    {
        var (isRsa, hash) = algorithm switch
        {
            "1.2.840.10045.4.3.2" => (false, HashAlgorithmName.SHA256),
            "1.2.840.10045.4.3.3" => (false, HashAlgorithmName.SHA384),
            "1.2.840.10045.4.3.4" => (false, HashAlgorithmName.SHA512),
            "1.2.840.113549.1.1.11" => (true, HashAlgorithmName.SHA256),
            "1.2.840.113549.1.1.12" => (true, HashAlgorithmName.SHA384),
            "1.2.840.113549.1.1.13" => (true, HashAlgorithmName.SHA512),
            _ => throw new CryptographicException($"A revocation list is signed with {algorithm}; use ECDSA or RSA with SHA-2."),
        };
        using var rsa = isRsa ? authority.GetRSAPublicKey() : null;
        using var ecdsa = isRsa ? null : authority.GetECDsaPublicKey();
        return rsa?.VerifyData(data, signature, hash, RSASignaturePadding.Pkcs1)
            ?? ecdsa?.VerifyData(data, signature, hash, DSASignatureFormat.Rfc3279DerSequence)
            ?? false;
    }

    private static string Trim(string hex) => hex.TrimStart('0').ToUpperInvariant();
}
