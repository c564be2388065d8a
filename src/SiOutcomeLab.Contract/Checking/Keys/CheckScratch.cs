namespace SiOutcomeLab.Contract;

/// <summary>
/// The scratch files of checks. They hold digests of pseudonyms under a key that is never written, are readable by their owner only, and
/// are deleted on closing; after a crash a file may be left, which nobody can read anything out of, and which may be deleted at any time.
/// </summary>
public static class CheckScratch
{
    /// <summary>How the name of every scratch file begins: a hub deletes such files when it starts.</summary>
    public const string FilePrefix = "silab-check-";

    internal static FileStream Create(string folder)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read,
            BufferSize = 0,
            Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(folder, FilePrefix + Guid.NewGuid().ToString("n") + ".tmp"), options);
    }
}
