using System.Text.Json;
using System.Text.Json.Serialization;

namespace SiOutcomeLab.Disclosure;

/// <summary>
/// A shown cell is its number, by name when JSON has no number for it (<c>"Infinity"</c>, <c>"-Infinity"</c>, <c>"NaN"</c>); a withheld one
/// is an object that names the reason.
/// </summary>
internal sealed class CellJsonConverter : JsonConverter<Cell>
{
    private const string Suppressed = "suppressed";

    public override Cell Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number: return Cell.Shown(reader.GetDouble());
            case JsonTokenType.String: return Cell.Shown(Named(reader.GetString()!));
        }

        if (reader.TokenType != JsonTokenType.StartObject || !reader.Read() || !reader.ValueTextEquals(Suppressed) || !reader.Read()
            || reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("A cell is a number or an object naming why it is withheld.");
        }

        if (!Enum.TryParse<SuppressionReason>(reader.GetString(), out var reason) || !Enum.IsDefined(reason))
        {
            throw new JsonException("A withheld cell names no known reason.");
        }

        return reader.Read() && reader.TokenType == JsonTokenType.EndObject
            ? Cell.Suppressed(reason)
            : throw new JsonException("A withheld cell has one property.");
    }

    public override void Write(Utf8JsonWriter writer, Cell value, JsonSerializerOptions options)
    {
        if (!value.TryGet(out var number))
        {
            writer.WriteStartObject();
            writer.WriteString(Suppressed, value.Suppression!.Value.ToString());
            writer.WriteEndObject();
        }
        else if (double.IsFinite(number)) writer.WriteNumberValue(number);
        else writer.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
    }

    private static double Named(string text) => text switch
    {
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => throw new JsonException("A cell's text is not the name of a number."),
    };
}
