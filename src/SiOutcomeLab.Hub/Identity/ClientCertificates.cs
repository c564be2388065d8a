using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Hub.Identity;

/// <summary>Whose a client certificate is, once it is believed.</summary>
/// <param name="Organisation">The organisation.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Sha256">SHA-256 of the certificate's DER bytes, for <c>cnf</c> and for revocation.</param>
/// <param name="Serial">Its serial number, hexadecimal.</param>
internal sealed record CertificateIdentity(OrganisationId Organisation, string Subject, byte[] Sha256, string Serial)
{
    public IReadOnlyList<CredentialId> Credentials { get; } =
        [new(CredentialKind.CertificateThumbprint, Convert.ToHexStringLower(Sha256)), CredentialId.OfSerial(Serial)];
}

/// <summary>Judges client certificates: chain to a configured authority and to no other, dates, purpose, revocation lists, name.</summary>
internal sealed class ClientCertificates(TlsOptions options, TimeProvider time, ILogger<ClientCertificates> log)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private static readonly TimeSpan Reconsider = TimeSpan.FromSeconds(10);
    private static readonly object JudgementKey = new();

    private readonly WatchedFiles<Trust> _trust = new(
        options.ClientRevocations is null ? [options.ClientCa!] : [options.ClientCa!, options.ClientRevocations], () => Load(options), time, log);

    /// <summary>Whose it is, or null with the reason in the log: whoever sent it is not told which.</summary>
    /// <param name="certificate">The certificate of a connection.</param>
    /// <param name="connection">The connection's own items, in which the judgement is kept: a chain takes a millisecond to build.</param>
    public CertificateIdentity? Judge(X509Certificate2 certificate, IDictionary<object, object?> connection)
    {
        var trust = _trust.Current;
        var now = time.GetUtcNow();
        if (connection.TryGetValue(JudgementKey, out var kept) && kept is Judgement earlier && earlier.Trust == trust && now < earlier.Until)
        {
            return earlier.Identity;
        }

        var reason = Fault(certificate, trust, now);
        var name = CertificateNames.TryRead(certificate);
        if (reason is null && name is null) reason = "it has no single name silab://organisation/subject.";
        var identity = reason is null
            ? new CertificateIdentity(name!.Value.Organisation, name.Value.Subject, SHA256.HashData(certificate.RawData), certificate.SerialNumber)
            : null;
        if (reason is not null) IdentityLog.CertificateRefused(log, reason);
        DateTimeOffset until = identity is null || trust.Lists is not null ? now + Reconsider : certificate.NotAfter.ToUniversalTime();
        if (until > certificate.NotAfter.ToUniversalTime() && identity is not null) until = certificate.NotAfter.ToUniversalTime();
        connection[JudgementKey] = new Judgement(trust, identity, until);
        return identity;
    }

    private static string? Fault(X509Certificate2 certificate, Trust trust, DateTimeOffset now)
    {
        if (now < certificate.NotBefore.ToUniversalTime() || now > certificate.NotAfter.ToUniversalTime()) return "its dates do not hold now.";
        var purposes = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(e => e.EnhancedKeyUsages.Cast<Oid>());
        if (!purposes.Any(p => p.Value == ClientAuthentication)) return "it is not for client authentication.";
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trust.Roots);
        chain.ChainPolicy.ExtraStore.AddRange(trust.Between);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        if (!chain.Build(certificate)) return $"no configured authority stands for it ({string.Join(", ", chain.ChainStatus.Select(s => s.Status))}).";

        // An authority's own certificate is not a caller's, and would otherwise be a chain of one.
        if (chain.ChainElements.Count < 2) return "it is an authority's own.";
        if (trust.Lists is null) return null;
        foreach (var element in chain.ChainElements.Take(chain.ChainElements.Count - 1))
        {
            var list = trust.Lists.FirstOrDefault(l => l.Issuer.AsSpan().SequenceEqual(element.Certificate.IssuerName.RawData));
            if (list is null) return "its authority has no revocation list.";
            if (list.NextUpdate < now) return "its authority's revocation list has not been renewed in time.";
            if (list.Has(element.Certificate.SerialNumber)) return "it is on its authority's revocation list.";
        }

        return null;
    }

    private static Trust Load(TlsOptions options)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(options.ClientCa!);
        var roots = new X509Certificate2Collection(all.Where(c => c.SubjectName.RawData.AsSpan().SequenceEqual(c.IssuerName.RawData)).ToArray());
        var between = new X509Certificate2Collection(all.Where(c => !roots.Contains(c)).ToArray());
        if (roots.Count == 0) throw new CryptographicException("The authorities' file holds no root certificate.");
        return new Trust(roots, between, options.ClientRevocations is { } path ? RevocationList.Read(path, all) : null);
    }

    private sealed record Judgement(Trust Trust, CertificateIdentity? Identity, DateTimeOffset Until);

    private sealed record Trust(X509Certificate2Collection Roots, X509Certificate2Collection Between, IReadOnlyList<RevocationList>? Lists);
}
