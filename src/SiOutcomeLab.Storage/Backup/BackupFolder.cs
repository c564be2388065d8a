using System.Security.Cryptography;
using SiOutcomeLab.Storage.Disk;

namespace SiOutcomeLab.Storage.Backup;

/// <summary>A folder that appears whole or not at all: filled under another name beside its own, flushed, and then renamed.</summary>
internal sealed class BackupFolder
{
    private const string Suffix = ".unfinished";

    private readonly string _target;

    private BackupFolder(string target)
    {
        _target = target;
        Path = target + Suffix;
    }

    /// <summary>Where it is filled.</summary>
    public string Path { get; }

    /// <exception cref="BackupException">Something is at the target.</exception>
    public static BackupFolder Begin(string target)
    {
        // Where a link leads is where the operator wants the bytes.
        var full = RealPath.Of(target);
        if (File.Exists(full) || (Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any()))
        {
            throw new BackupException(BackupProblem.TargetTaken, full, $"{full} is there and not empty; name a folder that is not there yet.");
        }

        var folder = new BackupFolder(full);
        folder.Remove();
        PrivateFolder(folder.Path);
        return folder;
    }

    /// <summary>Gives the folder its name, durably.</summary>
    public void Finish()
    {
        FlushTree(Path);
        if (Directory.Exists(_target)) Directory.Delete(_target);
        Directory.Move(Path, _target);
        FolderFlush.Flush(System.IO.Path.GetDirectoryName(_target)!);
    }

    /// <summary>Removes what is there of it: also what an earlier attempt left that was killed.</summary>
    public void Remove()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }

    public static void PrivateFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public static async Task<string> HashAsync(string path, Action<long>? read, CancellationToken cancellationToken)
    {
        await using var file = PrivateDisk.Open(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[256 * 1024];
        for (int count; (count = await file.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            hash.AppendData(buffer, 0, count);
            read?.Invoke(count);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await using var file = PrivateDisk.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        await file.WriteAsync(content, cancellationToken);
        file.Flush(flushToDisk: true);
    }

    private static void FlushTree(string folder)
    {
        foreach (var inner in Directory.EnumerateDirectories(folder)) FlushTree(inner);
        FolderFlush.Flush(folder);
    }
}
