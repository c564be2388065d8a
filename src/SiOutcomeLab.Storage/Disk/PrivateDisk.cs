namespace SiOutcomeLab.Storage.Disk;

/// <summary>
/// Folders and files that only the hub's own account may read: 0700 and 0600 on Unix, the folder's inherited rights on Windows.
/// </summary>
internal static class PrivateDisk
{
    private const UnixFileMode FileRights = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderRights = FileRights | UnixFileMode.UserExecute;

    /// <summary>Creates one folder, whose parent is there.</summary>
    public static void CreateOneFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FolderRights);
        }
    }

    /// <summary>Opens a file, unbuffered; a file created by it is private.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share, FileOptions options = FileOptions.None)
    {
        var how = new FileStreamOptions { Mode = mode, Access = access, Share = share, Options = options, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode is not (FileMode.Open or FileMode.Truncate)) how.UnixCreateMode = FileRights;
        return new FileStream(path, how);
    }
}
