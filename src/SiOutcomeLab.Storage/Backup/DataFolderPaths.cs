namespace SiOutcomeLab.Storage.Backup;

/// <summary>Where things are in a data folder that is not held: the names are those of <see cref="DataFolder"/>.</summary>
internal sealed record DataFolderPaths(string Root, string Catalogue, string Lake)
{
    public static DataFolderPaths At(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return new DataFolderPaths(root, Path.Combine(root, "catalogue.db"), Path.Combine(root, "lake"));
    }
}
