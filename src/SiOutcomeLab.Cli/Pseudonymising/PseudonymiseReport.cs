using System.Text.Json;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Validating;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Cli.Pseudonymising;

/// <summary>Tells what became of the tables.</summary>
internal static class PseudonymiseReport
{
    public static void Write(Terminal terminal, PseudonymiseOutcome outcome, string target)
    {
        FindingText.Write(terminal, outcome.Findings);
        if (outcome.Findings.Any())
        {
            terminal.Line();
            terminal.Line(terminal.Pick("Rad 1 är den första under rubrikraden.", "Row 1 is the first one below the heading."));
        }

        if (outcome.Manifest is not { } manifest)
        {
            terminal.Line(terminal.Pick(
                "Inget skrevs. Rätta raderna, eller utelämna dem med --skip-invalid.",
                "Nothing was written. Mend the rows, or leave them out with --skip-invalid."));
            return;
        }

        terminal.Line(terminal.Pick(
            $"Skrivet till {target}, med nyckel {manifest.PseudonymKey}:",
            $"Written to {target}, with key {manifest.PseudonymKey}:"));
        WriteTable(terminal, SubmissionPart.Observations, outcome.Observations);
        if (outcome.Participations is { } second) WriteTable(terminal, SubmissionPart.Participations, second);
        terminal.Line(terminal.Pick($"Kontrollera nu: silab validate {target}", $"Now check it: silab validate {target}"));
    }

    public static void WriteJson(TextWriter output, PseudonymiseOutcome outcome, string target) => JsonOutput.Write(output, writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("written", outcome.Manifest is not null);
        writer.WriteString("folder", target);
        if (outcome.Manifest is { } manifest)
        {
            writer.WriteString("pseudonym_key", manifest.PseudonymKey);
            writer.WriteString("content_hash", manifest.ContentHash());
        }

        WriteTable(writer, "observations", outcome.Observations);
        if (outcome.Participations is { } second) WriteTable(writer, "participations", second);
        FindingsJson.Write(writer, "findings", outcome.Findings);
        writer.WriteEndObject();
    });

    private static void WriteTable(Terminal terminal, SubmissionPart part, PseudonymisedTable table)
    {
        var rows = terminal.Pick(Counted.Rows(table.Rows));
        var left = table.RowsLeftOut == 0
            ? string.Empty
            : terminal.Pick(
                $", {FindingText.Count(terminal, table.RowsLeftOut)} utelämnade",
                $", {FindingText.Count(terminal, table.RowsLeftOut)} left out");
        terminal.Line($"  {FindingText.PartName(terminal, part)}: {rows}{left}");
        foreach (var (column, heading) in table.Columns)
        {
            terminal.Line($"    {heading ?? terminal.Pick("(egen kod)", "(own code)")} → {column}");
        }
    }

    private static void WriteTable(Utf8JsonWriter writer, string name, PseudonymisedTable table)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("rows", table.Rows);
        writer.WriteNumber("rows_left_out", table.RowsLeftOut);
        writer.WriteStartArray("columns");
        foreach (var (column, _) in table.Columns) writer.WriteStringValue(column);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
