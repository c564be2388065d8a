using System.CommandLine;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Operating;
using SiOutcomeLab.Hub.Operation;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab hub upgrade</c>: brings an older version's data to this version.</summary>
internal static class HubUpgradeCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new Command("upgrade", host.T(
            "Uppgradera en äldre versions data till den här versionen. Hubben ska vara stoppad; avbruten görs den klar genom att köras igen.",
            "Upgrade an older version's data to this version. The hub must be stopped; cut short, it is finished by being run again."));
        var choice = HubChoice.AddTo(command, host);
        var backup = new Option<string?>("--backup")
        {
            Description = host.T("Säkerhetskopiera först, till den här nya mappen.", "Back up first, to this new folder."),
            HelpName = "DIR",
        };
        var backupDone = new Option<bool>("--backup-done")
        {
            Description = host.T("En säkerhetskopia finns redan.", "There is a backup already."),
        };
        command.Add(backup);
        command.Add(backupDone);
        command.Validators.Add(result =>
        {
            if (result.GetValue(backup) is not null == result.GetValue(backupDone))
            {
                result.AddError(host.T(
                    "Ge antingen --backup DIR eller --backup-done: utan säkerhetskopia finns ingen väg tillbaka.",
                    "Give either --backup DIR or --backup-done: without a backup there is no way back."));
            }
        });
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var done = await HubUpgrade.RunAsync(
                choice.Read(parse), parse.GetValue(backup), host.Time, new ProgressNotes(host.Terminal, host.Time), cancellationToken);
            if (!done.IsChanged)
            {
                host.Terminal.Line(host.T("Redan på den här versionen; inget ändrades.", "Of this version already; nothing was changed."));
                return ExitCode.Ok;
            }

            host.Terminal.Line(host.T(
                $"Uppgraderat: schema {done.FromSchema} → {done.ToSchema}, lakeformat {done.FromLakeFormat} → {done.ToLakeFormat}, {done.Objects} objekt omskrivna.",
                $"Upgraded: schema {done.FromSchema} → {done.ToSchema}, lake format {done.FromLakeFormat} → {done.ToLakeFormat}, {done.Objects} objects rewritten."));
            if (done.MadeKeyFile is { } keyFile)
            {
                host.Terminal.Line(host.T($"Ny nyckelfil: {keyFile}", $"New key file: {keyFile}"));
                host.Terminal.Note(host.T("Säkerhetskopiera den, skild från data.", "Back it up, apart from the data."));
            }

            return ExitCode.Ok;
        });
    }
}
