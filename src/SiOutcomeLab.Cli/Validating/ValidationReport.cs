using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Cli.Validating;

/// <summary>Tells what an offline check found: to people, to programs, and as a table for Excel.</summary>
internal static class ValidationReport
{
    public static void Write(Terminal terminal, OfflineResult result)
    {
        FindingText.Write(terminal, result.Findings);
        if (result.Findings.Count > 0) terminal.Line();
        if (result.Result is { } check)
        {
            var rows = terminal.Pick(Counted.ObservationRows(check.ObservationRows));
            var persons = terminal.Pick(Counted.Persons(check.Persons));
            terminal.Line($"{rows}, {persons}, {terminal.Pick(Counted.Participations(check.ParticipationRows))}.");
            if (check.ObservationsHash is { } first) terminal.Line(terminal.Pick(
                $"Radernas hash, observationer: {first}",
                $"Hash of the rows, observations: {first}"));
            if (check.ParticipationsHash is { } second) terminal.Line(terminal.Pick(
                $"Radernas hash, deltaganden:    {second}",
                $"Hash of the rows, participations: {second}"));
            if (!result.InterventionsAreKnown && check.ParticipationRows > 0)
            {
                terminal.Line(terminal.Pick(
                    "Insatskoderna är inte jämförda med registret: ge --interventions FIL.",
                    "The intervention codes were not held against the register: give --interventions FILE."));
            }
        }

        terminal.Line(Verdict(terminal, result));
    }

    public static void WriteJson(TextWriter output, OfflineResult result) => JsonOutput.Write(output, writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("accepted", result.Errors == 0);
        writer.WriteNumber("errors", result.Errors);
        writer.WriteNumber("warnings", result.Warnings);
        if (result is { Manifest: { } manifest, Result: { } check })
        {
            writer.WriteString("organisation", manifest.Organisation.Code);
            writer.WriteString("project", manifest.Project.Code);
            writer.WriteString("content_hash", manifest.ContentHash());
            writer.WriteNumber("observation_rows", check.ObservationRows);
            writer.WriteNumber("participation_rows", check.ParticipationRows);
            writer.WriteNumber("persons", check.Persons);
            if (check.ObservationsHash is { } first) writer.WriteString("observations_hash", first);
            if (check.ParticipationsHash is { } second) writer.WriteString("participations_hash", second);
        }

        writer.WriteBoolean("interventions_checked", result.InterventionsAreKnown);
        FindingsJson.Write(writer, "findings", result.Findings);
        writer.WriteEndObject();
    });

    public static Task WriteCsvAsync(Terminal terminal, string path, IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> heading =
        [
            terminal.Pick("del", "part"),
            terminal.Pick("allvar", "severity"),
            terminal.Pick("regel", "rule"),
            terminal.Pick("kolumn", "column"),
            terminal.Pick("antal", "count"),
            terminal.Pick("exempelrader", "sample rows"),
            terminal.Pick("vad", "what"),
            terminal.Pick("gör så här", "remedy"),
        ];
        var rows = findings.Select(f => (IReadOnlyList<string>)
        [
            FindingText.PartName(terminal, f.Part),
            FindingText.SeverityWord(terminal, f.Severity),
            f.Rule,
            f.Column ?? string.Empty,
            f.Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
            string.Join(' ', f.SampleRows),
            terminal.Pick(f.Explanation),
            terminal.Pick(f.Remedy),
        ]);
        return ExcelCsv.WriteAsync(path, rows.Prepend(heading), cancellationToken);
    }

    private static string Verdict(Terminal terminal, OfflineResult result)
    {
        if (result.Errors > 0)
        {
            return terminal.Pick(
                $"Leveransen skulle inte tas emot: {result.Errors} slags fel, {result.Warnings} slags varningar.",
                $"The submission would be refused: {result.Errors} {(result.Errors == 1 ? "kind" : "kinds")} of error, {result.Warnings} of warning.");
        }

        return result.Warnings > 0
            ? terminal.Pick(
                $"Leveransen skulle tas emot, med {result.Warnings} slags varningar.",
                $"The submission would be taken, with {result.Warnings} {(result.Warnings == 1 ? "kind" : "kinds")} of warning.")
            : terminal.Pick("Leveransen skulle tas emot utan anmärkning.", "The submission would be taken without remark.");
    }
}
