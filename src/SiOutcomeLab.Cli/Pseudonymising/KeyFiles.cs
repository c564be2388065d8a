using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Contract;

namespace SiOutcomeLab.Cli.Pseudonymising;

/// <summary>Key files at the command line: what can be wrong with one, in words.</summary>
internal static class KeyFiles
{
    /// <exception cref="CommandException">The file cannot be used.</exception>
    public static ProjectKey Read(string path)
    {
        try
        {
            return ProjectKeyFile.Read(path);
        }
        catch (ProjectKeyFileException e)
        {
            throw Told(e);
        }
    }

    /// <exception cref="CommandException">There is a file already.</exception>
    public static void WriteNew(string path, ProjectKey key)
    {
        try
        {
            ProjectKeyFile.WriteNew(path, key);
        }
        catch (ProjectKeyFileException e)
        {
            throw Told(e);
        }
    }

    private static CommandException Told(ProjectKeyFileException e) => e.Fault switch
    {
        ProjectKeyFileFault.Missing => new(
            ExitCode.InputUnreadable,
            new($"Nyckelfilen {e.Path} finns inte.", $"There is no key file {e.Path}."),
            new("Gör en med silab identity key new, eller hämta projektets ur säkerhetskopian.",
                "Make one with silab identity key new, or fetch the project's from its backup.")),
        ProjectKeyFileFault.Exists => new(
            ExitCode.Conflict,
            new(
                $"Det finns redan en fil {e.Path}; en nyckel skrivs aldrig över.",
                $"There is a file {e.Path} already; a key is never written over."),
            new("Välj ett annat namn. En ny nyckel gör nya pseudonymer: allt måste då sändas om.",
                "Choose another name. A new key makes new pseudonyms: everything must then be sent anew.")),
        ProjectKeyFileFault.OpenToOthers => new(
            ExitCode.InputUnreadable,
            new(
                $"Nyckelfilen {e.Path} kan läsas eller ändras av andra än ägaren.",
                $"Others than its owner may read or change the key file {e.Path}."),
            new($"Kör: chmod 600 {e.Path}. Har någon obehörig kunnat läsa den, ska nyckeln bytas.",
                $"Run: chmod 600 {e.Path}. If anybody unauthorised could read it, the key must be changed.")),
        ProjectKeyFileFault.Damaged => new(
            ExitCode.InputUnreadable,
            new($"Nyckelfilen {e.Path} är skadad: nyckeln är inte den som dess id anger.",
                $"The key file {e.Path} is damaged: the key is not the one that its id names."),
            new("Hämta filen ur säkerhetskopian.", "Fetch the file from its backup.")),
        _ => new(
            ExitCode.InputUnreadable,
            new($"{e.Path} är ingen nyckelfil.", $"{e.Path} is no key file."),
            new("Ge den fil som silab identity key new skrev.", "Give the file that silab identity key new wrote.")),
    };
}
