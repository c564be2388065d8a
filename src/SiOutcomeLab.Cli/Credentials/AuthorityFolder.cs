using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Cli.Credentials;

/// <summary>
/// An authority in a folder: <c>ca.pem</c>, <c>ca.key</c> (its owner's alone), <c>ca.crl</c>, and each certificate it has issued, without
/// key, under <c>issued/</c>.
/// </summary>
internal sealed class AuthorityFolder
{
    private readonly string _path;

    private AuthorityFolder(string path) => _path = path;

    public string CertificatePath => Path.Combine(_path, "ca.pem");

    public string RevocationsPath => Path.Combine(_path, "ca.crl");

    private string KeyPath => Path.Combine(_path, "ca.key");

    private string IssuedPath => Path.Combine(_path, "issued");

    /// <exception cref="CommandException">There is an authority already.</exception>
    public static AuthorityFolder Create(string path, CertificateAuthority authority, DateTimeOffset now, DateTimeOffset nextUpdate)
    {
        var folder = new AuthorityFolder(path);
        Directory.CreateDirectory(folder.IssuedPath);
        PrivateFile.WriteNew(folder.KeyPath, authority.Certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n");
        File.WriteAllText(folder.CertificatePath, authority.Certificate.ExportCertificatePem() + "\n");
        File.WriteAllText(folder.RevocationsPath, authority.RevocationList(null, [], now, nextUpdate));
        return folder;
    }

    /// <exception cref="CommandException">There is no authority.</exception>
    public static AuthorityFolder Open(string path)
    {
        var folder = new AuthorityFolder(path);
        return File.Exists(folder.CertificatePath)
            ? folder
            : throw new CommandException(
                ExitCode.InputUnreadable,
                new($"I {path} finns ingen utfärdare.", $"There is no authority in {path}."),
                new("Gör en med silab identity ca new.", "Make one with silab identity ca new."));
    }

    /// <exception cref="CommandException">The key is missing or is none.</exception>
    public CertificateAuthority Authority()
    {
        try
        {
            return new CertificateAuthority(X509Certificate2.CreateFromPemFile(CertificatePath, KeyPath));
        }
        catch (Exception e) when (e is CryptographicException or FileNotFoundException)
        {
            throw new CommandException(
                ExitCode.InputUnreadable,
                new($"Utfärdarens nyckel {KeyPath} kan inte läsas.", $"The authority's key {KeyPath} cannot be read."),
                new("Hämta mappen ur säkerhetskopian.", "Fetch the folder from its backup."));
        }
    }

    /// <summary>Keeps what has been issued, so that it can be listed and revoked.</summary>
    public void Keep(X509Certificate2 certificate) =>
        File.WriteAllText(Path.Combine(IssuedPath, certificate.SerialNumber.ToLowerInvariant() + ".pem"), certificate.ExportCertificatePem() + "\n");

    /// <summary>What has been issued, oldest first.</summary>
    public IReadOnlyList<X509Certificate2> Issued() =>
    [
        .. Directory.EnumerateFiles(IssuedPath, "*.pem").Select(X509CertificateLoader.LoadCertificateFromFile)
            .OrderBy(c => c.NotBefore).ThenBy(c => c.SerialNumber, StringComparer.Ordinal),
    ];

    /// <summary>Whether a certificate is on the authority's list.</summary>
    public bool IsRevoked(X509Certificate2 certificate) =>
        CertificateRevocationListBuilder.LoadPem(File.ReadAllText(RevocationsPath), out _).RemoveEntry(certificate.SerialNumberBytes.Span);

    /// <summary>Puts certificates on the list, and makes it hold from now; with none, only makes it hold longer.</summary>
    public void Revoke(IEnumerable<string> serials, DateTimeOffset now, DateTimeOffset nextUpdate)
    {
        using var authority = Authority();
        var list = authority.RevocationList(File.ReadAllText(RevocationsPath), serials.Select(s => CredentialId.OfSerial(s).Value), now, nextUpdate);

        // In one step: a hub that looks at this moment sees the list before or the list after.
        var beside = RevocationsPath + ".new";
        File.WriteAllText(beside, list);
        File.Move(beside, RevocationsPath, overwrite: true);
    }
}
