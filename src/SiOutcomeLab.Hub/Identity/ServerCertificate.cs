using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace SiOutcomeLab.Hub.Identity;

/// <summary>The hub's own certificate, as each new connection is to see it: a renewed file is taken up without a restart.</summary>
internal sealed class ServerCertificate(TlsOptions options, TimeProvider time, ILogger<ServerCertificate> log)
{
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    private readonly WatchedFiles<SslStreamCertificateContext> _files = new(
        options.Key is null ? [options.Certificate!] : [options.Certificate!, options.Key], () => Load(options), time, log);

    /// <summary>How a listening port takes up TLS.</summary>
    /// <param name="protocols">What is spoken inside it, the preferred first.</param>
    public TlsHandshakeCallbackOptions Handshake(params SslApplicationProtocol[] protocols) => new()
    {
        HandshakeTimeout = HandshakeTimeout,
        OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = _files.Current,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [.. protocols],
            ClientCertificateRequired = true,
            AllowRenegotiation = false,

            // A resumed session would carry a client certificate over from before it was revoked.
            AllowTlsResume = false,

            // Taken here, and judged on each call by ClientCertificates: so its refusal is an answer and stands in the audit log, and a
            // certificate that is revoked or runs out while the connection lasts stops working at once.
#pragma warning disable CA5359 // It is a client's certificate, and judged before any call.
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        }),
    };

    private static SslStreamCertificateContext Load(TlsOptions options)
    {
        var leaf = X509Certificate2.CreateFromPemFile(options.Certificate!, options.Key);
        if (OperatingSystem.IsWindows())
        {
            // SChannel takes no key that exists in memory alone; exported and read again, it is one that it takes.
            using var inMemory = leaf;
            leaf = X509CertificateLoader.LoadPkcs12(inMemory.Export(X509ContentType.Pkcs12), null);
        }

        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(options.Certificate!);
        chain.RemoveAt(0);
        return SslStreamCertificateContext.Create(leaf, chain, offline: true);
    }
}
