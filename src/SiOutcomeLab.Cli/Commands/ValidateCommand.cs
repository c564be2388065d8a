using System.CommandLine;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Pseudonymising;
using SiOutcomeLab.Cli.Pushing;
using SiOutcomeLab.Cli.Validating;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab validate</c>: the hub's own check, before anything is sent.</summary>
internal static class ValidateCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new Command(
            "validate",
            host.T(
                "Kontrollera en leverans med hubbens egna regler, utan att sända något.",
                "Check a submission by the hub's own rules, sending nothing."));
        var place = new Argument<string?>("folder")
        {
            Description = host.T("Leveransens mapp, eller dess manifest.json.", "The submission's folder, or its manifest.json."),
            Arity = ArgumentArity.ZeroOrOne,
        };
        var interventions = FileOption("--interventions", host.T(
            "Registrerade insatser (annars interventions.json bredvid).",
            "Registered interventions (else interventions.json beside)."));
        var key = FileOption("--key", host.T(
            "Projektets nyckelfil, att jämföra manifestets nyckel-id med.",
            "The project's key file, to hold the manifest's key id against."));
        var earlier = new Option<string[]>("--earlier")
        {
            Description = host.T(
                "Siffror om tidigare leveranser (från --figures), att jämföra med.",
                "Figures of earlier submissions (from --figures), to compare with."),
            HelpName = "FILE",
            DefaultValueFactory = _ => [],
        };
        var figures = FileOption("--figures", host.T(
            "Skriv leveransens siffror, för --earlier nästa gång.",
            "Write the submission's figures, for --earlier next time."));
        var csv = FileOption("--csv", host.T("Skriv anmärkningarna till en tabell för Excel.", "Write the findings to a table for Excel."));
        var strict = new Option<bool>("--strict") { Description = host.T(
            "Egen utgångskod (15) för varningar.",
            "Exit code of its own (15) for warnings.") };
        var rules = new Option<bool>("--rules") { Description = host.T("Visa alla regler.", "Show every rule.") };
        command.Add(place);
        foreach (var option in new Option[] { interventions, key, earlier, figures, csv, strict, rules }) command.Add(option);
        var json = host.AddJsonOption(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(place) is null == !result.GetValue(rules))
            {
                result.AddError(host.T("Ge en leverans, eller --rules.", "Give a submission, or --rules."));
            }
        });
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            if (parse.GetValue(rules))
            {
                if (parse.GetValue(json)) RuleList.WriteJson(host.Terminal);
                else RuleList.Write(host.Terminal);
                return ExitCode.Ok;
            }

            var files = FilesAt(parse.GetValue(place)!).RequireAll();
            var keyId = parse.GetValue(key) is { } path ? KeyFiles.Read(path).Id : null;
            var result = await OfflineCheck.RunAsync(
                files, parse.GetValue(interventions), keyId, parse.GetRequiredValue(earlier), cancellationToken);
            if (parse.GetValue(figures) is { } sheet && result.Result?.Figures is { } made)
            {
                await File.WriteAllBytesAsync(sheet, made.ToJson(), cancellationToken);
            }

            if (parse.GetValue(csv) is { } table) await ValidationReport.WriteCsvAsync(host.Terminal, table, result.Findings, cancellationToken);
            if (parse.GetValue(json)) ValidationReport.WriteJson(host.Terminal.Out, result);
            else ValidationReport.Write(host.Terminal, result);
            if (result.Errors > 0) return ExitCode.Refused;
            return result.Warnings > 0 && parse.GetValue(strict) ? ExitCode.Warned : ExitCode.Ok;
        });

        static Option<string?> FileOption(string name, string description) => new(name) { Description = description, HelpName = "FILE" };
    }

    private static SubmissionFiles FilesAt(string place) => File.Exists(place)
        ? SubmissionFiles.In(Path.GetDirectoryName(Path.GetFullPath(place))!) with { Manifest = place }
        : SubmissionFiles.In(place);
}
