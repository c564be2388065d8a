namespace SiOutcomeLab.Storage.Disk;

/// <summary>
/// Folders and files that only the hub's own account may read: 0700 and 0600 on Unix, the folder's inherited rights on Windows.
/// </summary>
internal static class PrivateDisk
{
    private const UnixFileMode FileRights = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderRights = FileRights | UnixFileMode.UserExecute;

    /// <summary>
    /// Creates a folder, with its missing parents, and makes it durable. A folder that is there keeps its rights, for its owner may have
    /// had a reason for them, and is made durable all the same: a process that died may have made it and not got further.
    /// </summary>
    public static void CreateFolder(string path)
    {
        var parent = Path.GetDirectoryName(Path.GetFullPath(path))
            ?? throw new ArgumentException("A root folder cannot be made.", nameof(path));
        if (!Directory.Exists(parent)) CreateFolder(parent);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FolderRights);
        }

        FolderFlush.Flush(parent);
    }

    /// <summary>Opens a file, unbuffered; a file created by it is private.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share, FileOptions options = FileOptions.None)
    {
        var how = new FileStreamOptions { Mode = mode, Access = access, Share = share, Options = options, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode is not (FileMode.Open or FileMode.Truncate)) how.UnixCreateMode = FileRights;
        return new FileStream(path, how);
    }
}
