using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Storage.Backup;

/// <summary>
/// Copies a data folder, of a running hub too: the catalogue as of one moment, and the lake's objects that it names, which never change.
/// Keys, the spool and the scheduler's database are left out.
/// </summary>
public static class DataBackup
{
    private const int MaximumAttempts = 5;

    /// <summary>Makes a backup. It stands at <paramref name="to"/> whole and durable, or not at all.</summary>
    /// <param name="dataFolder">The hub's data folder. Its lock is not taken: a hub may be running.</param>
    /// <param name="to">The backup's folder; must not be there, or be empty.</param>
    /// <param name="programVersion">Told in the manifest.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Cancels; nothing remains.</param>
    /// <exception cref="BackupException">See <see cref="BackupProblem"/>.</exception>
    /// <exception cref="IOException">A disk failed or is full.</exception>
    public static async Task<BackupManifest> MakeAsync(
        string dataFolder, string to, string programVersion, TimeProvider time, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        var source = DataFolderPaths.At(dataFolder);
        if (!File.Exists(source.Catalogue))
        {
            throw new BackupException(BackupProblem.NotThere, source.Root, $"There is no hub's data in {source.Root}: it has no catalogue.");
        }

        for (var attempt = 1; ; attempt++)
        {
            var folder = BackupFolder.Begin(to);
            try
            {
                var manifest = await CopyAsync(source, DataFolderPaths.At(folder.Path), programVersion, time, progress, cancellationToken);
                folder.Finish();
                return manifest;
            }
            catch (LakeObjectMissingException e)
            {
                // Where the row was erased, or its date came, after the catalogue was copied, the backup must not hold it either: anew.
                folder.Remove();
                if (await IsNamedAsync(source, e.Sha256, cancellationToken)) throw Missing(source, e);
                if (attempt == MaximumAttempts) throw Restless(source, e);
            }
            catch
            {
                folder.Remove();
                throw;
            }
        }
    }

    private static async Task<BackupManifest> CopyAsync(
        DataFolderPaths from, DataFolderPaths to, string programVersion, TimeProvider time, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        progress?.Report(new BackupProgress(BackupStep.CopyingCatalogue, 0, new FileInfo(from.Catalogue).Length));
        var createdAt = time.GetUtcNow();
        await using (var catalogue = await CatalogueFile.OpenAsync(from.Catalogue, cancellationToken))
        {
            await catalogue.CopyToAsync(to.Catalogue, cancellationToken);
        }

        IReadOnlyList<LakeObject> objects;
        IReadOnlyList<string> keyIds;
        long schema;
        await using (var copy = await CatalogueFile.OpenAsync(to.Catalogue, cancellationToken))
        {
            if (await copy.ComplaintAsync(cancellationToken) is { } complaint)
            {
                throw new BackupException(
                    BackupProblem.FileDamaged, from.Catalogue, $"The catalogue {from.Catalogue} is damaged ({complaint}); restore an earlier backup.");
            }

            objects = await copy.ObjectsAsync(cancellationToken);
            keyIds = await copy.KeyIdsAsync(cancellationToken);
            schema = await copy.SchemaVersionAsync(cancellationToken);
        }

        List<BackupFile> files = [await EntryAsync(to, to.Catalogue, cancellationToken)];
        BackupFolder.PrivateFolder(to.Lake);
        foreach (var marker in Directory.Exists(from.Lake) ? Directory.GetFiles(from.Lake) : [])
        {
            // The lake's own notes about itself, its format first of all.
            var copied = Path.Combine(to.Lake, Path.GetFileName(marker));
            await BackupFolder.WriteAsync(copied, await File.ReadAllBytesAsync(marker, cancellationToken), cancellationToken);
            files.Add(await EntryAsync(to, copied, cancellationToken));
        }

        await LakeCopy.CopyAsync(from.Lake, to.Lake, objects, progress, cancellationToken);
        files.AddRange(objects.Select(o => new BackupFile(LakeCopy.RelativePath(o), o.Bytes, o.Sha256)));
        var manifest = new BackupManifest(BackupManifest.CurrentFormat, createdAt, programVersion, schema, keyIds, files);
        await BackupFolder.WriteAsync(Path.Combine(to.Root, BackupManifest.FileName), manifest.ToJson(), cancellationToken);
        return manifest;
    }

    private static async Task<BackupFile> EntryAsync(DataFolderPaths folder, string path, CancellationToken cancellationToken) => new(
        Path.GetRelativePath(folder.Root, path).Replace('\\', '/'), new FileInfo(path).Length, await BackupFolder.HashAsync(path, null, cancellationToken));

    private static async Task<bool> IsNamedAsync(DataFolderPaths source, string sha256, CancellationToken cancellationToken)
    {
        await using var catalogue = await CatalogueFile.OpenAsync(source.Catalogue, cancellationToken);
        return (await catalogue.ObjectsAsync(cancellationToken)).Any(o => o.Sha256 == sha256);
    }

    private static BackupException Missing(DataFolderPaths source, LakeObjectMissingException e) => new(
        BackupProblem.FileDamaged,
        source.Lake,
        $"The lake object {e.Sha256} is missing in {source.Lake}; run 'silab hub check', and fetch the object from an earlier backup.",
        e);

    private static BackupException Restless(DataFolderPaths source, Exception e) => new(
        BackupProblem.Restless,
        source.Root,
        $"Objects of {source.Root} were being erased all the while; take the backup again when the erasure is over.",
        e);
}
