using System.Text.Json;
using System.Text.Json.Serialization;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Contract;

/// <summary>
/// A submission in figures by measure and period: kept with it, and held against the organisation's later submissions. No figure is of
/// fewer than 50 rows, so that none tells a person's value.
/// </summary>
/// <param name="Periods">The periods that have rows, in time order.</param>
public sealed record SubmissionFigures(IReadOnlyList<PeriodFigures> Periods)
{
    /// <summary>The version of the JSON form.</summary>
    public const int SchemaVersion = 1;

    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new PeriodForm() },
    };

    /// <summary>The figures as UTF-8 JSON, without white space; equal figures give equal bytes.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(new Document(SchemaVersion, Periods), Form);

    /// <summary>Reads the figures of one submission, or an array of several.</summary>
    /// <param name="utf8Json">What <see cref="ToJson"/> gave, or several of them in a JSON array.</param>
    /// <exception cref="FormatException">It is something else, or of another version.</exception>
    public static IReadOnlyList<SubmissionFigures> Read(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            var isMany = utf8Json.TrimStart(" \t\r\n"u8) is [(byte)'[', ..];
            Document?[] documents = isMany
                ? JsonSerializer.Deserialize<Document?[]>(utf8Json, Form) ?? []
                : [JsonSerializer.Deserialize<Document>(utf8Json, Form)];
            return
            [
                .. documents.Select(d => d is { SchemaVersion: SchemaVersion }
                    ? new SubmissionFigures(d.Periods)
                    : throw new FormatException($"Earlier figures must have schema_version {SchemaVersion}; make them anew with this version.")),
            ];
        }
        catch (JsonException fault)
        {
            throw new FormatException("These are no figures of a submission: use the figures that a check or a receipt gave.", fault);
        }
    }

    private sealed record Document(int SchemaVersion, IReadOnlyList<PeriodFigures> Periods);

    private sealed class PeriodForm : JsonConverter<Period>
    {
        public override Period Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Period.TryParse(reader.GetString(), out var period)
                ? period
                : throw new JsonException("Not a period.");

        public override void Write(Utf8JsonWriter writer, Period value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}

/// <summary>One period of a submission in figures.</summary>
/// <param name="Period">The period.</param>
/// <param name="Rows">Rows in it, of which each is a person; 0 when they are fewer than 50.</param>
/// <param name="Measures">The measures that the file has, in catalogue order.</param>
public sealed record PeriodFigures(Period Period, long Rows, IReadOnlyList<MeasureFigures> Measures);

/// <summary>One measure in one period in figures.</summary>
/// <param name="Measure">The measure's code.</param>
/// <param name="Missing">Share of rows without a value, in [0, 1]; null when the period has fewer than 50 rows.</param>
/// <param name="Observed">Rows with a value; 0 when they are fewer than 50, and then what follows is null.</param>
/// <param name="Mean">Their mean, in the measure's unit.</param>
/// <param name="Sd">Their standard deviation, with n − 1.</param>
/// <param name="Zeros">The share of zeros among them, in [0, 1].</param>
public sealed record MeasureFigures(
    string Measure, double? Missing = null, long Observed = 0, double? Mean = null, double? Sd = null, double? Zeros = null);
