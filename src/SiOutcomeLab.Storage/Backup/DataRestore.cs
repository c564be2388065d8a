using SiOutcomeLab.Storage.Disk;
using SiOutcomeLab.Storage.Keys;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Storage.Backup;

/// <summary>Puts a backup back as a data folder. The scheduler's database is made anew by the hub, from what the catalogue says is due.</summary>
public static class DataRestore
{
    /// <summary>Restores a backup. The data folder stands whole and durable, or not at all.</summary>
    /// <param name="from">The backup.</param>
    /// <param name="dataFolder">The new data folder; must not be there, or be empty.</param>
    /// <param name="keyFile">The hub's key file, which must hold every key that the backup's secrets are wrapped under.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Cancels; nothing remains.</param>
    /// <exception cref="BackupException">See <see cref="BackupProblem"/>.</exception>
    /// <exception cref="HubKeyException">The key file cannot be read, or lacks a key; the key's identifier is told.</exception>
    /// <exception cref="IOException">A disk failed or is full.</exception>
    public static async Task<BackupManifest> RestoreAsync(
        string from, string dataFolder, string keyFile, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        var source = DataFolderPaths.At(from);
        var manifest = BackupManifest.Read(source.Root);
        RequireKeys(manifest, keyFile, dataFolder);
        await VerifyAsync(source.Root, manifest, progress, cancellationToken);
        var folder = BackupFolder.Begin(dataFolder);
        try
        {
            foreach (var file in manifest.Files) await CopyAsync(source.Root, folder.Path, file, cancellationToken);
            await VerifyAsync(folder.Path, manifest, progress, cancellationToken);

            // The first change to what was copied, and the only one.
            await using (var catalogue = await CatalogueFile.OpenAsync(DataFolderPaths.At(folder.Path).Catalogue, cancellationToken))
            {
                await catalogue.ExpireUploadsAsync(cancellationToken);
            }

            folder.Finish();
            return manifest;
        }
        catch
        {
            folder.Remove();
            throw;
        }
    }

    /// <summary>Compares every file of a backup with its manifest.</summary>
    /// <exception cref="BackupException">A file is missing or damaged; it is named.</exception>
    public static async Task VerifyAsync(string folder, BackupManifest manifest, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        var (done, total) = (0L, manifest.TotalBytes());
        foreach (var file in manifest.Files)
        {
            var path = Inside(folder, file.Path);
            if (!File.Exists(path)) throw Damaged(path, "is missing");
            if (new FileInfo(path).Length != file.Bytes) throw Damaged(path, "has another length");
            var hash = await BackupFolder.HashAsync(path, read => progress?.Report(new BackupProgress(BackupStep.Verifying, done += read, total)), cancellationToken);
            if (hash != file.Sha256) throw Damaged(path, "has other bytes");
        }
    }

    private static void RequireKeys(BackupManifest manifest, string keyFile, string dataFolder)
    {
        if (manifest.KeyIds.Count == 0) return;
        using var ring = HubKeyRing.Load(keyFile, dataFolder);
        foreach (var id in manifest.KeyIds)
        {
            if (!ring.KeyIds.Contains(id)) throw new HubKeyMissingException(id, ring.KeyIds);
        }
    }

    private static async Task CopyAsync(string from, string to, BackupFile file, CancellationToken cancellationToken)
    {
        var target = Inside(to, file.Path);
        BackupFolder.PrivateFolder(Path.GetDirectoryName(target)!);
        await using var source = PrivateDisk.Open(Inside(from, file.Path), FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
        await using var copy = PrivateDisk.Open(target, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        await source.CopyToAsync(copy, 256 * 1024, cancellationToken);
        copy.Flush(flushToDisk: true);
    }

    // A manifest is a file that somebody may have written: no path of it leads out of the folder.
    private static string Inside(string folder, string relative)
    {
        var path = Path.GetFullPath(Path.Combine(folder, relative));
        return path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new BackupException(BackupProblem.FileDamaged, folder, $"The backup's manifest names {relative}, which is outside of it; take another backup.");
    }

    private static BackupException Damaged(string path, string how) => new(
        BackupProblem.FileDamaged, path, $"The file {path} of the backup {how}; nothing has been restored. Take another backup, or another copy of this one.");
}
