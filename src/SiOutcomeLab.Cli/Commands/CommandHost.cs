using System.CommandLine;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Terminals;

namespace SiOutcomeLab.Cli.Commands;

/// <summary>What every command has in common: where it writes, its options, and how its failures become exit codes.</summary>
internal sealed class CommandHost(Terminal terminal, TimeProvider time)
{
    public Terminal Terminal { get; } = terminal;

    public TimeProvider Time { get; } = time;

    public string T(string sv, string en) => Terminal.Pick(sv, en);

    /// <summary>Gives a command its work. A failure is printed to the error stream and becomes the exit code.</summary>
    public Command WithAction(Command command, Func<ParseResult, CancellationToken, Task<ExitCode>> work)
    {
        command.SetAction(async (ParseResult parse, CancellationToken cancellationToken) =>
        {
            try
            {
                return (int)await work(parse, cancellationToken);
            }
#pragma warning disable CA1031 // The outermost frame: whatever goes wrong becomes a text and an exit code.
            catch (Exception e)
#pragma warning restore CA1031
            {
                var failure = FailureTable.Of(e);
                FailureText.Write(Terminal.Error, failure, Terminal.Language);
                return (int)failure.Code;
            }
        });
        return command;
    }

    public HubOption AddHubOptions(Command command)
    {
        var option = new HubOption(
            new Option<string>("--hub")
            {
                Description = T("Hubbens gRPC-adress (eller SILAB_HUB).", "The hub's gRPC address (or SILAB_HUB)."),
                HelpName = "URL",
                DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SILAB_HUB") ?? "http://127.0.0.1:5001",
            },
            new Option<string?>("--token")
            {
                Description = T("Åtkomsttoken (eller SILAB_TOKEN).", "Access token (or SILAB_TOKEN)."),
                HelpName = "TOKEN",
                DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SILAB_TOKEN"),
            });
        command.Add(option.Address);
        command.Add(option.Token);
        return option;
    }

    public Option<bool> AddJsonOption(Command command)
    {
        var option = new Option<bool>("--json") { Description = T("Skriv JSON för program.", "Write JSON for programs.") };
        command.Add(option);
        return option;
    }
}

/// <summary>The options that say which hub, and as whom.</summary>
internal sealed record HubOption(Option<string> Address, Option<string?> Token)
{
    public HubConnection Connect(ParseResult parse) => HubConnection.To(parse.GetValue(Address)!, parse.GetValue(Token));
}
