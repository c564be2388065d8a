using System.Text.Json;
using SiOutcomeLab.Cli.Demo.Reference;
using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Cli.Demo.Document;

/// <summary>Reference checks as JSON.</summary>
internal static class CheckJson
{
    public static void Write(
        Utf8JsonWriter json, string property, IReadOnlyList<NumberCheck> checks, string source, BilingualText? label, double? largestSmd)
    {
        json.WriteStartObject(property);
        json.WriteBoolean("passed", checks.Count > 0 && checks.All(c => c.Passed));
        json.WriteString("source", source);
        if (label is not null)
        {
            json.WriteString("labelSv", label.Sv);
            json.WriteString("labelEn", label.En);
        }

        if (largestSmd is { } smd) WriteNumber(json, "largestSmdAfterMatching", smd);
        json.WriteStartArray("checks");
        foreach (var check in checks)
        {
            json.WriteStartObject();
            json.WriteString("quantity", check.Quantity);
            WriteNumber(json, "reference", check.Reference);
            WriteNumber(json, "value", check.Own);
            WriteNumber(json, "hub", check.Hub);
            WriteNumber(json, "difference", check.Difference);
            WriteNumber(json, "tolerance", check.Tolerance);
            json.WriteBoolean("passed", check.Passed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A number, or null where there is none that JSON can carry.</summary>
    public static void WriteNumber(Utf8JsonWriter json, string property, double? value)
    {
        if (value is { } number && double.IsFinite(number)) json.WriteNumber(property, number);
        else json.WriteNull(property);
    }
}
