namespace SiOutcomeLab.Storage.Disk;

/// <summary>The machine's own disk. What it creates is private to this account.</summary>
public sealed class PhysicalDisk : IDisk
{
    private PhysicalDisk()
    {
    }

    /// <summary>The one there is.</summary>
    public static PhysicalDisk Instance { get; } = new();

    /// <inheritdoc/>
    public IDiskFile? TryOpen(string path, DiskOpen how)
    {
        var (mode, access) = how switch
        {
            DiskOpen.Create => (FileMode.CreateNew, FileAccess.ReadWrite),
            DiskOpen.Read => (FileMode.Open, FileAccess.Read),
            DiskOpen.Change => (FileMode.Open, FileAccess.ReadWrite),
            _ => throw new ArgumentOutOfRangeException(nameof(how)),
        };
        try
        {
            return new PhysicalFile(path, PrivateDisk.Open(path, mode, access, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception e) when (how != DiskOpen.Create && e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (IOException) when (how == DiskOpen.Create && File.Exists(path))
        {
            return null;
        }
        catch (Exception e) when (DiskFailure.Is(e))
        {
            throw DiskFailure.Of("open", path, e);
        }
    }

    /// <inheritdoc/>
    public bool Delete(string path) => Run("delete", path, static p =>
    {
        if (!File.Exists(p)) return false;
        File.Delete(p);
        return true;
    });

    /// <inheritdoc/>
    public bool CreateFolder(string path) => Run("create", path, static p =>
    {
        if (Directory.Exists(p)) return false;
        PrivateDisk.CreateOneFolder(p);
        return true;
    });

    /// <inheritdoc/>
    public bool FolderExists(string path) => Directory.Exists(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder, DiskEntries entries) => Run("list", folder, f =>
    {
        var paths = entries == DiskEntries.Files ? Directory.EnumerateFiles(f) : Directory.EnumerateDirectories(f);
        List<string> names = [.. paths.Select(p => System.IO.Path.GetFileName(p))];
        names.Sort(StringComparer.Ordinal);
        return names;
    });

    /// <inheritdoc/>
    public void FlushFolder(string folder, FlushSite site) => Run("flush", folder, static f =>
    {
        FolderFlush.Flush(f);
        return true;
    });

    private static T Run<T>(string operation, string path, Func<string, T> work)
    {
        try
        {
            return work(path);
        }
        catch (Exception e) when (DiskFailure.Is(e))
        {
            throw DiskFailure.Of(operation, path, e);
        }
    }
}
