using System.CommandLine;
using Grpc.Core;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Protos.Runs.V1;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab runs list</c> and <c>silab runs watch</c>.</summary>
internal static class RunsCommand
{
    public static Command Create(CommandHost host) => new("runs", host.T("Följ körningar.", "Follow runs.")) { List(host), Watch(host) };

    private static Command List(CommandHost host)
    {
        var command = new Command("list", host.T("Lista körningar, den senaste först.", "List runs, newest first."));
        var plan = new Option<string?>("--plan") { Description = host.T("Bara en plan.", "One plan only."), HelpName = "PLAN" };
        command.Add(plan);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var runs = connection.RunsAsync(parse.GetValue(plan) ?? string.Empty, cancellationToken);
            if (parse.GetValue(json))
            {
                await ProtoJson.WriteArrayAsync(host.Terminal.Out, runs, cancellationToken);
                return ExitCode.Ok;
            }

            var table = new TextTable(
                new TextColumn(host.T("körning", "run"), MaximumWidth: 37),
                new TextColumn("plan", MaximumWidth: 24),
                new TextColumn(host.T("läge", "state"), MaximumWidth: 11),
                new TextColumn(host.T("steg", "stage"), MaximumWidth: 22));
            await foreach (var run in runs.WithCancellation(cancellationToken))
            {
                table.Add(
                    run.Name,
                    $"{run.Plan} v{run.PlanVersion}",
                    host.Terminal.Pick(EnumWords.Of(run.State)),
                    StageOrError(host.Terminal, run));
            }

            table.Write(host.Terminal.Out);
            return ExitCode.Ok;
        });
    }

    private static Command Watch(CommandHost host)
    {
        var command = new Command("watch", host.T("Följ en körning tills den är slut.", "Follow a run until it ends."));
        var name = new Argument<string>("name") { Description = host.T("Körningens namn, runs/…", "The run's name, runs/…") };
        command.Add(name);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var asked = parse.GetRequiredValue(name);
            var request = new WatchRunRequest { Name = asked.StartsWith("runs/", StringComparison.Ordinal) ? asked : $"runs/{asked}" };
            using var call = connection.Runs.WatchRun(request, connection.Options(cancellationToken));
            var isJson = parse.GetValue(json);
            Run? last = null;
            await foreach (var response in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                last = response.Run;
                if (isJson) ProtoJson.WriteLine(host.Terminal.Out, last);
                else host.Terminal.Line($"{last.Plan}: {host.Terminal.Pick(EnumWords.Of(last.State))}, {StageOrError(host.Terminal, last)}");
            }

            return last?.State == RunState.Failed ? ExitCode.RunFailed : ExitCode.Ok;
        });
    }

    private static string StageOrError(Terminal terminal, Run run) =>
        run.Error.Length > 0 ? run.Error : terminal.Pick(EnumWords.Of(run.Stage));
}
