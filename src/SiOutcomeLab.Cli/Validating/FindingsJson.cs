using System.Text.Json;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Cli.Validating;

/// <summary>Findings as JSON, in snake_case, with both languages.</summary>
internal static class FindingsJson
{
    public static void Write(Utf8JsonWriter writer, string name, IEnumerable<Finding> findings)
    {
        writer.WriteStartArray(name);
        foreach (var finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("rule", finding.Rule);
            writer.WriteString("severity", Word(finding.Severity));
            writer.WriteString("part", Word(finding.Part));
            if (finding.Column is null) writer.WriteNull("column");
            else writer.WriteString("column", finding.Column);
            writer.WriteNumber("count", finding.Count);
            writer.WriteStartArray("sample_rows");
            foreach (var row in finding.SampleRows) writer.WriteNumberValue(row);
            writer.WriteEndArray();
            WriteText(writer, "explanation", finding.Explanation);
            WriteText(writer, "remedy", finding.Remedy);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void WriteText(Utf8JsonWriter writer, string name, BilingualText text)
    {
        writer.WriteString(name + "_sv", text.Sv);
        writer.WriteString(name + "_en", text.En);
    }

    public static string Word(Severity severity) => severity == Severity.Error ? "error" : "warning";

    public static string Word(SubmissionPart part) => part switch
    {
        SubmissionPart.Manifest => "manifest",
        SubmissionPart.Observations => "observations",
        _ => "participations",
    };
}
