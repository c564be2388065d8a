using System.CommandLine;
using System.Globalization;
using SiOutcomeLab.Cli.Auditing;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Protos.Audit.V1;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab audit list | verify</c>: who did what, and whether the log is whole.</summary>
internal static class AuditCommand
{
    public static Command Create(CommandHost host) => new("audit", host.T("Hubbens logg över vem som gjort vad.", "The hub's log of who did what."))
    {
        List(host),
        Verify(host),
    };

    private static Command List(CommandHost host)
    {
        var command = new Command("list", host.T("Visa loggen, äldst först.", "Show the log, oldest first."));
        var organisation = new Option<string>("--organisation")
        {
            Description = host.T("Bara en organisation.", "One organisation only."), HelpName = "CODE", DefaultValueFactory = _ => string.Empty,
        };
        var after = new Option<long>("--after") { Description = host.T("Börja efter detta nummer.", "Begin after this number."), HelpName = "N", DefaultValueFactory = _ => 0 };
        command.Add(organisation);
        command.Add(after);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var entries = connection.AuditEntriesAsync(parse.GetValue(organisation)!, parse.GetValue(after), cancellationToken);
            if (parse.GetValue(json))
            {
                await ProtoJson.WriteArrayAsync(host.Terminal.Out, entries, cancellationToken);
                return ExitCode.Ok;
            }

            await foreach (var entry in entries.WithCancellation(cancellationToken)) host.Terminal.Line(Line(entry));
            return ExitCode.Ok;
        });
    }

    private static Command Verify(CommandHost host)
    {
        var command = new Command("verify", host.T("Räkna om hela loggens kedja.", "Reckon the log's whole chain again."));
        var keep = new Option<string?>("--head-file")
        {
            Description = host.T(
                "Fil med kedjans slut från förra gången; jämförs, och skrivs om när kedjan är hel. Håll den borta från hubben.",
                "A file with the chain's end from last time; compared, and written anew when the chain is whole. Keep it away from the hub."),
            HelpName = "FILE",
        };
        var locally = new Option<bool>("--locally")
        {
            Description = host.T("Hämta allt och räkna här, utan att lita på hubben.", "Fetch it all and reckon here, without trusting the hub."),
        };
        command.Add(keep);
        command.Add(locally);
        var hub = host.AddHubOptions(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var path = parse.GetValue(keep);
            var expected = path is not null && File.Exists(path) ? HeadFile.Read(path) : null;
            var verdict = parse.GetValue(locally)
                ? await LocalCheck.RunAsync(connection.AuditEntriesAsync(string.Empty, 0, cancellationToken), expected, cancellationToken)
                : await connection.Audit.VerifyAuditAsync(new VerifyAuditRequest { ExpectedHead = expected }, connection.Options(cancellationToken));
            if (verdict.Break is { } broken)
            {
                throw new CommandException(
                    ExitCode.AuditBroken,
                    new($"Kedjan är bruten vid nummer {broken.Sequence}: {Word(broken.Kind).Sv}.", $"The chain is broken at number {broken.Sequence}: {Word(broken.Kind).En}."),
                    new(
                        "Spara hubbens mapp orörd, och jämför med säkerhetskopian: någon kan ha ändrat i loggen.",
                        "Keep the hub's folder as it is, and compare it with the backup: somebody may have changed the log."));
            }

            host.Terminal.Line(host.T($"Kedjan är hel: {verdict.Checked} poster.", $"The chain is whole: {verdict.Checked} entries."));
            host.Terminal.Line($"{verdict.Head.Sequence}:{verdict.Head.Hash}");
            if (path is not null) HeadFile.Write(path, verdict.Head);
            return ExitCode.Ok;
        });
    }

    private static string Line(AuditEntry entry) => string.Join("  ", new[]
    {
        entry.Sequence.ToString(CultureInfo.InvariantCulture),
        entry.At.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        $"{entry.Organisation}/{entry.Subject}",
        entry.Call.StartsWith('/') ? entry.Call[(entry.Call.LastIndexOf('.') + 1)..] : entry.Call,
        entry.Outcome,
        entry.Count > 1 ? $"×{entry.Count}" : string.Empty,
        entry.Resource,
    }.Where(part => part.Length > 0));

    private static Domain.BilingualText Word(AuditBreakKind kind) => kind switch
    {
        AuditBreakKind.Changed => new("posten är ändrad eller flyttad", "the entry has been changed or moved"),
        AuditBreakKind.Missing => new("posten saknas", "the entry is not there"),
        AuditBreakKind.EndsEarly => new("loggen slutar före det sparade slutet", "the log ends before the end that was kept"),
        AuditBreakKind.Rewritten => new("loggen är en annan än den vars slut sparades", "the log is another than the one whose end was kept"),
        _ => new("okänt fel", "unknown"),
    };
}
