using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Cli.Demo.Document;

/// <summary>
/// A demo's result as one JSON document. Numbers have full precision; a withheld one is null, with its reason under <c>suppressed</c>.
/// </summary>
internal static class DemoDocument
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TextWriter output, DemoResult result)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options)) Write(json, result);
        output.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    private static void Write(Utf8JsonWriter json, DemoResult result)
    {
        json.WriteStartObject();
        json.WriteStartArray("effects");
        foreach (var effect in result.Effects) EffectJson.Write(json, effect, result);
        json.WriteEndArray();
        WritePropensity(json, result);
        WriteCountry(json, result);
        if (result.Story is { } story) StoryJson.Write(json, story);
        WriteSubmissions(json, result);
        json.WriteStartObject("hub");
        json.WriteString("grpc", result.GrpcAddress);
        json.WriteString("json", result.JsonAddress);
        json.WriteEndObject();
        json.WriteBoolean("referenceChecksPassed", result.Checks.Passed);
        json.WriteNumber("elapsedSeconds", Math.Round(result.Elapsed.TotalSeconds, 3));
        json.WriteEndObject();
    }

    private static void WritePropensity(Utf8JsonWriter json, DemoResult result)
    {
        json.WriteStartObject("propensity");
        json.WriteString("data", "nsw");
        CheckJson.Write(json, "referenceCheck", result.Checks.Propensity, result.Checks.Source, label: null, largestSmd: null);
        json.WriteEndObject();
    }

    private static void WriteCountry(Utf8JsonWriter json, DemoResult result)
    {
        var count = result.Count();
        json.WriteStartObject("madeCountry");
        json.WriteNumber("municipalities", result.Municipalities.Count);
        json.WriteNumber("plans", count.Plans);
        json.WriteNumber("estimated", count.Estimated);
        json.WriteNumber("notEstimable", count.NotEstimable);
        json.WriteNumber("withheld", count.Withheld);
        json.WriteNumber("intervals", count.Intervals);
        json.WriteNumber("intervalsCoveringKnownEffect", count.Covering);
        CheckJson.WriteNumber(json, "shareCovering", count.Intervals == 0 ? null : count.Covering / (double)count.Intervals);
        json.WriteString("note", "The true effects are known only because the country is made up.");
        json.WriteEndObject();
    }

    private static void WriteSubmissions(Utf8JsonWriter json, DemoResult result)
    {
        json.WriteStartArray("submissions");
        foreach (var receipt in result.Receipts)
        {
            json.WriteStartObject();
            json.WriteString("name", receipt.Submission);
            json.WriteString("organisation", receipt.Organisation);
            json.WriteString("project", receipt.Project);
            json.WriteNumber("observationRows", Rows(receipt, SubmissionFile.Observations));
            json.WriteNumber("participationRows", Rows(receipt, SubmissionFile.Participations));
            json.WriteString("contentHash", receipt.ContentHash);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static long Rows(Receipt receipt, SubmissionFile file) => receipt.Files.FirstOrDefault(f => f.File == file)?.Rows ?? 0;
}
