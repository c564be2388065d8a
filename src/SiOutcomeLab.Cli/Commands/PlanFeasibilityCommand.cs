using System.CommandLine;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Reading;
using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab plans feasibility</c>: whether a plan can find what it is after, before it is registered.</summary>
internal static class PlanFeasibilityCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new Command(
            "feasibility",
            host.T(
                "Pröva om en plan kan hitta det den söker, innan den registreras.",
                "Try whether a plan can find what it is after, before it is registered."));
        var file = new Argument<string?>("file")
        {
            Description = host.T("JSON-fil med en plan.", "JSON file with a plan."),
            Arity = ArgumentArity.ZeroOrOne,
        };
        var draft = PlansCommand.DraftOption(host);
        var participants = new Option<int?>("--participants")
        {
            Description = host.T("Så många väntas delta.", "So many are expected to take part."),
            HelpName = "NUMBER",
        };
        var plot = new Option<string?>("--plot")
        {
            Description = host.T("Rita styrkan mot antalet deltagare som SVG.", "Draw power against the number of participants as SVG."),
            HelpName = "FILE",
        };
        command.Add(file);
        command.Add(draft);
        command.Add(participants);
        command.Add(plot);
        PlansCommand.RequireEither(command, file, draft, host);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var request = new AssessFeasibilityRequest();
            if (parse.GetValue(draft) is { } name) request.Draft = ResourceNames.In("drafts", name);
            else request.Plan = PlanMapping.ToWire((await PlanFiles.ReadPlansAsync(parse.GetValue(file)!, cancellationToken))[0]);
            if (parse.GetValue(participants) is { } expected) request.Participants = expected;
            var answer = (await connection.Plans.AssessFeasibilityAsync(request, connection.Options(cancellationToken))).Feasibility;
            if (parse.GetValue(json)) ProtoJson.WriteOne(host.Terminal.Out, answer);
            else FeasibilitySheet.Write(host.Terminal, answer);
            if (parse.GetValue(plot) is { } path && FeasibilitySheet.Draw(answer, host.Terminal.Language) is { } picture)
            {
                await File.WriteAllTextAsync(path, picture, cancellationToken);
            }

            return ExitCode.Ok;
        });
    }
}
