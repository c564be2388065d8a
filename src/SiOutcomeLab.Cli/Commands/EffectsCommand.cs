using System.CommandLine;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Runs.V1;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab effects list</c>, <c>show</c>, <c>explain</c>, <c>export</c> and <c>reproduce</c>.</summary>
internal static class EffectsCommand
{
    public static Command Create(CommandHost host) =>
        new("effects", host.T("Läs effektskattningar.", "Read effect estimates.")) 
        {
            List(host), Show(host), EffectsExplainCommand.Create(host), EffectsExportCommand.Create(host), Reproduce(host),
        };

    private static Command List(CommandHost host)
    {
        var command = new Command("list", host.T("Lista effekter.", "List effects."));
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        var filter = new EffectFilterOptions(host, command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var effects = connection.EffectsAsync(filter.Filter(parse), filter.From(parse), cancellationToken);
            if (parse.GetValue(json))
            {
                await ProtoJson.WriteArrayAsync(host.Terminal.Out, effects, cancellationToken);
                return ExitCode.Ok;
            }

            var all = await effects.ToListAsync(cancellationToken);
            if (all.Count == 0) host.Terminal.Line(host.T("Inga effekter bland dem du får se.", "No effects among those you may see."));
            else EffectTable.Write(host.Terminal, all);
            if (all.LastOrDefault()?.ChangeTime is { } last) host.Terminal.Note(EffectsExportCommand.NextTime(host, last));
            return ExitCode.Ok;
        });
    }

    private static Command Show(CommandHost host)
    {
        var command = new Command(
            "show",
            host.T(
                "Visa en effekt hel: antal, balans, skattning, mening, härkomst.",
                "Show one effect whole: numbers, balance, estimate, sentence, lineage."));
        var name = new Argument<string>("name") { Description = host.T("Effektens namn, effects/…", "The effect's name, effects/…") };
        command.Add(name);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var request = new GetEffectRequest { Name = FullName(parse.GetRequiredValue(name)) };
            var response = await connection.Effects.GetEffectAsync(request, connection.Options(cancellationToken));
            if (parse.GetValue(json)) ProtoJson.WriteOne(host.Terminal.Out, response.Effect);
            else EffectSheet.Write(host.Terminal, response.Effect);
            return ExitCode.Ok;
        });
    }

    private static Command Reproduce(CommandHost host)
    {
        var command = new Command(
            "reproduce",
            host.T(
                "Räkna om en effekt från det den vilar på och säg om den blir densamma.",
                "Make an effect again from what it rests on, and say whether it is the same."));
        var name = new Argument<string>("name") { Description = host.T("Effektens namn, effects/…", "The effect's name, effects/…") };
        command.Add(name);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var options = connection.Options(cancellationToken);
            var effect = await connection.Effects.GetEffectAsync(new GetEffectRequest { Name = FullName(parse.GetRequiredValue(name)) }, options);
            var answer = await connection.Runs.ReproduceRunAsync(new ReproduceRunRequest { Name = effect.Effect.Lineage.Run }, options);
            if (parse.GetValue(json)) ProtoJson.WriteOne(host.Terminal.Out, answer);
            else host.Terminal.Line(host.Terminal.Pick(ReproductionWords.Say(answer)));
            return answer.Verdict == ReproductionVerdict.Different ? ExitCode.CheckFailed : ExitCode.Ok;
        });
    }

    internal static string FullName(string asked) => asked.StartsWith("effects/", StringComparison.Ordinal) ? asked : $"effects/{asked}";
}
