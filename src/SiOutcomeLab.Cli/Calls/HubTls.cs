using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SiOutcomeLab.Cli.Credentials;
using SiOutcomeLab.Cli.Failures;

namespace SiOutcomeLab.Cli.Calls;

/// <summary>What a connection over TLS proves, and whom it believes.</summary>
/// <param name="Certificate">The caller's own certificate with its key; null for none.</param>
/// <param name="Authorities">The only authorities that may stand for the hub; null for the system's.</param>
internal sealed record HubTls(X509Certificate2? Certificate, X509Certificate2Collection? Authorities)
{
    /// <summary>Reads PEM files; a file not named is left out.</summary>
    /// <exception cref="CommandException">A file cannot be read as what it should be.</exception>
    public static HubTls Read(string? certificate, string? key, string? authorities)
    {
        if (key is not null && certificate is null)
        {
            throw new CommandException(
                ExitCode.Usage, new("--cert-key förutsätter --cert.", "--cert-key needs --cert."), new("Ge båda, eller ingen.", "Give both, or neither."));
        }

        return new HubTls(
            certificate is null ? null : Reading(certificate, () => CertificateAuthority.Usable(X509Certificate2.CreateFromPemFile(certificate, key))),
            authorities is null ? null : Reading(authorities, () =>
            {
                var all = new X509Certificate2Collection();
                all.ImportFromPemFile(authorities);
                return all.Count > 0 ? all : throw new CryptographicException("The file holds no certificate.");
            }));
    }

    /// <summary>Sends calls over TLS. The settings beside it are those that a channel gives its own handler.</summary>
    public SocketsHttpHandler Handler()
    {
        var tls = new SslClientAuthenticationOptions();
        if (Certificate is not null) tls.ClientCertificateContext = SslStreamCertificateContext.Create(Certificate, null, offline: true);
        if (Authorities is not null)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            tls.CertificateChainPolicy.CustomTrustStore.AddRange(Authorities);
        }

        return new SocketsHttpHandler
        {
            SslOptions = tls,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            EnableMultipleHttp2Connections = true,
            InitialHttp2StreamWindowSize = 1 << 20,
            KeepAlivePingDelay = TimeSpan.FromSeconds(60),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            ResponseHeaderEncodingSelector = static (_, _) => System.Text.Encoding.Latin1,
        };
    }

    private static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CryptographicException e)
        {
            throw new CommandException(
                ExitCode.InputUnreadable,
                new($"{path} kan inte läsas som PEM.", $"{path} cannot be read as PEM."),
                new("Ge filerna som silab identity cert new skrev.", "Give the files that silab identity cert new wrote."),
                [e.Message]);
        }
    }
}
