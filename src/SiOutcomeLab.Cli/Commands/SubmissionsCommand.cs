using System.CommandLine;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Pushing;
using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab submissions list</c>, <c>show</c> and <c>receipt</c>.</summary>
internal static class SubmissionsCommand
{
    private const string Kind = "submissions";

    public static Command Create(CommandHost host) =>
        new(Kind, host.T("Mottagna leveranser.", "Submissions received.")) { List(host), Show(host), ReceiptOf(host) };

    private static Command List(CommandHost host)
    {
        var command = new Command("list", host.T("Lista organisationens leveranser i den ordning de kom.", "List the organisation's submissions in the order they came."));
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var submissions = connection.SubmissionsAsync(cancellationToken);
            if (parse.GetValue(json))
            {
                await ProtoJson.WriteArrayAsync(host.Terminal.Out, submissions, cancellationToken);
                return ExitCode.Ok;
            }

            var table = new TextTable(
                new TextColumn(host.T("leverans", "submission"), MaximumWidth: 44),
                new TextColumn(host.T("projekt", "project"), MaximumWidth: 16),
                new TextColumn(host.T("perioder", "periods"), MaximumWidth: 19),
                new TextColumn(host.T("rader", "rows"), MaximumWidth: 14));
            await foreach (var s in submissions.WithCancellation(cancellationToken))
            {
                table.Add(s.Name, s.Project, $"{s.FirstPeriod} – {s.LastPeriod}", host.Terminal.Pick(PlainNumber.Fixed(s.ObservationRows, 0)));
            }

            table.Write(host.Terminal.Out);
            return ExitCode.Ok;
        });
    }

    private static Command Show(CommandHost host)
    {
        var (command, name) = Named(host, "show", host.T("Visa en leverans.", "Show a submission."));
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var request = new GetSubmissionRequest { Name = ResourceNames.In(Kind, parse.GetRequiredValue(name)) };
            var submission = (await connection.Intake.GetSubmissionAsync(request, connection.Options(cancellationToken))).Submission;
            if (parse.GetValue(json)) ProtoJson.WriteOne(host.Terminal.Out, submission);
            else Write(host.Terminal, submission);
            return ExitCode.Ok;
        });
    }

    private static Command ReceiptOf(CommandHost host)
    {
        var (command, name) = Named(
            host, "receipt", host.T("Hämta kvittot på en leverans, samma som när den kom.", "Fetch the receipt of a submission, the same as when it came."));
        var file = new Option<string?>("--receipt") { Description = host.T("Spara kvittot i en fil också.", "Keep the receipt in a file too."), HelpName = "FILE" };
        command.Add(file);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var request = new GetReceiptRequest { Name = ResourceNames.In(Kind, parse.GetRequiredValue(name)) };
            var accepted = (await connection.Intake.GetReceiptAsync(request, connection.Options(cancellationToken))).Accepted;
            if (parse.GetValue(file) is { } path) await ReceiptFile.WriteAsync(path, accepted, cancellationToken);
            if (parse.GetValue(json)) ProtoJson.WriteOne(host.Terminal.Out, accepted);
            else PushReport.WriteReceipt(host.Terminal, accepted.Receipt);
            return ExitCode.Ok;
        });
    }

    private static (Command Command, Argument<string> Name) Named(CommandHost host, string verb, string description)
    {
        var command = new Command(verb, description);
        var name = new Argument<string>("submission") { Description = host.T("Leveransens namn.", "The submission's name.") };
        command.Add(name);
        return (command, name);
    }

    private static void Write(Terminal terminal, Submission s)
    {
        var rows = new (string Name, string Value)[]
        {
            (terminal.Pick("leverans", "submission"), s.Name),
            (terminal.Pick("organisation", "organisation"), s.Organisation),
            (terminal.Pick("projekt", "project"), s.Project),
            (terminal.Pick("perioder", "periods"), $"{s.FirstPeriod} – {s.LastPeriod}"),
            (terminal.Pick("observationsrader", "observation rows"), terminal.Pick(PlainNumber.Fixed(s.ObservationRows, 0))),
            (terminal.Pick("deltaganden", "participation rows"), terminal.Pick(PlainNumber.Fixed(s.ParticipationRows, 0))),
            (terminal.Pick("innehållets hash", "content hash"), s.ContentHash),
            (terminal.Pick("sparad", "kept since"), TimeText.Second(s.CommittedAt, terminal.Language)),
        };
        foreach (var (name, value) in rows) terminal.Line($"  {name,-18} {value}");
        if (s.Warnings.Count > 0) PushReport.WriteFindings(terminal, s.Warnings);
    }
}
