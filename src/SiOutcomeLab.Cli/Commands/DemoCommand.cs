using System.CommandLine;
using SiOutcomeLab.Cli.Demo;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Terminals;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab demo</c>: the whole chain in one process, with no set-up.</summary>
internal static class DemoCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new Command("demo", host.T(
            "Hela kedjan i en process: hubb, verkliga undervisningsdata, tolv påhittade kommuner.",
            "The whole chain in one process: hub, real teaching data, twelve made municipalities."));
        var keep = new Option<bool>("--keep")
        {
            Description = host.T("Låt hubben vara kvar efteråt.", "Leave the hub serving afterwards."),
        };
        var data = new Option<string?>("--data")
        {
            Description = host.T("Hubbens datamapp; annars en tillfällig.", "The hub's data folder; otherwise a temporary one."),
            HelpName = "DIR",
        };
        command.Add(keep);
        command.Add(data);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, (parse, cancellationToken) => DemoSession.RunAsync(
            new DemoOptions
            {
                Keep = parse.GetValue(keep),
                Json = parse.GetValue(json),
                DataFolder = parse.GetValue(data),
                Language = host.Terminal.Language,
            },
            host.Terminal,
            host.Time,
            cancellationToken));
    }

    /// <summary>Runs a demo in this process, writing to the given writers.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        DemoOptions options, TextWriter output, TextWriter error, TimeProvider time, CancellationToken cancellationToken)
    {
        // The progress display and the demo write from several threads.
        var terminal = new Terminal(output, TextWriter.Synchronized(error), options.Language);
        try
        {
            return (int)await DemoSession.RunAsync(options, terminal, time, cancellationToken);
        }
#pragma warning disable CA1031 // The outermost frame, as in the program: whatever goes wrong becomes a text and an exit code.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var failure = FailureTable.Of(e);
            FailureText.Write(terminal.Error, failure, terminal.Language);
            return (int)failure.Code;
        }
    }
}
