namespace SiOutcomeLab.Storage.Disk;

/// <summary>
/// Every file operation that lake and spool make, so that a test can stand in for the disk and fail, tear, shorten, or lose power at any
/// of them. The operations block; what may take long (<see cref="IDiskFile.Flush"/>, <see cref="FlushFolder"/>) is called off the pool.
/// </summary>
/// <remarks>
/// What may be relied on: bytes written are durable when a later <see cref="IDiskFile.Flush"/> of their file has returned; a name made or
/// deleted is durable when a later <see cref="FlushFolder"/> of its folder has returned; until then any of it may or may not survive a
/// power loss, in any order. A file's flush that has failed leaves its bytes in doubt for good: a later flush may succeed without writing
/// them, so whoever goes on must write them again. A folder's flush that has failed may be repeated.
/// </remarks>
public interface IDisk
{
    /// <summary>Opens a file.</summary>
    /// <returns>The file; null when it is not there (<see cref="DiskOpen.Read"/>, <see cref="DiskOpen.Change"/>), or already is
    /// (<see cref="DiskOpen.Create"/>).</returns>
    /// <exception cref="StorageUnavailableException">The disk fails, or refuses.</exception>
    IDiskFile? TryOpen(string path, DiskOpen how);

    /// <summary>Deletes a file's name; whoever has the file open keeps it. False when there is none.</summary>
    /// <exception cref="StorageUnavailableException">The disk fails, or refuses.</exception>
    bool Delete(string path);

    /// <summary>Creates one folder, private to this account, in a folder that is there. False when it is there already.</summary>
    /// <exception cref="StorageUnavailableException">The disk fails, or refuses.</exception>
    bool CreateFolder(string path);

    /// <summary>Tells whether a folder is there.</summary>
    bool FolderExists(string path);

    /// <summary>The names (without their folder) of the files, or of the folders, in a folder; in ordinal order.</summary>
    /// <exception cref="StorageUnavailableException">The disk fails, or refuses.</exception>
    IReadOnlyList<string> List(string folder, DiskEntries entries);

    /// <summary>Makes the names in a folder durable.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="site">Which of the flushes in lake and spool this is.</param>
    /// <exception cref="StorageUnavailableException">The disk fails; what was named or deleted in the folder is not durable.</exception>
    void FlushFolder(string folder, FlushSite site);
}

/// <summary>How a file is opened.</summary>
public enum DiskOpen
{
    /// <summary>A new file, for reading and writing.</summary>
    Create = 1,

    /// <summary>A file that is there, for reading.</summary>
    Read = 2,

    /// <summary>A file that is there, for reading and writing.</summary>
    Change = 3,
}

/// <summary>What is listed of a folder.</summary>
public enum DiskEntries
{
    /// <summary>Its files.</summary>
    Files = 1,

    /// <summary>Its folders.</summary>
    Folders = 2,
}
