using System.CommandLine;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Operating;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Hub.Operation;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab hub backup</c> and <c>silab hub restore</c>.</summary>
internal static class HubBackupCommand
{
    public static Command CreateBackup(CommandHost host)
    {
        var command = new Command("backup", host.T(
            "Kopiera en hubbs data till en ny mapp, också medan den kör. Nyckelfilen ingår inte.",
            "Copy a hub's data to a new folder, also while it runs. The key file is not part of it."));
        var to = new Argument<string>("to") { Description = host.T("Den nya mappen.", "The new folder.") };
        command.Add(to);
        var choice = HubChoice.AddTo(command, host);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var summary = await HubBackup.MakeAsync(
                choice.Read(parse), parse.GetRequiredValue(to), host.Time, new ProgressNotes(host.Terminal, host.Time), cancellationToken);
            Write(host, summary, parse.GetValue(json), host.T("Säkerhetskopierat.", "Backed up."));
            return ExitCode.Ok;
        });
    }

    public static Command CreateRestore(CommandHost host)
    {
        var command = new Command("restore", host.T(
            "Återställ en säkerhetskopia till en ny datamapp; varje fil jämförs före och efter.",
            "Restore a backup to a new data folder; every file is compared before and after."));
        var from = new Argument<string>("from") { Description = host.T("Säkerhetskopians mapp.", "The backup's folder.") };
        command.Add(from);
        var choice = HubChoice.AddTo(command, host);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var summary = await HubBackup.RestoreAsync(
                parse.GetRequiredValue(from), choice.Read(parse), new ProgressNotes(host.Terminal, host.Time), cancellationToken);
            Write(host, summary, parse.GetValue(json), host.T("Återställt.", "Restored."));
            return ExitCode.Ok;
        });
    }

    private static void Write(CommandHost host, BackupSummary summary, bool isJson, string done)
    {
        if (isJson)
        {
            OperationJson.Write(host.Terminal.Out, summary);
            return;
        }

        host.Terminal.Line(done);
        host.Terminal.Line($"  {host.T("läget", "state of"),-8} {host.Terminal.Pick(SwedishDay.ToldToTheSecond(summary.CreatedAt))}");
        host.Terminal.Line($"  {host.T("filer", "files"),-8} {summary.Files} ({ProgressNotes.Size(summary.Bytes)})");
        host.Terminal.Line($"  {host.T("schema", "schema"),-8} {summary.SchemaVersion}");
        host.Terminal.Line(
            $"  {host.T("nycklar", "keys"),-8} {(summary.KeyIds.Count == 0 ? host.T("inga", "none") : string.Join(' ', summary.KeyIds))}");
    }
}
