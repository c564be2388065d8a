using System.CommandLine;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Reading;
using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab plans</c>: from draft to close.</summary>
internal static class PlansCommand
{
    private static readonly Dictionary<string, PlanState> States = new(StringComparer.Ordinal)
    {
        ["registered"] = PlanState.Registered,
        ["running"] = PlanState.Running,
        ["interim"] = PlanState.Interim,
        ["final"] = PlanState.Final,
        ["closed"] = PlanState.Closed,
    };

    public static Command Create(CommandHost host) =>
        new("plans", host.T("Skriv, pröva, registrera och läs planer.", "Draft, try, register and read evaluation plans."))
        {
            PlanDraftCommands.Draft(host),
            PlanDraftCommands.Drafts(host),
            PlanDraftCommands.Discard(host),
            PlanFeasibilityCommand.Create(host),
            Register(host),
            PlanChangeCommands.Amend(host),
            PlanChangeCommands.Close(host),
            Show(host),
            List(host),
        };

    /// <summary>An option that names a draft in place of files.</summary>
    internal static Option<string?> DraftOption(CommandHost host) => new("--draft")
    {
        Description = host.T("Ett sparat utkast, i stället för filer.", "A saved draft, in place of files."),
        HelpName = "DRAFT",
    };

    /// <summary>Refuses a line that gives both files and a draft, or neither.</summary>
    internal static void RequireEither(Command command, Argument files, Option<string?> draft, CommandHost host) =>
        command.Validators.Add(result =>
        {
            if ((result.GetResult(files) is { Tokens.Count: > 0 }) == (result.GetValue(draft) is not null))
            {
                result.AddError(host.T("Ge antingen filer eller --draft.", "Give either files or --draft."));
            }
        });

    private static Command Register(CommandHost host)
    {
        var command = new Command("register", host.T("Registrera planer och lås dem.", "Register plans and lock them."));
        var files = new Argument<string[]>("files")
        {
            Description = host.T("JSON-filer med planer.", "JSON files with plans."),
            Arity = ArgumentArity.ZeroOrMore,
        };
        var draft = DraftOption(host);
        command.Add(files);
        command.Add(draft);
        RequireEither(command, files, draft, host);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var requests = new List<RegisterPlanRequest>();
            if (parse.GetValue(draft) is { } name) requests.Add(new RegisterPlanRequest { Draft = ResourceNames.In("drafts", name) });
            foreach (var file in parse.GetValue(files) ?? [])
            {
                foreach (var plan in await PlanFiles.ReadPlansAsync(file, cancellationToken))
                {
                    requests.Add(new RegisterPlanRequest { Plan = PlanMapping.ToWire(plan) });
                }
            }

            var registered = new List<RegisteredPlan>();
            foreach (var request in requests) registered.Add((await connection.Plans.RegisterPlanAsync(request, connection.Options(cancellationToken))).Plan);
            await PlanTable.WriteAsync(host.Terminal, parse.GetValue(json), registered.ToAsyncEnumerable(), cancellationToken);
            return ExitCode.Ok;
        });
    }

    private static Command Show(CommandHost host)
    {
        var command = new Command(
            "show", host.T("Visa en plan, var den står och vad dess titter får kosta.", "Show a plan, where it stands and what its looks may spend."));
        var name = new Argument<string>("name") { Description = host.T("Planens namn, plans/…", "The plan's name, plans/…") };
        var version = new Option<int>("--version") { Description = host.T("En tidigare version.", "An earlier version."), HelpName = "VERSION" };
        command.Add(name);
        command.Add(version);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var request = new GetPlanRequest { Name = ResourceNames.In("plans", parse.GetRequiredValue(name)), Version = parse.GetValue(version) };
            var response = await connection.Plans.GetPlanAsync(request, connection.Options(cancellationToken));
            if (parse.GetValue(json)) ProtoJson.WriteOne(host.Terminal.Out, response);
            else PlanSheet.Write(host.Terminal, response);
            return ExitCode.Ok;
        });
    }

    private static Command List(CommandHost host)
    {
        var command = new Command("list", host.T("Lista registrerade planer.", "List registered plans."));
        var organisation = new Option<string?>("--organisation")
        {
            Description = host.T("Bara en organisation.", "One organisation only."),
            HelpName = "ORGANISATION",
        };
        var state = new Option<string?>("--state") { Description = host.T("Bara de i ett läge.", "Those in one state only."), HelpName = "STATE" };
        state.AcceptOnlyFromAmong([.. States.Keys]);
        command.Add(organisation);
        command.Add(state);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var asked = parse.GetValue(state) is { } word ? States[word] : PlanState.Unspecified;
            await PlanTable.WriteAsync(
                host.Terminal,
                parse.GetValue(json),
                connection.PlansAsync(parse.GetValue(organisation) ?? string.Empty, asked, cancellationToken),
                cancellationToken);
            return ExitCode.Ok;
        });
    }
}
