using System.CommandLine;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Reading;
using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab interventions register</c>.</summary>
internal static class InterventionsCommand
{
    public static Command Create(CommandHost host) =>
        new("interventions", host.T("Registrera insatser.", "Register interventions.")) { Register(host) };

    private static Command Register(CommandHost host)
    {
        var command = new Command("register", host.T("Registrera insatser ur JSON-filer.", "Register interventions from JSON files."));
        var files = new Argument<string[]>("files")
        {
            Description = host.T("JSON-filer med insatser.", "JSON files with interventions."),
            Arity = ArgumentArity.OneOrMore,
        };
        command.Add(files);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var registered = new List<Intervention>();
            foreach (var file in parse.GetRequiredValue(files))
            {
                foreach (var intervention in await PlanFiles.ReadInterventionsAsync(file, cancellationToken))
                {
                    var request = new RegisterInterventionRequest { Intervention = InterventionMapping.ToWire(intervention) };
                    registered.Add(
                        (await connection.Plans.RegisterInterventionAsync(request, connection.Options(cancellationToken))).Intervention);
                }
            }

            if (parse.GetValue(json))
            {
                await ProtoJson.WriteArrayAsync(host.Terminal.Out, registered.ToAsyncEnumerable(), cancellationToken);
                return ExitCode.Ok;
            }

            foreach (var i in registered) host.Terminal.Line($"{i.Organisation} {i.Code} ({i.Method}): {host.T(i.NameSv, i.NameEn)}");
            return ExitCode.Ok;
        });
    }
}
