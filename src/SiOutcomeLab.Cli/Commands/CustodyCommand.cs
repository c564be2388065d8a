using System.CommandLine;
using SiOutcomeLab.Cli.Custody;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Protos.Custody.V1;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab custody show | withdraw | retain | return | erase</c>: what an organisation may ask for about what it has sent.</summary>
internal static class CustodyCommand
{
    public static Command Create(CommandHost host) => new(
        "custody",
        host.T("Ta tillbaka, få tillbaka, tidsbegränsa och radera det ni har sänt.", "Withdraw, get back, limit and erase what you have sent."))
    {
        Show(host), Withdraw(host), Retain(host), Return(host), Erase(host),
    };

    private static Command Show(CommandHost host)
    {
        var command = new Command("show", host.T("Visa var i livet en leverans är.", "Show where in its life a submission is."));
        var name = AddName(host, command);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var request = new GetSubmissionLifeRequest { Name = FullName(parse.GetRequiredValue(name)) };
            var reply = await connection.Custody.GetSubmissionLifeAsync(request, connection.Options(cancellationToken));
            return Tell(host, reply.Life, parse.GetValue(json));
        });
    }

    private static Command Withdraw(CommandHost host)
    {
        var command = new Command("withdraw", host.T(
            "Ta en leverans ur alla senare utvärderingar; skattningar som vilar på den märks.",
            "Take a submission out of all later evaluations; estimates that rest on it say so."));
        var name = AddName(host, command);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var request = new WithdrawSubmissionRequest { Name = FullName(parse.GetRequiredValue(name)) };
            var reply = await connection.Custody.WithdrawSubmissionAsync(request, connection.Options(cancellationToken));
            return Tell(host, reply.Life, parse.GetValue(json));
        });
    }

    private static Command Retain(CommandHost host)
    {
        var command = new Command("retain", host.T(
            "Sätt den sista dag en leverans rader får finnas kvar; dagen efter tas de bort för gott.",
            "Set the last day on which a submission's rows may be kept; the day after they are removed for good."));
        var name = AddName(host, command);
        var until = new Option<string>("--until")
        {
            Description = host.T("Dagen, åååå-mm-dd, eller 'none' för ingen.", "The day, yyyy-mm-dd, or 'none' for no such day."),
            HelpName = host.T("DAG", "DAY"),
            Required = true,
        };
        command.Add(until);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var day = parse.GetRequiredValue(until);
            var request = new SetRetentionRequest
            {
                Name = FullName(parse.GetRequiredValue(name)),
                RetainUntil = string.Equals(day, "none", StringComparison.OrdinalIgnoreCase) ? string.Empty : day,
            };
            var reply = await connection.Custody.SetRetentionAsync(request, connection.Options(cancellationToken));
            return Tell(host, reply.Life, parse.GetValue(json));
        });
    }

    private static Command Return(CommandHost host)
    {
        var command = new Command("return", host.T(
            "Hämta varje rad som hubben har från er, med leverans och radnummer, och vad som fanns att anmärka.",
            "Fetch every row that the hub has from you, with submission and row number, and what was found."));
        var folder = new Argument<string>("folder") { Description = host.T("En mapp att skriva i; en undermapp per leverans.", "A folder to write to; one folder in it per submission.") };
        var name = new Option<string?>("--submission") { Description = host.T("Bara en leverans.", "One submission only."), HelpName = "submissions/…" };
        command.Add(folder);
        command.Add(name);
        var hub = host.AddHubOptions(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var request = new ReturnOwnDataRequest { Name = parse.GetValue(name) is { } one ? FullName(one) : string.Empty };
            using var call = connection.Custody.ReturnOwnData(request, connection.Options(cancellationToken));
            await using var files = new ReturnedFiles(parse.GetRequiredValue(folder));
            var count = await files.WriteAsync(call.ResponseStream, host.Terminal, cancellationToken);
            var submissions = Counted.Submissions(count);
            host.Terminal.Line(host.T($"{submissions.Sv} i {files.Folder}.", $"{submissions.En} in {files.Folder}."));
            return ExitCode.Ok;
        });
    }

    private static Command Erase(CommandHost host)
    {
        var command = new Command("erase", host.T(
            "Radera en person ur allt ni har sänt till ett projekt. Personnumret läses från standard in och lämnar inte datorn.",
            "Erase a person from everything you have sent to a project. The identity number is read from standard input and does not leave the computer."));
        var key = new Option<string>("--key") { Description = host.T("Projektets nyckelfil.", "The project's key file."), HelpName = "FILE", Required = true };
        var yes = new Option<bool>("--yes") { Description = host.T("Fråga inte: det går inte att ångra.", "Do not ask: it cannot be undone.") };
        command.Add(key);
        command.Add(yes);
        var hub = host.AddHubOptions(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var person = PersonInput.Read(host, parse.GetRequiredValue(key), Console.In);
            if (!parse.GetValue(yes)) PersonInput.Confirm(host, person.Project, Console.In);
            using var connection = hub.Connect(parse);
            var request = new ErasePersonRequest { Project = person.Project.Code, PersonId = person.Pseudonym };
            var reply = await connection.Custody.ErasePersonAsync(request, connection.Options(cancellationToken));
            var (rows, submissions) = (Counted.Rows(reply.Rows), Counted.Submissions(reply.Submissions));
            host.Terminal.Line(host.T(
                $"{rows.Sv} {(reply.Rows == 1 ? "raderad" : "raderade")} ur {submissions.Sv}.", $"{rows.En} erased from {submissions.En}."));
            if (reply.Rows == 0)
            {
                host.Terminal.Note(host.T(
                    "Ingen rad fanns om personen. Är det rätt nummer, och nyckeln som leveranserna gjordes med?",
                    "There was no row about the person. Is it the right number, and the key that the submissions were made with?"));
            }

            if (reply.CancelledUploads > 0)
            {
                host.Terminal.Line(reply.CancelledUploads == 1
                    ? host.T(
                        "1 pågående sändning avbröts; sänd den igen utan personen.",
                        "1 upload under way was cancelled; send it again without the person.")
                    : host.T(
                        $"{reply.CancelledUploads} pågående sändningar avbröts; sänd dem igen utan personen.",
                        $"{reply.CancelledUploads} uploads under way were cancelled; send them again without the person."));
            }

            return ExitCode.Ok;
        });
    }

    private static Argument<string> AddName(CommandHost host, Command command)
    {
        var name = new Argument<string>("name") { Description = host.T("Leveransens namn, submissions/…", "The submission's name, submissions/…") };
        command.Add(name);
        return name;
    }

    private static string FullName(string asked) => asked.StartsWith("submissions/", StringComparison.Ordinal) ? asked : $"submissions/{asked}";

    private static ExitCode Tell(CommandHost host, SubmissionLife life, bool json)
    {
        if (json) ProtoJson.WriteLine(host.Terminal.Out, life);
        else LifeSheet.Write(host.Terminal, life);
        return ExitCode.Ok;
    }
}
