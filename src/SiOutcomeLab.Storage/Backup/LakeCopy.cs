using System.Security.Cryptography;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Disk;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Storage.Backup;

/// <summary>
/// Copies objects from one lake's folder to another's as files: a lake of an earlier format, which this build does not open, is backed up
/// like any other. Each object is hashed on its way.
/// </summary>
internal static class LakeCopy
{
    public static string RelativePath(LakeObject lakeObject) => $"lake/objects/{lakeObject.Sha256[..2]}/{lakeObject.Sha256[2..]}";

    public static string PathOf(string lake, string sha256) => Path.Combine(lake, "objects", sha256[..2], sha256[2..]);

    /// <exception cref="LakeObjectMissingException">An object is not there.</exception>
    /// <exception cref="BackupException">An object has other bytes than its name says.</exception>
    public static async Task CopyAsync(
        string from, string to, IReadOnlyList<LakeObject> objects, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        var (done, total) = (0L, objects.Sum(o => o.Bytes));
        BackupFolder.PrivateFolder(Path.Combine(to, "objects"));
        foreach (var lakeObject in objects)
        {
            if (await CopyAsync(PathOf(from, lakeObject.Sha256), PathOf(to, lakeObject.Sha256), cancellationToken) is not { } hash)
            {
                throw new LakeObjectMissingException(lakeObject.Sha256);
            }

            if (hash != lakeObject.Sha256)
            {
                throw new BackupException(
                    BackupProblem.FileDamaged,
                    RelativePath(lakeObject),
                    $"The lake object {lakeObject.Sha256} in {from} has other bytes than its name says; fetch it from an earlier backup.");
            }

            progress?.Report(new BackupProgress(BackupStep.CopyingObjects, done += lakeObject.Bytes, total));
        }
    }

    /// <summary>Copies one file and gives its hash; null when it is not there.</summary>
    private static async Task<string?> CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        if (!File.Exists(from)) return null;
        BackupFolder.PrivateFolder(Path.GetDirectoryName(to)!);
        await using var source = PrivateDisk.Open(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        await using var target = PrivateDisk.Open(to, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[256 * 1024];
        for (int count; (count = await source.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            hash.AppendData(buffer, 0, count);
            await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        target.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
