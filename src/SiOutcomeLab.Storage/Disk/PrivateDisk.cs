namespace SiOutcomeLab.Storage.Disk;

/// <summary>Folders and files that only the hub's own account may read: 0700 and 0600 on Unix, the folder's inherited rights on Windows.</summary>
internal static class PrivateDisk
{
    private const UnixFileMode FileRights = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderRights = FileRights | UnixFileMode.UserExecute;

    /// <summary>Creates a folder and makes it durable. A folder that is there keeps its rights: its owner may have had a reason for them.</summary>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path)) return;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FolderRights);
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } parent) FolderFlush.Flush(parent);
    }

    /// <summary>Opens a file, unbuffered; a file created by it is private.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share, FileOptions options = FileOptions.None)
    {
        var how = new FileStreamOptions { Mode = mode, Access = access, Share = share, Options = options, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode is not (FileMode.Open or FileMode.Truncate)) how.UnixCreateMode = FileRights;
        return new FileStream(path, how);
    }
}
