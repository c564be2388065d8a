using System.CommandLine;
using Grpc.Core;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Protos.Runs.V1;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab runs start</c>, <c>cancel</c>, <c>recost</c>, <c>watch</c> and <c>list</c>.</summary>
internal static class RunsCommand
{
    public static Command Create(CommandHost host) => new("runs", host.T("Starta, avbryt och följ körningar.", "Start, cancel and follow runs."))
    {
        Start(host), Cancel(host), Recost(host), Watch(host), List(host),
    };

    private static Command Start(CommandHost host)
    {
        var command = new Command(
            "start",
            host.T(
                "Starta körningen av en plans granskning på det senaste underlaget; den som redan finns visas.",
                "Start the run of a plan's look on the newest data; one that is there already is shown."));
        var plan = new Argument<string>("plan") { Description = host.T("Planens kod.", "The plan's code.") };
        var look = new Option<int>("--look")
        {
            Description = host.T("Granskningen, från 1; annars nästa som saknar resultat.", "The look, from 1; otherwise the next without a result."),
            HelpName = "N",
        };
        command.Add(plan);
        command.Add(look);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var request = new StartRunRequest { Plan = PlanId(parse.GetRequiredValue(plan)), Look = parse.GetValue(look) };
            Tell(host, parse.GetValue(json), (await connection.Runs.StartRunAsync(request, connection.Options(cancellationToken))).Run);
            return ExitCode.Ok;
        });
    }

    private static Command Cancel(CommandHost host) => OfOneRun(
        host,
        new Command("cancel", host.T("Avbryt en körning: inget av den räknas.", "Cancel a run: nothing of it counts.")),
        async (connection, run, isJson, cancellationToken) =>
            Tell(host, isJson, (await connection.Runs.CancelRunAsync(new CancelRunRequest { Name = run }, connection.Options(cancellationToken))).Run));

    private static Command Recost(CommandHost host) => OfOneRun(
        host,
        new Command(
            "recost",
            host.T(
                "Räkna om en körning i kronor, där det har gått fel så ofta att hubben har gett upp.",
                "Put a run in kronor again, where that has failed so often that the hub has given it up.")),
        async (connection, run, isJson, cancellationToken) =>
        {
            var answer = await connection.Runs.RestartCostingAsync(new RestartCostingRequest { Name = run }, connection.Options(cancellationToken));
            if (isJson) ProtoJson.WriteOne(host.Terminal.Out, answer);
            else host.Terminal.Line($"{answer.Run.Name}: {host.T("räknas om i kronor med", "is put in kronor again by")} {string.Join(", ", answer.UnitCostSets)}");
        });

    // One call about one run, and its answer told.
    private static Command OfOneRun(CommandHost host, Command command, Func<HubConnection, string, bool, CancellationToken, Task> call)
    {
        var name = new Argument<string>("name") { Description = host.T("Körningens namn, runs/…", "The run's name, runs/…") };
        command.Add(name);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            await call(connection, ResourceNames.In("runs", parse.GetRequiredValue(name)), parse.GetValue(json), cancellationToken);
            return ExitCode.Ok;
        });
    }

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
            var givenUp = new List<Run>();
            await foreach (var run in runs.WithCancellation(cancellationToken))
            {
                if (run.UnitCostSetsGivenUp.Count > 0) givenUp.Add(run);
                table.Add(
                    run.Name,
                    $"{run.Plan} v{run.PlanVersion}",
                    host.Terminal.Pick(EnumWords.Of(run.State)),
                    StageOrError(host.Terminal, run));
            }

            table.Write(host.Terminal.Out);
            foreach (var run in givenUp) host.Terminal.Line(GivenUp(host, run));
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
            var request = new WatchRunRequest { Name = ResourceNames.In("runs", parse.GetRequiredValue(name)) };
            using var call = connection.Runs.WatchRun(request, connection.Options(cancellationToken));
            var isJson = parse.GetValue(json);
            Run? last = null;
            await foreach (var response in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                last = response.Run;
                if (isJson) ProtoJson.WriteLine(host.Terminal.Out, last);
                else host.Terminal.Line($"{last.Plan}: {host.Terminal.Pick(EnumWords.Of(last.State))}, {StageOrError(host.Terminal, last)}");
            }

            return last?.State is RunState.Failed or RunState.Cancelled ? ExitCode.RunFailed : ExitCode.Ok;
        });
    }

    private static void Tell(CommandHost host, bool isJson, Run run)
    {
        if (isJson) ProtoJson.WriteOne(host.Terminal.Out, run);
        else host.Terminal.Line($"{run.Name}: {host.Terminal.Pick(EnumWords.Of(run.State))} ({host.Terminal.Pick(EnumWords.Of(run.Cause))})");
    }

    /// <summary>That a run's kronor have been given up, and what to do: in words, and as the command to give.</summary>
    internal static string GivenUp(CommandHost host, Run run)
    {
        var sets = string.Join(", ", run.UnitCostSetsGivenUp);
        return host.T(
            $"{run.Name} är inte i kronor ({sets}).\nDet gick inte och försöks inte igen; hubbens logg säger varför. När det är åtgärdat:",
            $"{run.Name} is not in kronor ({sets}).\nIt failed and is not tried again; the hub's log says why. When that is mended:")
            + $"\n  silab runs recost {run.Name}";
    }

    private static string PlanId(string asked) => asked.StartsWith("plans/", StringComparison.Ordinal) ? asked[6..] : asked;

    private static string StageOrError(Terminal terminal, Run run) =>
        run.Error.Length > 0 ? run.Error : terminal.Pick(EnumWords.Of(run.Stage));
}
