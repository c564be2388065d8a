using System.CommandLine;
using System.Globalization;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Pseudonymising;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab identity key new | list | show</c>: the project keys that make pseudonyms. A key itself is never shown.</summary>
internal static class IdentityKeyCommand
{
    public static Command Create(CommandHost host) =>
        new("key", host.T("Projektens pseudonymnycklar.", "The projects' pseudonym keys.")) { New(host), List(host), Show(host) };

    private static Command New(CommandHost host)
    {
        var command = new Command("new", host.T("Gör en ny nyckel i en ny fil.", "Make a new key in a new file."));
        var project = new Option<string>("--project") { Description = host.T(
            "Projektets kod.",
            "The project's code."), HelpName = "CODE", Required = true };
        project.Validators.Add(result =>
        {
            if (!CodeRule.IsValid(result.GetValueOrDefault<string>()))
            {
                result.AddError(host.T(
                    "Projektets kod är 1–40 tecken a–z, 0–9, - eller _.",
                    "A project's code is 1–40 characters a–z, 0–9, - or _."));
            }
        });
        var output = new Option<string>("--out") { Description = host.T(
            "Den nya filen.",
            "The new file."), HelpName = "FILE", Required = true };
        command.Add(project);
        command.Add(output);
        return host.WithAction(command, (parse, _) =>
        {
            var key = ProjectKey.Create(new ProjectId(parse.GetRequiredValue(project)), host.Time.GetUtcNow());
            var path = parse.GetRequiredValue(output);
            KeyFiles.WriteNew(path, key);
            host.Terminal.Line(host.T($"Ny nyckel {key.Id} för {key.Project} i {path}.", $"New key {key.Id} for {key.Project} in {path}."));
            Wrap.Write(host.Terminal.Out, host.T(
                "Säkerhetskopiera filen nu: krypterad, skild från data, läsbar för två namngivna personer. Utan den kan inga nya uppgifter "
                + "kopplas till dem som redan sänts: allt måste då sändas om under en ny nyckel. Den som har nyckeln kan räkna ut vem en "
                + "pseudonym är: ge den aldrig till hubben, i e-post eller i ett ärende. Alla som sänder till projektet använder samma fil.",
                "Back the file up now: encrypted, apart from data, readable by two named persons. Without it no new data can be linked to what "
                + "has been sent: everything must then be sent anew under a new key. Whoever has the key can find out whom a pseudonym stands "
                + "for: never give it to the hub, by mail or in a ticket. All who send to the project use the same file."));
            return Task.FromResult(ExitCode.Ok);
        });
    }

    private static Command List(CommandHost host)
    {
        var command = new Command("list", host.T("Visa nycklarna i en mapp.", "Show the keys in a folder."));
        var folder = new Argument<string>("folder") { Description = host.T("Mappen.", "The folder."), DefaultValueFactory = _ => "." };
        command.Add(folder);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, (parse, _) =>
        {
            var path = parse.GetRequiredValue(folder);
            if (!Directory.Exists(path))
            {
                throw new CommandException(
                    ExitCode.InputUnreadable,
                    new($"Mappen {path} finns inte.", $"There is no folder {path}."),
                    new("Ge mappen med nyckelfiler.", "Give the folder with key files."));
            }

            var keys = Directory.EnumerateFiles(path)
                .Where(ProjectKeyFile.IsKeyFile)
                .Order(StringComparer.Ordinal)
                .Select(file => (File: file, Key: KeyFiles.Read(file)))
                .ToList();
            Tell(host, keys, parse.GetValue(json));
            return Task.FromResult(ExitCode.Ok);
        });
    }

    private static Command Show(CommandHost host)
    {
        var command = new Command("show", host.T("Visa vilken nyckel en fil har.", "Show which key a file has."));
        var file = new Argument<string>("file") { Description = host.T("Nyckelfilen.", "The key file.") };
        command.Add(file);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, (parse, _) =>
        {
            var path = parse.GetRequiredValue(file);
            Tell(host, [(path, KeyFiles.Read(path))], parse.GetValue(json));
            return Task.FromResult(ExitCode.Ok);
        });
    }

    private static void Tell(CommandHost host, List<(string File, ProjectKey Key)> keys, bool json)
    {
        if (json)
        {
            WriteJson(host.Terminal.Out, keys);
            return;
        }

        if (keys.Count == 0)
        {
            host.Terminal.Line(host.T("Inga nyckelfiler.", "No key files."));
            return;
        }

        var table = new TextTable(
            new TextColumn(host.T("nyckel", "key")),
            new TextColumn(host.T("projekt", "project")),
            new TextColumn(host.T("gjord", "made")),
            new TextColumn(host.T("fil", "file"), MaximumWidth: 60));
        foreach (var (file, key) in keys) table.Add(key.Id, key.Project.Code, SwedishDay.Minute(key.Created), file);
        table.Write(host.Terminal.Out);
    }

    private static void WriteJson(TextWriter output, List<(string File, ProjectKey Key)> keys) => JsonOutput.Write(output, writer =>
    {
        writer.WriteStartArray();
        foreach (var (file, key) in keys)
        {
            writer.WriteStartObject();
            writer.WriteString("key_id", key.Id);
            writer.WriteString("project", key.Project.Code);
            writer.WriteString("created", Time(key));
            writer.WriteString("file", file);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private static string Time(ProjectKey key) =>
        key.Created.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
