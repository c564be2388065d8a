namespace SiOutcomeLab.Cli.Reading;

/// <summary>How long a file is, also when its name is a link to it.</summary>
internal static class FileLength
{
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static long Of(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return RandomAccess.GetLength(file);
    }
}
