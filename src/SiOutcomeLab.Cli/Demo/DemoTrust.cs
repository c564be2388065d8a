using System.Security.Cryptography.X509Certificates;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Credentials;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub;
using SiOutcomeLab.Hub.Identity;

namespace SiOutcomeLab.Cli.Demo;

/// <summary>The demo's own authority: its key exists in memory alone, and what it has issued is worth nothing when the demo ends.</summary>
internal sealed class DemoTrust : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("silab-demo-tls-");
    private readonly CertificateAuthority _authority;
    private readonly TimeProvider _time;
    private readonly List<X509Certificate2> _issued = [];

    private DemoTrust(CertificateAuthority authority, TimeProvider time)
    {
        _authority = authority;
        _time = time;
    }

    /// <summary>The authority's certificate, PEM.</summary>
    public string AuthorityPath => Path.Combine(_folder.FullName, "ca.pem");

    /// <summary>What the hub needs: its own certificate, and whose it believes.</summary>
    public TlsOptions Options => new() { Certificate = Path.Combine(_folder.FullName, "hub.pem"), ClientCa = AuthorityPath };

    /// <summary>Believes the demo's authority alone, and proves nothing.</summary>
    public HubTls OfAuthority => new(null, [_authority.Certificate]);

    public static DemoTrust Create(TimeProvider time)
    {
        var trust = new DemoTrust(CertificateAuthority.Create("silab demo", time.GetUtcNow(), Lifetime), time);
        try
        {
            using var hub = trust._authority.IssueServer(["localhost", "127.0.0.1"], time.GetUtcNow(), Lifetime);
            PrivateFile.WriteNew(trust.Options.Certificate!, $"{hub.ExportCertificatePem()}\n{hub.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()}\n");
            File.WriteAllText(trust.AuthorityPath, trust._authority.Certificate.ExportCertificatePem() + "\n");
            return trust;
        }
        catch
        {
            trust.Dispose();
            throw;
        }
    }

    /// <summary>A way into the hub with a certificate of its own for this system or person.</summary>
    public HubConnection Connect(RunningHub hub, OrganisationId organisation, string subject)
    {
        var certificate = _authority.IssueClient(organisation, subject, _time.GetUtcNow(), Lifetime);
        _issued.Add(certificate);
        return HubConnection.To(hub.GrpcAddress.AbsoluteUri, token: null, new HubTls(certificate, [_authority.Certificate]));
    }

    public void Dispose()
    {
        foreach (var certificate in _issued) certificate.Dispose();
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }
}
