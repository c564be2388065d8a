namespace SiOutcomeLab.Storage.Disk;

/// <summary>Folders that stay.</summary>
internal static class DurableFolders
{
    /// <summary>
    /// Creates a folder, with its missing parents, and makes it durable. One that is there keeps its rights, for its owner may have had a
    /// reason for them, and is made durable all the same: a process that died may have made it and not got further.
    /// </summary>
    /// <remarks>A folder is made only when the one around it is durable, so a folder that is there stands in durable ones.</remarks>
    public static void Ensure(this IDisk disk, string path, FlushSite site)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is not { } parent) return;
        var isThere = disk.FolderExists(path);
        if (!isThere)
        {
            disk.Ensure(parent, site);
            disk.CreateFolder(path);
        }

        try
        {
            disk.FlushFolder(parent, site);
        }
        catch (StorageUnavailableException e) when (isThere && e.InnerException is UnauthorizedAccessException)
        {
            // In a folder that this account may not even read, an operator has made it; then it is the operator's to keep.
            return;
        }
    }
}
