using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Cli.Credentials;

/// <summary>
/// A small authority for a hub and its callers: ECDSA P-256, one level. Made for a lab that has none of its own; where there is one, its
/// certificates do as well, with the name <c>silab://organisation/subject</c> in them.
/// </summary>
internal sealed class CertificateAuthority(X509Certificate2 certificate) : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    // Certificates begin a little before they are made: the clocks of those who read them differ.
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    /// <summary>Its own certificate, with its key.</summary>
    public X509Certificate2 Certificate { get; } = certificate;

    public static CertificateAuthority Create(string name, DateTimeOffset now, TimeSpan lifetime)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return new CertificateAuthority(request.CreateSelfSigned(now - Early, now + lifetime));
    }

    /// <summary>A certificate with which a hub proves itself under these names: host names or IP addresses.</summary>
    public X509Certificate2 IssueServer(IReadOnlyList<string> names, DateTimeOffset now, TimeSpan lifetime)
    {
        var alternative = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address)) alternative.AddIpAddress(address);
            else alternative.AddDnsName(name);
        }

        return Issue(names[0], ServerUse, alternative, now, lifetime);
    }

    /// <summary>A certificate with which a person or system of an organisation proves itself.</summary>
    public X509Certificate2 IssueClient(OrganisationId organisation, string subject, DateTimeOffset now, TimeSpan lifetime)
    {
        var alternative = new SubjectAlternativeNameBuilder();
        alternative.AddUri(new Uri($"silab://{organisation}/{subject}"));
        return Issue(subject, ClientUse, alternative, now, lifetime);
    }

    /// <summary>A revocation list (CRL, PEM) of certificates by serial number.</summary>
    /// <param name="earlier">The list so far, PEM; null for none.</param>
    /// <param name="serials">Serial numbers to add, hexadecimal.</param>
    /// <param name="now">When it holds from.</param>
    /// <param name="nextUpdate">When the next one must be there.</param>
    public string RevocationList(string? earlier, IEnumerable<string> serials, DateTimeOffset now, DateTimeOffset nextUpdate)
    {
        var number = BigInteger.Zero;
        var builder = earlier is null
            ? new CertificateRevocationListBuilder()
            : CertificateRevocationListBuilder.LoadPem(earlier, out number);
        foreach (var serial in serials)
        {
            var bytes = Convert.FromHexString(serial.Length % 2 == 0 ? serial : "0" + serial);
            builder.RemoveEntry(bytes);
            builder.AddEntry(bytes, now);
        }

        var list = builder.Build(Certificate, number + 1, nextUpdate, HashAlgorithmName.SHA256, thisUpdate: now);
        return PemEncoding.WriteString("X509 CRL", list) + "\n";
    }

    public void Dispose() => Certificate.Dispose();

    private X509Certificate2 Issue(string name, string use, SubjectAlternativeNameBuilder alternative, DateTimeOffset now, TimeSpan lifetime)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], true));
        request.CertificateExtensions.Add(alternative.Build());
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));
        var end = now + lifetime;
        var last = new DateTimeOffset(Certificate.NotAfter.ToUniversalTime());
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7f) | 0x40);
        using var issued = request.Create(Certificate, now - Early, end < last ? end : last, serial);
        return Usable(issued.CopyWithPrivateKey(key));
    }

    /// <summary>Windows' TLS takes no key that is in memory alone; exported and read again, it is one that it takes.</summary>
    internal static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows()) return certificate;
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(
                certificate.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable | X509KeyStorageFlags.UserKeySet);
        }
    }
}
