using System.Globalization;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Protos.Audit.V1;

namespace SiOutcomeLab.Cli.Auditing;

/// <summary>Where a chain ended, kept in a file of one line: <c>number:hash</c>.</summary>
internal static class HeadFile
{
    /// <exception cref="CommandException">The file holds something else.</exception>
    public static AuditHead Read(string path)
    {
        var parts = File.ReadAllText(path).Trim().Split(':');
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            && parts[1].Length == 64 && parts[1].All(char.IsAsciiHexDigitLower)
            ? new AuditHead { Sequence = sequence, Hash = parts[1] }
            : throw new CommandException(
                ExitCode.InputUnreadable,
                new($"{path} är inget slut på en kedja.", $"{path} is no end of a chain."),
                new("Ge den fil som silab audit verify --head-file skrev.", "Give the file that silab audit verify --head-file wrote."));
    }

    public static void Write(string path, AuditHead head) => File.WriteAllText(path, $"{head.Sequence}:{head.Hash}\n");
}
