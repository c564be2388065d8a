using System.Text.Json;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Statistics.Balance;
using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Cli.Analysing.Reports;

/// <summary>Writes a report as JSON: numbers in full, what is none as null.</summary>
internal static class ReportJson
{
    public static void Write(Utf8JsonWriter json, AnalysisReport report, Language language)
    {
        json.WriteStartObject();
        json.WriteString("analysis", report.Analysis);
        if (report.File is not null)
        {
            json.WriteString("file", report.File);
            json.WriteNumber("rowsInFile", report.RowsInFile);
            json.WriteNumber("rowsUsed", report.RowsUsed);
        }

        json.WriteStartObject("settings");
        foreach (var (name, value) in report.Settings) WriteValue(json, name, value);
        json.WriteEndObject();
        json.WriteStartArray("estimates");
        foreach (var line in report.Estimates) WriteLine(json, line, language);
        json.WriteEndArray();
        if (report.NotEstimable is { } refusal) WriteRefusal(json, refusal, language);
        WriteDropped(json, report.Dropped);
        json.WriteStartObject("diagnostics");
        foreach (var figure in report.Diagnostics) Number(json, figure.Name, figure.Value);
        if (report.Coefficients.Count > 0) WriteCoefficients(json, report.Coefficients);
        if (report.Gate is { } gate) WriteGate(json, gate);
        if (report.Balance is { } balance) BalanceJson.Write(json, balance, report.ByDenominator);
        if (report.Overlap is { } overlap) BalanceJson.Write(json, overlap);
        json.WriteEndObject();
        if (report.Sources.Count > 0) WriteSources(json, report.Sources);
        json.WriteStartArray("notes");
        foreach (var note in report.Notes) json.WriteStringValue(language.Pick(note));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLine(Utf8JsonWriter json, EstimateLine line, Language language)
    {
        json.WriteStartObject();
        json.WriteString("name", line.Name);
        json.WriteString("estimand", line.Estimand);
        Number(json, "estimate", line.Estimate);
        Number(json, "standardError", line.StandardError);
        json.WriteString("standardErrorType", line.StandardErrorType);
        Number(json, "ciLow", line.Low);
        Number(json, "ciHigh", line.High);
        Count(json, "n", line.N);
        if (line.Treated is not null) Count(json, "nTreated", line.Treated);
        if (line.Comparison is not null) Count(json, "nComparison", line.Comparison);
        if (line.ShareRetained is { } share) Number(json, "shareOfTreatedRetained", share);
        if (!double.IsNaN(line.PValue)) json.WriteNumber("pValue", line.PValue);
        if (!double.IsNaN(line.DegreesOfFreedom)) Number(json, "degreesOfFreedom", line.DegreesOfFreedom);
        if (line.BandLow is { } low) Number(json, "bandLow", low);
        if (line.BandHigh is { } high) Number(json, "bandHigh", high);
        if (line.Alternatives.Count > 0)
        {
            json.WriteStartArray("alternativeStandardErrors");
            foreach (var other in line.Alternatives)
            {
                json.WriteStartObject();
                json.WriteString("type", other.Type.ToString());
                Number(json, "value", other.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (line.Refusal is { } refusal) WriteRefusal(json, refusal, language);
        json.WriteEndObject();
    }

    private static void WriteRefusal(Utf8JsonWriter json, Refusal refusal, Language language)
    {
        json.WriteStartObject("notEstimable");
        json.WriteString("reason", refusal.Reason.ToString());
        json.WriteString("detail", refusal.Detail);
        json.WriteString("remedy", language.Pick(refusal.Remedy));
        json.WriteEndObject();
    }

    private static void WriteDropped(Utf8JsonWriter json, DroppedRows dropped)
    {
        json.WriteNumber("droppedTotal", dropped.Total);
        json.WriteStartArray("droppedCounts");
        foreach (var (reason, column, count) in dropped.Counts)
        {
            json.WriteStartObject();
            json.WriteString("reason", Camel(reason.ToString()));
            json.WriteString("column", column);
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("dropped");
        foreach (var row in dropped.Listed)
        {
            json.WriteStartObject();
            json.WriteNumber("row", row.Row);
            json.WriteString("reason", Camel(row.Reason.ToString()));
            json.WriteString("column", row.Column);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCoefficients(Utf8JsonWriter json, IReadOnlyList<Coefficient> coefficients)
    {
        json.WriteStartArray("propensityCoefficients");
        foreach (var coefficient in coefficients)
        {
            json.WriteStartObject();
            json.WriteString("name", coefficient.Name);
            Number(json, "estimate", coefficient.Value);
            Number(json, "standardError", coefficient.StandardError);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSources(Utf8JsonWriter json, IReadOnlyList<PooledSource> sources)
    {
        json.WriteStartArray("sources");
        foreach (var source in sources)
        {
            json.WriteStartObject();
            json.WriteString("label", source.Label);
            Number(json, "estimate", source.Estimate);
            Number(json, "standardError", source.StandardError);
            Number(json, "weightPercent", source.Weight);
            Number(json, "shrunkenEstimate", source.Shrunken);
            Number(json, "shrunkenStandardError", source.ShrunkenError);
            Number(json, "shrunkenCiLow", source.ShrunkenLow);
            Number(json, "shrunkenCiHigh", source.ShrunkenHigh);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteGate(Utf8JsonWriter json, BalanceVerdict gate)
    {
        json.WriteStartObject("gate");
        json.WriteString("grade", Camel(gate.Grade.ToString()));
        WriteNames(json, "failed", gate.Failed);
        WriteNames(json, "mustAdjustFor", gate.MustAdjustFor);
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IReadOnlyList<string> names)
    {
        json.WriteStartArray(name);
        foreach (var each in names) json.WriteStringValue(each);
        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null: json.WriteNull(name); break;
            case bool flag: json.WriteBoolean(name, flag); break;
            case int whole: json.WriteNumber(name, whole); break;
            case double number: Number(json, name, number); break;
            case IReadOnlyList<string> names: WriteNames(json, name, names); break;
            default: json.WriteString(name, value.ToString()); break;
        }
    }

    private static void Count(Utf8JsonWriter json, string name, int? count)
    {
        if (count is { } some) json.WriteNumber(name, some);
        else json.WriteNull(name);
    }

    public static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }

    public static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
