using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab effects export</c>: every effect that fits, as it comes, for programs.</summary>
internal static class EffectsExportCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new Command(
            "export",
            host.T(
                "Skriv ut alla effekter som passar, även de som inte längre gäller, i ändringarnas ordning; för program.",
                "Write every effect that fits, those too that no longer stand, in the order of changes; for programs."));
        var filter = new EffectFilterOptions(host, command);
        var format = new Option<string>("--format")
        {
            Description = host.T("jsonl: ett JSON-objekt på varje rad; csv: en tabell.", "jsonl: one JSON object a line; csv: a table."),
            DefaultValueFactory = _ => "jsonl",
        };
        format.AcceptOnlyFromAmong("jsonl", "csv");
        var output = new Option<string?>("--out")
        {
            Description = host.T("Filen; annars skrivs det ut.", "The file; otherwise it is written out."),
            HelpName = "FILE",
        };
        command.Add(format);
        command.Add(output);
        var hub = host.AddHubOptions(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var request = new ExportEffectsRequest { Filter = filter.Filter(parse), FromTime = filter.From(parse) };
            await using var file = parse.GetValue(output) is { } path ? new StreamWriter(path) : null;
            TextWriter writer = file is null ? host.Terminal.Out : file;
            var isCsv = parse.GetValue(format) == "csv";
            if (isCsv) await writer.WriteLineAsync(EffectCsv.Header);
            Timestamp? last = null;
            using var call = connection.Effects.ExportEffects(request, connection.Options(cancellationToken));
            await foreach (var response in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                last = response.Effect.ChangeTime;
                if (isCsv) await writer.WriteLineAsync(EffectCsv.Line(response.Effect));
                else ProtoJson.WriteLine(writer, response.Effect);
            }

            if (last is not null) host.Terminal.Note(NextTime(host, last));
            return ExitCode.Ok;
        });
    }

    /// <summary>How to go on from where a list of changes ended.</summary>
    public static string NextTime(CommandHost host, Timestamp last) => host.T("Nästa gång: ", "Next time: ") + $"--from-time {last.ToDateTimeOffset():O}";
}
