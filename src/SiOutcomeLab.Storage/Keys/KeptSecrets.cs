using System.Security.Cryptography;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Storage.Keys;

/// <summary>
/// The secrets that the catalogue keeps wrapped by the hub's key: the person key of each project and the spool key of each open upload.
/// The one place that names what each is wrapped for. Whoever is given a key clears it after use.
/// </summary>
/// <param name="uploads">Uploads with their wrapped keys.</param>
/// <param name="projects">Projects with their wrapped person keys.</param>
/// <param name="keys">The hub's key ring.</param>
public sealed class KeptSecrets(IUploadCatalogue uploads, IProjectCatalogue projects, HubKeyRing keys)
{
    /// <summary>Bytes of a person key and of an upload's key.</summary>
    public const int KeyBytes = 32;

    /// <summary>The hub's key for a project's persons; made at random the first time.</summary>
    /// <exception cref="HubKeyMissingException">The key that it is wrapped under is not in the ring.</exception>
    /// <exception cref="WrappedSecretDamagedException">The catalogue holds something else in its place.</exception>
    public async Task<byte[]> PersonKeyAsync(ProjectId project, CancellationToken cancellationToken)
    {
        var purpose = PurposeOf(project);
        var wrapped = (await projects.FindAsync(project, cancellationToken))?.WrappedPersonKey ?? default;
        if (wrapped.IsEmpty) wrapped = await projects.PersonKeyAsync(project, WrapNew(purpose), cancellationToken);
        return keys.Unwrap(purpose, wrapped.Span);
    }

    /// <summary>A random key for an upload to come, wrapped as the catalogue is to keep it.</summary>
    public byte[] NewUploadKey(string uploadId) => WrapNew(PurposeOf(uploadId));

    /// <summary>The key of an open upload's files.</summary>
    /// <exception cref="HubKeyMissingException">The key that it is wrapped under is not in the ring.</exception>
    /// <exception cref="WrappedSecretDamagedException">The upload has ended and its key is gone, or the catalogue is damaged.</exception>
    public byte[] UploadKey(Upload upload) => keys.Unwrap(PurposeOf(upload.Id), upload.WrappedKey.Span);

    /// <summary>Wraps everything anew that is not wrapped under the active key; says how many. Repeating it is harmless.</summary>
    /// <exception cref="HubKeyMissingException">A secret is wrapped under a key that is not in the ring; what came before it is done.</exception>
    public async Task<int> RewrapAsync(CancellationToken cancellationToken)
    {
        var changed = 0;
        foreach (var record in await projects.ListAsync(cancellationToken))
        {
            var purpose = PurposeOf(record.Project);
            if (record.WrappedPersonKey.IsEmpty || !keys.NeedsRewrap(purpose, record.WrappedPersonKey.Span)) continue;
            var renewed = keys.Rewrap(purpose, record.WrappedPersonKey.Span);
            if (await projects.RewrapAsync(record.Project, record.WrappedPersonKey, renewed, cancellationToken)) changed++;
        }

        foreach (var upload in await uploads.AllOpenAsync(cancellationToken))
        {
            var purpose = PurposeOf(upload.Id);
            if (!keys.NeedsRewrap(purpose, upload.WrappedKey.Span)) continue;
            var renewed = keys.Rewrap(purpose, upload.WrappedKey.Span);
            if (await uploads.RewrapAsync(upload.Id, upload.WrappedKey, renewed, cancellationToken)) changed++;
        }

        return changed;
    }

    /// <summary>Whether every secret can be unwrapped with this ring; otherwise the first key that is missing.</summary>
    public async Task<string?> MissingKeyAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var record in await projects.ListAsync(cancellationToken))
            {
                if (!record.WrappedPersonKey.IsEmpty) Clear(keys.Unwrap(PurposeOf(record.Project), record.WrappedPersonKey.Span));
            }

            foreach (var upload in await uploads.AllOpenAsync(cancellationToken)) Clear(UploadKey(upload));
            return null;
        }
        catch (HubKeyMissingException missing)
        {
            return missing.KeyId;
        }
    }

    private static string PurposeOf(ProjectId project) => "person key of project " + project.Code;

    private static string PurposeOf(string uploadId) => "spool key of upload " + uploadId;

    private static void Clear(byte[] secret) => CryptographicOperations.ZeroMemory(secret);

    private byte[] WrapNew(string purpose)
    {
        Span<byte> secret = stackalloc byte[KeyBytes];
        RandomNumberGenerator.Fill(secret);
        var wrapped = keys.Wrap(purpose, secret);
        CryptographicOperations.ZeroMemory(secret);
        return wrapped;
    }
}
