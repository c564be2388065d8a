using SiOutcomeLab.Hub.Configuration;

namespace SiOutcomeLab.Hub.Identity;

/// <summary>With what the hub proves itself, and whose client certificates it believes. All files are read again when they change.</summary>
public sealed record TlsOptions
{
    /// <summary>The hub's certificate, PEM, its own first and then those between it and its root; null for no TLS.</summary>
    [OptionPath]
    public string? Certificate { get; init; }

    /// <summary>The certificate's private key, PEM, unencrypted; null when it is in the certificate's file.</summary>
    [OptionPath]
    public string? Key { get; init; }

    /// <summary>The authorities, PEM, whose client certificates are believed. No other authority is, not even the system's.</summary>
    [OptionPath]
    public string? ClientCa { get; init; }

    /// <summary>
    /// Revocation lists (CRL, PEM or DER) of the authorities; null when revocations are kept in the catalogue alone. Where it is set, every
    /// authority must have a list in it, and a list past its next update stops its authority's certificates.
    /// </summary>
    [OptionPath]
    public string? ClientRevocations { get; init; }

    internal bool IsOn => Certificate is not null;

    /// <summary>Every breach, by key.</summary>
    public IEnumerable<OptionBreach> Breaches()
    {
        if (!IsOn)
        {
            foreach (var (key, value) in new[] { ("key", Key), ("client_ca", ClientCa), ("client_revocations", ClientRevocations) })
            {
                if (value is not null) yield return new(key, new("förutsätter certificate.", "needs certificate."));
            }

            yield break;
        }

        if (ClientCa is null)
        {
            yield return new(
                "client_ca",
                new("ska ange vilka utfärdares klientcertifikat som gäller.", "must name the authorities whose client certificates are believed."));
        }

        foreach (var (key, value) in new[] { ("certificate", Certificate), ("key", Key), ("client_ca", ClientCa), ("client_revocations", ClientRevocations) })
        {
            if (value is not null && !File.Exists(value)) yield return new(key, new("finns inte.", "is not there."));
        }
    }
}
