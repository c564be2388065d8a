using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Domain.Plans;

/// <summary>The canonical text of a plan and its hash. The text is stored; the hash is what a registration locks and a result names.</summary>
public static class PlanHash
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters =
        {
            new JsonStringEnumConverter(),
            new TextConverter<Period>(t => Period.TryParse(t, out var p) ? p : throw new JsonException("Not a period.")),
            new TextConverter<OrganisationId>(t => new OrganisationId(t)),
            new TextConverter<ProjectId>(t => new ProjectId(t)),
            new TextConverter<InterventionCode>(t => new InterventionCode(t)),
            new TextConverter<MeasureCode>(t => new MeasureCode(t)),
        },
    };

    /// <summary>The plan as UTF-8 JSON, properties in declaration order, no white space, no nulls: the same plan gives the same bytes.</summary>
    public static byte[] CanonicalJson(EvaluationPlan plan) => JsonSerializer.SerializeToUtf8Bytes(plan, Options);

    /// <summary>Reads what <see cref="CanonicalJson"/> wrote.</summary>
    /// <exception cref="JsonException">The bytes are not a plan.</exception>
    public static EvaluationPlan Parse(ReadOnlySpan<byte> canonicalJson) =>
        JsonSerializer.Deserialize<EvaluationPlan>(canonicalJson, Options) ?? throw new JsonException("The plan is empty.");

    /// <summary>SHA-256 of <see cref="CanonicalJson"/>, 64 lower-case hexadecimal digits.</summary>
    public static string Of(EvaluationPlan plan) => Convert.ToHexStringLower(SHA256.HashData(CanonicalJson(plan)));

    private sealed class TextConverter<T>(Func<string, T> parse) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
