using System.CommandLine;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Reading;
using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab plans draft</c>, <c>drafts</c> and <c>discard</c>.</summary>
internal static class PlanDraftCommands
{
    public static Command Draft(CommandHost host)
    {
        var command = new Command(
            "draft", host.T("Spara utkast till planer och säg vad de ännu saknar.", "Save drafts of plans, and say what they still lack."));
        var files = new Argument<string[]>("files")
        {
            Description = host.T("JSON-filer med planer, hela eller ej.", "JSON files with plans, whole or not."),
            Arity = ArgumentArity.OneOrMore,
        };
        command.Add(files);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var saved = new List<PlanDraft>();
            foreach (var file in parse.GetRequiredValue(files))
            {
                foreach (var plan in await PlanFiles.ReadDraftsAsync(file, cancellationToken))
                {
                    var request = new SaveDraftRequest { Plan = PlanMapping.ToWire(plan) };
                    saved.Add((await connection.Plans.SaveDraftAsync(request, connection.Options(cancellationToken))).Draft);
                }
            }

            await PlanTable.WriteAsync(host.Terminal, parse.GetValue(json), saved.ToAsyncEnumerable(), cancellationToken);
            return ExitCode.Ok;
        });
    }

    public static Command Drafts(CommandHost host)
    {
        var command = new Command("drafts", host.T("Lista organisationens utkast.", "List the organisation's drafts."));
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            await PlanTable.WriteAsync(host.Terminal, parse.GetValue(json), connection.DraftsAsync(cancellationToken), cancellationToken);
            return ExitCode.Ok;
        });
    }

    public static Command Discard(CommandHost host)
    {
        var command = new Command("discard", host.T("Släng ett utkast.", "Discard a draft."));
        var name = new Argument<string>("name") { Description = host.T("Utkastets namn, drafts/…", "The draft's name, drafts/…") };
        command.Add(name);
        var hub = host.AddHubOptions(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var full = ResourceNames.In("drafts", parse.GetRequiredValue(name));
            await connection.Plans.DiscardDraftAsync(new DiscardDraftRequest { Name = full }, connection.Options(cancellationToken));
            host.Terminal.Line(host.T($"{full} är slängt.", $"{full} is discarded."));
            return ExitCode.Ok;
        });
    }
}
