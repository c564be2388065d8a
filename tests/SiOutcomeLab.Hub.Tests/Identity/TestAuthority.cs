using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SiOutcomeLab.Hub.Tests.Identity;

/// <summary>An authority of a test's own: makes what a true one makes, and what none should.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    public TestAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(10));
    }

    public X509Certificate2 Certificate { get; }

    public X509Certificate2 Server() => Issue("CN=localhost", ServerUse, san =>
    {
        san.AddDnsName("localhost");
        san.AddIpAddress(IPAddress.Loopback);
    });

    public X509Certificate2 Client(string organisation, string subject = "system", TimeSpan? from = null, TimeSpan? to = null) =>
        Issue($"CN={subject}", ClientUse, san => san.AddUri(new Uri($"silab://{organisation}/{subject}")), from, to);

    public X509Certificate2 WithNames(params string[] uris) => Issue("CN=odd", ClientUse, san =>
    {
        foreach (var uri in uris) san.AddUri(new Uri(uri));
    });

    public X509Certificate2 ForServersOnly(string organisation) =>
        Issue("CN=odd", ServerUse, san => san.AddUri(new Uri($"silab://{organisation}/system")));

    public X509Certificate2 WithoutPurpose(string organisation) =>
        Issue("CN=odd", null, san => san.AddUri(new Uri($"silab://{organisation}/system")));

    public byte[] RevocationList(DateTimeOffset nextUpdate, params X509Certificate2[] revoked)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var certificate in revoked) builder.AddEntry(certificate);
        return builder.Build(Certificate, 1, nextUpdate, HashAlgorithmName.SHA256, thisUpdate: nextUpdate.AddDays(-2));
    }

    public static X509Certificate2 SelfSigned(string organisation)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=self", key, HashAlgorithmName.SHA256);
        var san = new SubjectAlternativeNameBuilder();
        san.AddUri(new Uri($"silab://{organisation}/system"));
        request.CertificateExtensions.Add(san.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ClientUse)], false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    public void Dispose() => Certificate.Dispose();

    private X509Certificate2 Issue(string name, string? use, Action<SubjectAlternativeNameBuilder> names, TimeSpan? from = null, TimeSpan? to = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, false));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        if (use is not null) request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], false));
        var san = new SubjectAlternativeNameBuilder();
        names(san);
        request.CertificateExtensions.Add(san.Build());
        var now = DateTimeOffset.UtcNow;
        using var issued = request.Create(
            Certificate, now + (from ?? TimeSpan.FromDays(-1)), now + (to ?? TimeSpan.FromDays(1)), RandomNumberGenerator.GetBytes(16));
        var whole = issued.CopyWithPrivateKey(key);
        if (!OperatingSystem.IsWindows()) return whole;
        using (whole) return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
