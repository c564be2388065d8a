using System.CommandLine;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Reading;
using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab plans register</c> and <c>silab plans list</c>.</summary>
internal static class PlansCommand
{
    public static Command Create(CommandHost host) =>
        new("plans", host.T("Registrera och läs planer.", "Register and read evaluation plans.")) { Register(host), List(host) };

    private static Command Register(CommandHost host)
    {
        var command = new Command("register", host.T("Registrera planer och lås dem.", "Register plans and lock them."));
        var files = new Argument<string[]>("files")
        {
            Description = host.T("JSON-filer med planer.", "JSON files with plans."),
            Arity = ArgumentArity.OneOrMore,
        };
        command.Add(files);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var registered = new List<RegisteredPlan>();
            foreach (var file in parse.GetRequiredValue(files))
            {
                foreach (var plan in await PlanFiles.ReadPlansAsync(file, cancellationToken))
                {
                    var request = new RegisterPlanRequest { Plan = PlanMapping.ToWire(plan) };
                    registered.Add((await connection.Plans.RegisterPlanAsync(request, connection.Options(cancellationToken))).Plan);
                }
            }

            await WriteAsync(host, parse.GetValue(json), registered.ToAsyncEnumerable(), cancellationToken);
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
        command.Add(organisation);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            await WriteAsync(
                host,
                parse.GetValue(json),
                connection.PlansAsync(parse.GetValue(organisation) ?? string.Empty, cancellationToken),
                cancellationToken);
            return ExitCode.Ok;
        });
    }

    private static async Task WriteAsync(
        CommandHost host, bool isJson, IAsyncEnumerable<RegisteredPlan> plans, CancellationToken cancellationToken)
    {
        if (isJson)
        {
            await ProtoJson.WriteArrayAsync(host.Terminal.Out, plans, cancellationToken);
            return;
        }

        var table = new TextTable(
            new TextColumn("plan", MaximumWidth: 24),
            new TextColumn("v", IsRight: true),
            new TextColumn("org", MaximumWidth: 6),
            new TextColumn(host.T("mått", "measure"), MaximumWidth: 18),
            new TextColumn(host.T("tidpunkt", "timing"), MaximumWidth: 13),
            new TextColumn(host.T("titt från", "look from"), MaximumWidth: 10),
            new TextColumn("hash", MaximumWidth: 12));
        await foreach (var p in plans.WithCancellation(cancellationToken))
        {
            table.Add(
                p.Plan.Id,
                p.Plan.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
                p.Plan.Organisation,
                p.Plan.Primary?.Measure ?? "–",
                host.Terminal.Pick(EnumWords.Of(p.Timing)),
                p.Plan.LookDueOn,
                p.Hash.Length > 12 ? p.Hash[..12] : p.Hash);
        }

        table.Write(host.Terminal.Out);
    }
}
