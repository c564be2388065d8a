using System.Text.Encodings.Web;
using System.Text.Json;

namespace SiOutcomeLab.Cli.Operating;

/// <summary>What an operation found or did, as JSON for programs.</summary>
internal static class OperationJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write<T>(TextWriter output, T value) => output.WriteLine(JsonSerializer.Serialize(value, Options));
}
