using System.CommandLine;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Reading;
using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab plans amend</c> and <c>close</c>.</summary>
internal static class PlanChangeCommands
{
    public static Command Amend(CommandHost host)
    {
        var command = new Command("amend", host.T("Registrera nästa version av planer, med skäl.", "Register the next version of plans, with a reason."));
        var file = new Argument<string>("file") { Description = host.T("JSON-fil med planerna som de ska bli.", "JSON file with the plans as they are to be.") };
        command.Add(file);
        var reason = Reason(host, command);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var amended = new List<RegisteredPlan>();
            foreach (var plan in await PlanFiles.ReadPlansAsync(parse.GetRequiredValue(file), cancellationToken))
            {
                var request = new AmendPlanRequest { Plan = PlanMapping.ToWire(plan), Reason = parse.GetRequiredValue(reason) };
                amended.Add((await connection.Plans.AmendPlanAsync(request, connection.Options(cancellationToken))).Plan);
            }

            await PlanTable.WriteAsync(host.Terminal, parse.GetValue(json), amended.ToAsyncEnumerable(), cancellationToken);
            return ExitCode.Ok;
        });
    }

    public static Command Close(CommandHost host)
    {
        var command = new Command(
            "close", host.T("Stäng en plan: inga fler körningar, det publicerade står kvar.", "Close a plan: no more runs, what was published stays."));
        var name = new Argument<string>("name") { Description = host.T("Planens namn, plans/…", "The plan's name, plans/…") };
        command.Add(name);
        var reason = Reason(host, command);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var request = new ClosePlanRequest { Name = ResourceNames.In("plans", parse.GetRequiredValue(name)), Reason = parse.GetRequiredValue(reason) };
            var closed = (await connection.Plans.ClosePlanAsync(request, connection.Options(cancellationToken))).Plan;
            await PlanTable.WriteAsync(host.Terminal, parse.GetValue(json), new[] { closed }.ToAsyncEnumerable(), cancellationToken);
            return ExitCode.Ok;
        });
    }

    private static Option<string> Reason(CommandHost host, Command command)
    {
        var reason = new Option<string>("--reason")
        {
            Description = host.T("Varför; står sedan i planen.", "Why; stands in the plan from then on."),
            HelpName = "TEXT",
            Required = true,
        };
        command.Add(reason);
        return reason;
    }
}
