namespace SiOutcomeLab.Storage.Disk;

/// <summary>Folders that stay.</summary>
internal static class DurableFolders
{
    /// <summary>
    /// Creates a folder, with its missing parents, and makes it durable. One that is there keeps its rights, for its owner may have had a
    /// reason for them, and is made durable all the same: a process that died may have made it and not got further.
    /// </summary>
    public static void Ensure(this IDisk disk, string path, FlushSite site)
    {
        var parent = Path.GetDirectoryName(Path.GetFullPath(path))
            ?? throw new ArgumentException("A root folder cannot be made.", nameof(path));
        if (!disk.FolderExists(parent)) disk.Ensure(parent, site);
        disk.CreateFolder(path);
        disk.FlushFolder(parent, site);
    }
}
