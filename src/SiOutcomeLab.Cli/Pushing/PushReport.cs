using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Cli.Pushing;

/// <summary>Tells what became of a delivery: the receipt, or the findings grouped by where they stand.</summary>
internal static class PushReport
{
    public static ExitCode Write(Terminal terminal, PushOutcome outcome, string? receiptFile)
    {
        if (outcome.IsRefused)
        {
            terminal.Line(
                terminal.Pick("Leveransen är inte mottagen; inget av den sparades.", "The submission is refused; nothing of it was kept."));
            WriteFindings(terminal, outcome.Answer.Refused.Findings);
            return ExitCode.Refused;
        }

        terminal.Line(outcome.WasThere
            ? terminal.Pick(
                "Samma leverans fanns redan; kvittot är det första.", "The same submission was there already; this is its first receipt.")
            : terminal.Pick("Mottagen och varaktigt sparad.", "Received and durably kept."));
        WriteReceipt(terminal, outcome.Answer.Accepted.Receipt);
        if (receiptFile is not null) terminal.Line($"  {terminal.Pick("kvittot i", "receipt in"),-18} {receiptFile}");
        return ExitCode.Ok;
    }

    /// <summary>A receipt, as rows of names and values.</summary>
    public static void WriteReceipt(Terminal terminal, Receipt receipt)
    {
        var rows = new List<(string Name, string Value)>
        {
            (terminal.Pick("leverans", "submission"), receipt.Submission),
            (terminal.Pick("organisation", "organisation"), receipt.Organisation),
            (terminal.Pick("projekt", "project"), receipt.Project),
            (terminal.Pick("perioder", "periods"), $"{receipt.FirstPeriod} – {receipt.LastPeriod}"),
            (terminal.Pick("personer", "persons"), Count(terminal, receipt.Persons)),
        };
        foreach (var file in receipt.Files)
        {
            var isObservations = file.File == SubmissionFile.Observations;
            rows.Add((
                isObservations ? terminal.Pick("observationsrader", "observation rows") : terminal.Pick("deltaganden", "participation rows"),
                Count(terminal, file.Rows)));
            rows.Add((terminal.Pick("  sänd SHA-256", "  sent SHA-256"), file.Sha256));
            if (file.RowsSha256.Length > 0) rows.Add((terminal.Pick("  radernas hash", "  rows' hash"), file.RowsSha256));
        }

        rows.Add((terminal.Pick("innehållets hash", "content hash"), receipt.ContentHash));
        if (receipt.PseudonymKey.Length > 0) rows.Add((terminal.Pick("pseudonymnyckel", "pseudonym key"), receipt.PseudonymKey));
        rows.Add((terminal.Pick("sparad", "kept since"), TimeText.Second(receipt.CommittedAt, terminal.Language)));
        foreach (var (name, value) in rows) terminal.Line($"  {name,-18} {value}");
        if (receipt.Warnings.Count > 0) WriteFindings(terminal, receipt.Warnings);
    }

    public static void WriteFindings(Terminal terminal, IEnumerable<Finding> findings)
    {
        foreach (var part in findings.GroupBy(f => f.Part).OrderBy(g => g.Key))
        {
            terminal.Line();
            terminal.Line(PartName(terminal, part.Key));
            foreach (var finding in part.OrderByDescending(f => f.Severity)) WriteFinding(terminal, finding);
        }
    }

    private static void WriteFinding(Terminal terminal, Finding finding)
    {
        var severity = finding.Severity == Severity.Error ? terminal.Pick("fel", "error") : terminal.Pick("varning", "warning");
        var column = finding.Column.Length == 0 ? string.Empty : terminal.Pick($", kolumn {finding.Column}", $", column {finding.Column}");
        Wrap.Write(terminal.Out, $"{severity} {finding.Rule}{column}", "  ", "    ");
        Wrap.Write(terminal.Out, terminal.Pick(finding.ExplanationSv, finding.ExplanationEn), "    ");
        if (finding.SampleRows.Count > 0)
        {
            var rows = string.Join(", ", finding.SampleRows) + (finding.Count > finding.SampleRows.Count ? " …" : string.Empty);
            Wrap.Write(terminal.Out, $"{terminal.Pick(Counted.Rows(finding.Count))}: {rows}", "    ");
        }

        Wrap.Write(terminal.Out, terminal.Pick(finding.RemedySv, finding.RemedyEn), "    → ");
    }

    private static string PartName(Terminal terminal, SubmissionPart part) => part switch
    {
        SubmissionPart.Manifest => terminal.Pick("Manifestet", "The manifest"),
        SubmissionPart.Observations => terminal.Pick("Observationsfilen", "The observations file"),
        SubmissionPart.Participations => terminal.Pick("Deltagandefilen", "The participations file"),
        _ => terminal.Pick("Leveransen", "The submission"),
    };

    private static string Count(Terminal terminal, long count) => terminal.Pick(PlainNumber.Fixed(count, 0));
}
