using System.CommandLine;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Terminals;

namespace SiOutcomeLab.Cli.Commands;

/// <summary>All commands, and how a command line is read and run.</summary>
internal static class CommandTree
{
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, Terminal terminal, TimeProvider time, CancellationToken cancellationToken)
    {
        var host = new CommandHost(terminal, time);
        var parse = Create(host).Parse(args);
        if (parse.Errors.Count > 0)
        {
            foreach (var error in parse.Errors) terminal.Note($"silab: {error.Message}");
            var path = string.Join(' ', parse.CommandResult.Command is RootCommand ? ["silab"] : PathOf(parse.CommandResult.Command));
            terminal.Note($"  → {terminal.Pick("Se", "See")} {path} --help");
            return (int)ExitCode.Usage;
        }

        // Ctrl-C ends a call or a hub in good order; a second one ends the process.
        var invocation = new InvocationConfiguration
        {
            Output = terminal.Out,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
        };
        return await parse.InvokeAsync(invocation, cancellationToken);
    }

    public static RootCommand Create(CommandHost host)
    {
        var root = new RootCommand(
            host.T("silab: ett nationellt utfallslabb för sociala investeringar.", "silab: a national outcomes lab for social investments."))
        {
            DemoCommand.Create(host),
            HubCommand.Create(host),
            IdentityCommand.Create(host),
            TemplateCommand.Create(host),
            ContractCommand.Create(host),
            PseudonymiseCommand.Create(host),
            ValidateCommand.Create(host),
            InspectCommand.Create(host),
            PushCommand.Create(host),
            SubmissionsCommand.Create(host),
            UploadsCommand.Create(host),
            CustodyCommand.Create(host),
            InterventionsCommand.Create(host),
            PlansCommand.Create(host),
            RunsCommand.Create(host),
            EffectsCommand.Create(host),
            BenchmarksCommand.Create(host),
            CostsCommand.Create(host),
            AuditCommand.Create(host),
            AnalyseCommand.Create(host),
        };
        var language = new Option<string>("--lang")
        {
            Description = host.T("Språk: sv eller en.", "Language: sv or en."),
            Recursive = true,
            HelpName = "sv|en",
            DefaultValueFactory = _ => "sv",
        };
        language.AcceptOnlyFromAmong("sv", "en");
        root.Add(language);
        return root;
    }

    private static IEnumerable<string> PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? PathOf(parent).Append(command.Name) : ["silab"];
}
