using System.CommandLine;
using SiOutcomeLab.Cli.Commands;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Hub;
using SiOutcomeLab.Hub.Configuration;

namespace SiOutcomeLab.Cli.Operating;

/// <summary>The options that say which hub on this machine is meant: a configuration file, or a data folder and perhaps a key file.</summary>
internal sealed record HubChoice(Option<string?> Config, Option<string?> Data, Option<string?> KeyFile)
{
    public static HubChoice AddTo(Command command, CommandHost host)
    {
        var choice = new HubChoice(
            new Option<string?>("--config") { Description = host.T("Hubbens inställningsfil.", "The hub's configuration file."), HelpName = "FILE" },
            new Option<string?>("--data") { Description = host.T("Datamappen, i stället för --config.", "The data folder, in place of --config."), HelpName = "DIR" },
            new Option<string?>("--key-file")
            {
                Description = host.T("Nyckelfilen, med --data; annars datamappens namn + .key.", "The key file, with --data; otherwise the data folder's name + .key."),
                HelpName = "FILE",
            });
        command.Add(choice.Config);
        command.Add(choice.Data);
        command.Add(choice.KeyFile);
        command.Validators.Add(result =>
        {
            var isConfig = result.GetValue(choice.Config) is not null;
            if (isConfig == result.GetValue(choice.Data) is not null || (isConfig && result.GetValue(choice.KeyFile) is not null))
            {
                result.AddError(host.T("Ge antingen --config eller --data.", "Give either --config or --data."));
            }
        });
        return choice;
    }

    /// <summary>The options of the hub that is meant.</summary>
    /// <exception cref="HubOptionsException">They cannot be had.</exception>
    public HubOptions Read(ParseResult parse)
    {
        if (parse.GetValue(Config) is { } file) return Load(file);
        var options = new HubOptions { DataFolder = parse.GetValue(Data)!, KeyFile = parse.GetValue(KeyFile) };
        var breaches = options.Breaches().ToArray();
        return breaches.Length == 0 ? options : throw new HubOptionsException(breaches);
    }

    public static HubOptions Load(string file)
    {
        if (!File.Exists(file))
        {
            throw new CommandException(
                ExitCode.InputUnreadable,
                new($"Inställningsfilen {file} finns inte.", $"There is no configuration file {file}."),
                new("Kontrollera sökvägen; ett exempel följer med: operation/hub.example.json.", "Check the path; an example comes with the program: operation/hub.example.json."));
        }

        return HubConfiguration.Load(file);
    }
}
