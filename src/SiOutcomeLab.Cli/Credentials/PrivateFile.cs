using SiOutcomeLab.Cli.Failures;

namespace SiOutcomeLab.Cli.Credentials;

/// <summary>Files that hold a secret: made new, readable by their owner alone, never written over.</summary>
internal static class PrivateFile
{
    /// <exception cref="CommandException">There is a file already.</exception>
    public static void WriteNew(string path, string text)
    {
        if (File.Exists(path))
        {
            throw new CommandException(
                ExitCode.Conflict,
                new($"Det finns redan en fil {path}; en nyckel skrivs aldrig över.", $"There is a file {path} already; a key is never written over."),
                new("Välj ett annat namn.", "Choose another name."));
        }

        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, how);
        file.Write(System.Text.Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }
}
