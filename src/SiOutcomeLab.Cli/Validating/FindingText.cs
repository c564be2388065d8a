using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Cli.Validating;

/// <summary>Tells findings to people: by file, errors first, each with column, count, first row numbers and remedy.</summary>
internal static class FindingText
{
    public static void Write(Terminal terminal, IEnumerable<Finding> findings)
    {
        foreach (var part in findings.GroupBy(f => f.Part).OrderBy(g => g.Key))
        {
            terminal.Line();
            terminal.Line(PartName(terminal, part.Key));
            foreach (var finding in part.OrderByDescending(f => f.Severity)) WriteOne(terminal, finding);
        }
    }

    public static string PartName(Terminal terminal, SubmissionPart part) => part switch
    {
        SubmissionPart.Manifest => terminal.Pick("Manifestet", "The manifest"),
        SubmissionPart.Observations => terminal.Pick("Observationerna", "The observations"),
        _ => terminal.Pick("Deltagandena", "The participations"),
    };

    public static string SeverityWord(Terminal terminal, Severity severity) =>
        severity == Severity.Error ? terminal.Pick("fel", "error") : terminal.Pick("varning", "warning");

    public static string Count(Terminal terminal, long count) => terminal.Pick(PlainNumber.Fixed(count, 0));

    private static void WriteOne(Terminal terminal, Finding finding)
    {
        var column = finding.Column is { } name ? terminal.Pick($", kolumn {name}", $", column {name}") : string.Empty;
        Wrap.Write(terminal.Out, $"{SeverityWord(terminal, finding.Severity)} {finding.Rule}{column}", "  ", "    ");
        Wrap.Write(terminal.Out, terminal.Pick(finding.Explanation), "    ");
        if (finding.SampleRows.Count > 0)
        {
            var rows = string.Join(", ", finding.SampleRows) + (finding.Count > finding.SampleRows.Count ? " …" : string.Empty);
            Wrap.Write(terminal.Out, $"{terminal.Pick(Counted.Rows(finding.Count))}: {rows}", "    ");
        }

        Wrap.Write(terminal.Out, terminal.Pick(finding.Remedy), "    → ");
    }
}
