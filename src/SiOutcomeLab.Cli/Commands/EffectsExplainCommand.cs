using System.CommandLine;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Protos.Explanations.V1;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab effects explain</c>: the chain from rows to kronor, and what has changed since an earlier result.</summary>
internal static class EffectsExplainCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new Command(
            "explain",
            host.T(
                "Berätta kedjan från rader till kronor för en egen effekt, och vad som ändrats sedan ett tidigare resultat.",
                "Tell the chain from rows to kronor of an effect of one's own, and what has changed since an earlier result."));
        var name = new Argument<string>("name") { Description = host.T("Effektens namn, effects/…", "The effect's name, effects/…") };
        var since = new Option<string?>("--since")
        {
            Description = host.T(
                "Vad som ändrats sedan en tidigare effekt, eller sedan ett datum (ÅÅÅÅ-MM-DD).",
                "What has changed since an earlier effect, or since a date (YYYY-MM-DD)."),
            HelpName = "EFFECT|DATE",
        };
        command.Add(name);
        command.Add(since);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var request = new ExplainEffectRequest { Name = EffectsCommand.FullName(parse.GetRequiredValue(name)) };
            if (parse.GetValue(since) is { } earlier)
            {
                if (DayAfter(earlier) is { } end) request.SinceTime = end;
                else request.SinceEffect = EffectsCommand.FullName(earlier);
            }

            var answer = await connection.Explanations.ExplainEffectAsync(request, connection.Options(cancellationToken));
            if (parse.GetValue(json)) ProtoJson.WriteOne(host.Terminal.Out, answer);
            else ExplanationSheet.Write(host.Terminal, answer);
            return ExitCode.Ok;
        });
    }

    // A date means what stood when the day ended in Sweden.
    private static Timestamp? DayAfter(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? Timestamp.FromDateTimeOffset(SwedishDay.StartOf(day.AddDays(1)))
            : null;
}
