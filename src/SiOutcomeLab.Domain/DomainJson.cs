using System.Text.Json;
using System.Text.Json.Serialization;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Domain;

/// <summary>
/// The one way in which domain values become JSON: properties in declaration order, enums and codes as text, nulls left out, and what is
/// no number in JSON as <c>"Infinity"</c>, <c>"-Infinity"</c> or <c>"NaN"</c>: a standardised difference is infinite when neither group varies.
/// </summary>
public static class DomainJson
{
    /// <summary>Serialiser options; read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
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
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class TextConverter<T>(Func<string, T> parse) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            parse(reader.GetString() ?? throw new JsonException($"A {typeof(T).Name} is missing."));

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
