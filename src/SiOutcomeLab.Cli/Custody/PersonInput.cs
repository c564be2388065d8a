using System.Text;
using SiOutcomeLab.Cli.Commands;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Pseudonymising;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Cli.Custody;

/// <summary>Reads whom an erasure is about. The number is never printed, kept or sent: only its pseudonym leaves here.</summary>
internal static class PersonInput
{
    public static (ProjectId Project, string Pseudonym) Read(CommandHost host, string keyFile, TextReader input)
    {
        var key = KeyFiles.Read(keyFile);
        host.Terminal.Note(host.T("Personnummer (12 siffror):", "Identity number (12 digits):"));
        var today = DateOnly.FromDateTime(host.Time.GetLocalNow().DateTime);
        Span<byte> canonical = stackalloc byte[PersonNumber.CanonicalLength];
        var written = ReadUnseen(input);
        // Ten characters leave the century to today's date, which need not be the delivery's: another person would be erased.
        var isWhole = written?.Count(char.IsAsciiLetterOrDigit) == PersonNumber.CanonicalLength;
        if (!isWhole || PersonNumber.Read(written, today, canonical) != PersonNumberFault.None)
        {
            throw new CommandException(
                ExitCode.InputUnreadable,
                new("Det som skrevs är inget giltigt personnummer eller samordningsnummer.", "What was written is no valid identity or co-ordination number."),
                new("Skriv alla tolv siffror, ÅÅÅÅMMDDNNNN.", "Write all twelve digits, YYYYMMDDNNNN."));
        }

        Span<char> pseudonym = stackalloc char[PersonId.HexLength];
        key.WritePseudonym(canonical, pseudonym);
        return (key.Project, pseudonym.ToString());
    }

    // On a terminal nobody looks over the shoulder.
    private static string? ReadUnseen(TextReader input)
    {
        if (!ReferenceEquals(input, Console.In) || Console.IsInputRedirected) return input.ReadLine();
        var written = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter) return written.ToString();
            if (key.Key == ConsoleKey.Backspace) written.Length = Math.Max(0, written.Length - 1);
            else if (!char.IsControl(key.KeyChar)) written.Append(key.KeyChar);
        }
    }

    /// <exception cref="CommandException">The answer was another than yes.</exception>
    public static void Confirm(CommandHost host, ProjectId project, TextReader input)
    {
        host.Terminal.Note(host.T(
            $"Alla rader om personen i projektet {project} raderas för gott. Skriv 'radera' för att fortsätta:",
            $"Every row about the person in project {project} will be erased for good. Write 'erase' to go on:"));
        if (input.ReadLine()?.Trim() is "radera" or "erase") return;
        throw new CommandException(
            ExitCode.Cancelled, new("Inget har raderats.", "Nothing has been erased."), new("Kör igen när ni är säkra.", "Run again when you are sure."));
    }
}
