using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Backup;
using SiOutcomeLab.Storage.Disk;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Storage.Upgrade;

/// <summary>
/// A lake of an earlier format while it is upgraded. New objects are put beside the old ones, which nobody sees: until the upgrade is over,
/// no hub opens it. Every step may be repeated after the process was killed.
/// </summary>
/// <param name="folder">The lake's folder, of a data folder that is held.</param>
public sealed class EarlierLake(string folder)
{
    /// <summary>Opens an object, after its bytes have been compared with its name.</summary>
    /// <exception cref="BackupException">It is missing or damaged.</exception>
    public async Task<Stream> OpenReadAsync(LakeObject lakeObject, CancellationToken cancellationToken)
    {
        var path = LakeCopy.PathOf(folder, lakeObject.Sha256);
        if (!File.Exists(path) || await BackupFolder.HashAsync(path, null, cancellationToken) != lakeObject.Sha256)
        {
            throw new BackupException(
                BackupProblem.FileDamaged,
                path,
                $"The lake object {lakeObject.Sha256} is missing or damaged, and the upgrade has stopped: fetch it from a backup, then run the upgrade again.");
        }

        return PrivateDisk.Open(path, FileMode.Open, FileAccess.Read, FileShare.Read);
    }

    /// <summary>Puts an object in, durably.</summary>
    /// <param name="sha256">Its content's SHA-256, by which it will be named.</param>
    /// <param name="content">Its bytes; read from the current position.</param>
    /// <param name="cancellationToken">Cancels; what is half there is written anew when the upgrade is repeated.</param>
    public async Task<LakeObject> PutAsync(string sha256, Stream content, CancellationToken cancellationToken)
    {
        var path = LakeCopy.PathOf(folder, Sha256Text.Require(sha256, nameof(sha256)));
        BackupFolder.PrivateFolder(Path.GetDirectoryName(path)!);
        await using (var file = PrivateDisk.Open(path, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await content.CopyToAsync(file, 256 * 1024, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        FolderFlush.Flush(Path.GetDirectoryName(path)!);
        FolderFlush.Flush(Path.Combine(folder, "objects"));
        return new LakeObject(sha256, new FileInfo(path).Length);
    }

    /// <summary>Removes every object that is not named, and then says that the lake has this build's format.</summary>
    /// <param name="named">Names of the objects that stay: those of the catalogue, after it has been committed.</param>
    /// <returns>How many were removed.</returns>
    public int Finish(IReadOnlySet<string> named)
    {
        var removed = 0;
        var objects = Path.Combine(folder, "objects");
        foreach (var shard in Directory.Exists(objects) ? Directory.EnumerateDirectories(objects) : [])
        {
            foreach (var path in Directory.EnumerateFiles(shard))
            {
                if (named.Contains(Path.GetFileName(shard) + Path.GetFileName(path))) continue;
                File.Delete(path);
                removed++;
            }

            FolderFlush.Flush(shard);
        }

        LakeFormat.Write(PhysicalDisk.Instance, folder, LakeFormat.Current);
        return removed;
    }
}
