namespace SiOutcomeLab.Storage.Disk;

/// <summary>Where a path leads when every symbolic link on the way is followed. What is not there yet is taken as written.</summary>
internal static class RealPath
{
    public static string Of(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent) return full;
        var entry = Path.Combine(Of(parent), Path.GetFileName(full));
        try
        {
            // A link to a link is followed to its end, and that end's own folder may be behind a link again.
            var target = new FileInfo(entry).ResolveLinkTarget(returnFinalTarget: true);
            return target is null ? entry : Of(target.FullName);
        }
        catch (FileNotFoundException)
        {
            return entry;
        }
        catch (DirectoryNotFoundException)
        {
            return entry;
        }
    }
}
