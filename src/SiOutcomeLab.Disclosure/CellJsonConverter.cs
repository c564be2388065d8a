using System.Text.Json;
using System.Text.Json.Serialization;

namespace SiOutcomeLab.Disclosure;

/// <summary>A shown cell is its number; a withheld one is an object that names the reason.</summary>
internal sealed class CellJsonConverter : JsonConverter<Cell>
{
    public override Cell Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number) return Cell.Shown(reader.GetDouble());
        if (reader.TokenType != JsonTokenType.StartObject || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName || !reader.Read())
        {
            throw new JsonException("A cell is a number or an object naming why it is withheld.");
        }

        var reason = Enum.Parse<SuppressionReason>(reader.GetString() ?? string.Empty);
        return reader.Read() && reader.TokenType == JsonTokenType.EndObject ? Cell.Suppressed(reason) : throw new JsonException("A withheld cell has one property.");
    }

    public override void Write(Utf8JsonWriter writer, Cell value, JsonSerializerOptions options)
    {
        if (value.TryGet(out var number))
        {
            writer.WriteNumberValue(number);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("suppressed", value.Suppression!.Value.ToString());
        writer.WriteEndObject();
    }
}
