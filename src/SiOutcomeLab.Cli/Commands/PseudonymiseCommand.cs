using System.CommandLine;
using System.Text.Json.Nodes;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Pseudonymising;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Validating;
using SiOutcomeLab.Contract;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab pseudonymise</c>: a municipality's tables with identity numbers become a delivery without them.</summary>
internal static class PseudonymiseCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new Command(
            "pseudonymise",
            host.T(
                "Gör en leverans av egna tabeller: personnummer blir pseudonymer under projektets nyckel.",
                "Make a delivery from your own tables: identity numbers become pseudonyms under the project's key."));
        var observations = Required("--observations", "FILE", host.T("Observationer: CSV eller Parquet.", "Observations: CSV or Parquet."));
        var participations = Text("--participations", "FILE", host.T(
            "Deltaganden, om det finns några.",
            "Participations, if there are any."));
        var key = Required("--key", "FILE", host.T("Projektets nyckelfil.", "The project's key file."));
        var settings = Text("--settings", "FILE", host.T("Inställningar (se silab template).", "Settings (see silab template)."));
        var output = Required("--out", "DIR", host.T("Ny mapp för leveransen.", "A new folder for the delivery."));
        var encoding = Choice("--encoding", host.T(
            "Textfilers teckenkodning.",
            "Encoding of text files."), "auto", "utf-8", "windows-1252", "utf-16");
        var delimiter = Choice("--delimiter", host.T("Skiljetecken.", "Separator."), "auto", ";", ",", "tab", "|");
        var numbers = Choice("--decimal", host.T("Decimaltecken.", "Decimal mark."), "auto", ",", ".");
        var skip = new Option<bool>("--skip-invalid")
        {
            Description = host.T(
                "Utelämna rader som inte kan tas i stället för att vägra.",
                "Leave out rows that cannot be taken instead of refusing."),
        };
        Option[] options = [observations, participations, key, settings, output, encoding, delimiter, numbers, skip];
        foreach (var option in options) command.Add(option);
        var statements = Statements(host);
        foreach (var (_, option) in statements) command.Add(option);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var given = statements.ToDictionary(s => s.Property, s => Node(s.Property, parse.GetValue(s.Option)));
            var (read, findings) = await SubmissionSettings.ReadAsync(parse.GetValue(settings), given, cancellationToken);
            if (read is null) return Refuse(host.Terminal, findings, parse.GetValue(settings));
            var projectKey = KeyFiles.Read(parse.GetRequiredValue(key));
            if (projectKey.Project != read.Draft.Project) throw OtherProject(projectKey, read);
            var reading = new TableReading(
                CsvEncoding.Named(parse.GetRequiredValue(encoding)),
                Separator(parse.GetRequiredValue(delimiter)),
                Style(parse.GetRequiredValue(numbers)));
            var run = new PseudonymiseRun(read, projectKey, reading, parse.GetValue(skip));
            var target = parse.GetRequiredValue(output);
            var outcome = await run.WriteAsync(
                parse.GetRequiredValue(observations), parse.GetValue(participations), target, cancellationToken);
            if (parse.GetValue(json)) PseudonymiseReport.WriteJson(host.Terminal.Out, outcome, target);
            else PseudonymiseReport.Write(host.Terminal, outcome, target);
            return outcome.Manifest is null ? ExitCode.Refused : ExitCode.Ok;
        });

        static Option<string> Required(string name, string help, string description) =>
            new(name) { Description = description, HelpName = help, Required = true };
        static Option<string?> Text(string name, string help, string description) => new(name) { Description = description, HelpName = help };
    }

    private static Option<string> Choice(string name, string description, params string[] choices)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('/', choices),
            DefaultValueFactory = _ => choices[0],
        };
        option.AcceptOnlyFromAmong(choices);
        return option;
    }

    private static (string Property, Option<string?> Option)[] Statements(CommandHost host)
    {
        return
        [
            Of("organisation", "--organisation", "CODE", host.T("Den egna koden.", "Your own code.")),
            Of("project", "--project", "CODE", host.T("Projektet.", "The project.")),
            Of("periods", "--periods", "P..P", host.T("Perioder, t.ex. 2024-Q1..2024-Q4.", "Periods, e.g. 2024-Q1..2024-Q4.")),
            Of("population.definition", "--population", "TEXT", host.T("Vilka leveransen omfattar.", "Whom the delivery is about.")),
            Of("population.source", "--population-source", "TEXT", host.T("Varifrån de är hämtade.", "Where they were taken from.")),
            Of("legal_basis", "--legal-basis", "TEXT", host.T("Rättslig grund.", "Legal basis.")),
            Of("supersedes", "--supersedes", "ID", host.T("Leveransen som denna ersätter.", "The submission that this one replaces.")),
            Of("allowed_uses", "--allow", "USE,USE", host.T("Tillåten användning.", "Allowed uses.")),
        ];

        static (string, Option<string?>) Of(string property, string name, string help, string description) =>
            (property, new Option<string?>(name) { Description = description, HelpName = help });
    }

    private static JsonNode? Node(string property, string? text)
    {
        if (text is null) return null;
        if (property != "allowed_uses") return JsonValue.Create(text);
        var words = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new JsonArray([.. words.Select(word => JsonValue.Create(word))]);
    }

    private static char? Separator(string word) => word switch { "auto" => null, "tab" => '\t', _ => word[0] };

    private static NumberStyle? Style(string word) => word switch { "," => NumberStyle.Comma, "." => NumberStyle.Point, _ => null };

    private static ExitCode Refuse(Terminal terminal, IReadOnlyList<Domain.Submissions.Finding> findings, string? path)
    {
        terminal.Line(terminal.Pick(
            $"Uppgifterna om leveransen räcker inte ({path ?? "inga inställningar"}):",
            $"What is told of the delivery is not enough ({path ?? "no settings"}):"));
        FindingText.Write(terminal, findings);
        return ExitCode.Refused;
    }

    private static CommandException OtherProject(ProjectKey key, SubmissionSettings settings) => new(
        ExitCode.Conflict,
        new($"Nyckeln är för projektet {key.Project}, men leveransen för {settings.Draft.Project}.",
            $"The key is for the project {key.Project}, but the delivery for {settings.Draft.Project}."),
        new("Ge projektets egen nyckelfil med --key.", "Give the project's own key file with --key."));
}
