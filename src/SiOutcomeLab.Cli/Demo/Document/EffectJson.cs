using System.Text.Json;
using SiOutcomeLab.Cli.Demo.Reference;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Demo.Document;

/// <summary>One effect of the demo's document.</summary>
internal static class EffectJson
{
    public static void Write(Utf8JsonWriter json, Effect effect, DemoResult result)
    {
        json.WriteStartObject();
        json.WriteString("name", effect.Name);
        json.WriteString("plan", effect.Plan);
        json.WriteString("organisation", effect.Organisation);
        json.WriteString("method", effect.Method);
        json.WriteString("measure", effect.Outcome?.Measure);
        json.WriteNumber("horizonPeriods", effect.Outcome?.HorizonPeriods ?? 0);
        json.WriteString("summary", effect.Outcome?.Summary.ToString());
        json.WriteString("unit", effect.UnitEn);
        json.WriteString("role", Lower(effect.Role.ToString()));
        json.WriteString("estimator", effect.Estimator.ToString());
        json.WriteString("status", Status(effect));
        WriteNumbers(json, effect.ResultCase == Effect.ResultOneofCase.Estimate ? effect.Estimate : null);
        WriteReasons(json, effect);
        json.WriteString("standing", Lower(effect.Standing.ToString()));
        json.WriteString("timing", Lower(effect.Timing.ToString()));
        WriteFlow(json, effect);
        WriteDiagnostics(json, effect.Diagnostics);
        json.WriteString("sentenceSv", effect.SentenceSv);
        json.WriteString("sentenceEn", effect.SentenceEn);
        WriteLineage(json, effect);
        WriteCheck(json, result.Checks, result.Checks.Of(effect));
        WriteKnown(json, effect, result.Known);
        json.WriteEndObject();
    }

    private static void WriteCheck(Utf8JsonWriter json, ReferenceChecks checks, EffectCheck? check)
    {
        if (check is null) json.WriteNull("referenceCheck");
        else CheckJson.Write(json, "referenceCheck", check.Checks, checks.Source, check.Label, check.LargestSmd);
    }

    private static void WriteNumbers(Utf8JsonWriter json, Estimate? e)
    {
        WriteCells(
            json,
            ("estimate", e?.Point), ("standardError", e?.StandardError), ("ciLow", e?.CiLow), ("ciHigh", e?.CiHigh), ("pValue", e?.PValue),
            ("treatedMean", e?.TreatedMean), ("counterfactualMean", e?.CounterfactualMean), ("participants", e?.Participants),
            ("comparison", e?.Comparison), ("effectiveComparison", e?.EffectiveComparison), ("shareRetained", e?.ShareRetained));
        json.WriteString("standardErrorType", e?.StandardErrorType);
        CheckJson.WriteNumber(json, "confidenceLevel", e?.ConfidenceLevel);
        json.WriteString("holdsFor", e is null ? null : Lower(e.HoldsFor.ToString()));
    }

    private static void WriteReasons(Utf8JsonWriter json, Effect effect)
    {
        if (effect.ResultCase == Effect.ResultOneofCase.NotEstimable)
        {
            json.WriteStartObject("notEstimable");
            json.WriteString("reason", effect.NotEstimable.Reason);
            json.WriteString("detail", effect.NotEstimable.Detail);
            json.WriteString("remedySv", effect.NotEstimable.RemedySv);
            json.WriteString("remedyEn", effect.NotEstimable.RemedyEn);
            json.WriteEndObject();
        }
        else if (effect.ResultCase == Effect.ResultOneofCase.Withheld)
        {
            json.WriteStartObject("withheld");
            json.WriteString("reason", Lower(effect.Withheld.Reason.ToString()));
            json.WriteString("remedySv", effect.Withheld.RemedySv);
            json.WriteString("remedyEn", effect.Withheld.RemedyEn);
            json.WriteEndObject();
        }
    }

    private static void WriteFlow(Utf8JsonWriter json, Effect effect)
    {
        json.WriteStartArray("flow");
        foreach (var step in effect.Flow)
        {
            json.WriteStartObject();
            json.WriteString("step", Lower(step.Step.ToString()));
            WriteCells(json, ("participants", step.Participants), ("comparison", step.Comparison));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDiagnostics(Utf8JsonWriter json, Diagnostics? diagnostics)
    {
        if (diagnostics is null)
        {
            json.WriteNull("diagnostics");
            return;
        }

        json.WriteStartObject("diagnostics");
        json.WriteString("verdict", Lower(diagnostics.Verdict.ToString()));
        json.WriteStartArray("failing");
        foreach (var name in diagnostics.Failing) json.WriteStringValue(name);
        json.WriteEndArray();
        WriteCells(
            json,
            ("largestSmdBefore", diagnostics.LargestSmdBefore),
            ("largestSmdAfter", diagnostics.LargestSmdAfter),
            ("overlapCoefficient", diagnostics.OverlapCoefficient),
            ("equipoiseShare", diagnostics.EquipoiseShare));
        json.WriteStartArray("balance");
        foreach (var row in diagnostics.Balance)
        {
            json.WriteStartObject();
            json.WriteString("covariate", row.Covariate);
            WriteCells(json, ("smdBefore", row.SmdBefore), ("smdAfter", row.SmdAfter));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLineage(Utf8JsonWriter json, Effect effect)
    {
        json.WriteStartObject("lineage");
        json.WriteString("run", effect.Lineage?.Run);
        json.WriteString("planHash", effect.Lineage?.PlanHash);
        json.WriteString("snapshotHash", effect.Lineage?.SnapshotHash);
        json.WriteString("codeVersion", effect.Lineage?.CodeVersion);
        json.WriteNumber("seed", effect.Lineage?.Seed ?? 0);
        json.WriteNumber("look", effect.Lineage?.Look ?? 0);
        json.WriteString("ruleVersion", effect.RuleVersion);
        json.WriteEndObject();
    }

    private static void WriteKnown(Utf8JsonWriter json, Effect effect, KnownEffects known)
    {
        if (known.Of(effect) is not { } truth)
        {
            json.WriteNull("knownEffect");
            return;
        }

        json.WriteStartObject("knownEffect");
        json.WriteNumber("effect", truth);
        if (known.IsCovered(effect) is { } covered) json.WriteBoolean("covered", covered);
        else json.WriteNull("covered");
        json.WriteEndObject();
    }

    /// <summary>The numbers; a withheld one is null, and the object it stands in says why.</summary>
    private static void WriteCells(Utf8JsonWriter json, params ReadOnlySpan<(string Name, Cell? Cell)> cells)
    {
        var isAnySuppressed = false;
        foreach (var (name, cell) in cells)
        {
            CheckJson.WriteNumber(json, name, cell?.ContentCase == Cell.ContentOneofCase.Value ? cell.Value : null);
            isAnySuppressed |= cell?.ContentCase == Cell.ContentOneofCase.Suppressed;
        }

        if (!isAnySuppressed) return;
        json.WriteStartObject("suppressed");
        foreach (var (name, cell) in cells)
        {
            if (cell?.ContentCase == Cell.ContentOneofCase.Suppressed) json.WriteString(name, Lower(cell.Suppressed.ToString()));
        }

        json.WriteEndObject();
    }

    private static string Status(Effect effect) => effect.ResultCase switch
    {
        Effect.ResultOneofCase.Estimate => "estimated",
        Effect.ResultOneofCase.NotEstimable => "notEstimable",
        _ => "withheld",
    };

    private static string Lower(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];
}
