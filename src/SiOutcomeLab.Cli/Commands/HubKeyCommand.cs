using System.CommandLine;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Operating;
using SiOutcomeLab.Hub.Operation;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab hub key</c>: the hub's own keys. A key is never shown, only its identifier.</summary>
internal static class HubKeyCommand
{
    public static Command Create(CommandHost host) => new("key", host.T("Hubbens egna nycklar.", "The hub's own keys."))
    {
        CreateNew(host),
        CreateList(host),
        CreateRotate(host),
    };

    private static Command CreateNew(CommandHost host)
    {
        var command = new Command("new", host.T("Gör en nyckelfil åt en hubb utan data.", "Make a key file for a hub without data."));
        var choice = HubChoice.AddTo(command, host);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var options = choice.Read(parse);
            var id = await HubKeys.MakeAsync(options, host.Time, cancellationToken);
            host.Terminal.Line($"{options.KeyPath()}  {id}");
            host.Terminal.Note(host.T(
                "Säkerhetskopiera filen nu, på ett annat ställe än data: utan den går inga data att länka vidare.",
                "Back the file up now, elsewhere than the data: without it no data can be linked on."));
            return ExitCode.Ok;
        });
    }

    private static Command CreateList(CommandHost host)
    {
        var command = new Command("list", host.T("Visa nycklarnas id och vilka data behöver.", "Show the keys' ids and which the data need."));
        var choice = HubChoice.AddTo(command, host);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var keys = await HubKeys.ListAsync(choice.Read(parse), cancellationToken);
            if (parse.GetValue(json))
            {
                OperationJson.Write(host.Terminal.Out, keys);
                return ExitCode.Ok;
            }

            foreach (var key in keys)
            {
                var active = key.IsActive ? host.T("aktiv", "active") : string.Empty;
                var needed = key.IsNeeded ? host.T("behövs av data", "needed by data") : host.T("behövs inte av data", "not needed by data");
                host.Terminal.Line($"{key.Id}  {active,-6}  {needed}");
            }

            return ExitCode.Ok;
        });
    }

    private static Command CreateRotate(CommandHost host)
    {
        var command = new Command("rotate", host.T(
            "Lägg till en nyckel och slå in alla hemligheter på nytt under den. Hubben ska vara stoppad.",
            "Add a key and wrap every secret anew under it. The hub must be stopped."));
        var choice = HubChoice.AddTo(command, host);
        var resume = new Option<bool>("--resume")
        {
            Description = host.T("Gör klart en avbruten rotation, utan ny nyckel.", "Finish a rotation that was cut short, without a new key."),
        };
        var removeOld = new Option<bool>("--remove-old")
        {
            Description = host.T(
                "Ta bort de gamla nycklarna ur filen; äldre säkerhetskopior kräver då nyckelfilens äldre kopia.",
                "Take the old keys out of the file; earlier backups then need the key file's earlier copy."),
        };
        command.Add(resume);
        command.Add(removeOld);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var options = choice.Read(parse);
            var done = await HubKeys.RotateAsync(options, !parse.GetValue(resume), parse.GetValue(removeOld), host.Time, cancellationToken);
            host.Terminal.Line(host.T(
                $"Aktiv nyckel {done.ActiveKeyId}; {done.Rewrapped} hemligheter inslagna på nytt; {done.Removed.Count} gamla nycklar borttagna.",
                $"Active key {done.ActiveKeyId}; {done.Rewrapped} secrets wrapped anew; {done.Removed.Count} old keys removed."));
            host.Terminal.Note(host.T($"Säkerhetskopiera {options.KeyPath()} på nytt.", $"Back {options.KeyPath()} up again."));
            return ExitCode.Ok;
        });
    }
}
