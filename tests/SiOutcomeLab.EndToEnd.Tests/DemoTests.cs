using System.Text.Json;

namespace SiOutcomeLab.EndToEnd.Tests;

/// <summary>The demo as a new user runs it.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task Demo_AsJson_ShowsTheReferenceNumbersAndTheGateAtWork()
    {
        using var document = JsonDocument.Parse(await Silab.OutputOfAsync("demo", "--json"));
        var effects = document.RootElement.GetProperty("effects").EnumerateArray().ToArray();

        var nsw = effects.Where(e => e.GetProperty("plan").GetString()!.StartsWith("nsw-", StringComparison.Ordinal)).ToArray();
        Close(1273.261814, Estimated(nsw, "entropy"), "estimate");
        Close(1214.071223, Estimated(nsw, "inverse", "augmented"), "estimate");
        Close(798.154628, Estimated(nsw, "inverse", "augmented"), "standardError");
        Close(1226.543741, Estimated(nsw, "augmented"), "estimate");
        var gate = nsw.Single(e => e.GetProperty("plan").GetString() == "nsw-nearest-neighbour");
        Assert.Equal(JsonValueKind.Null, gate.GetProperty("estimate").ValueKind);
        Assert.Contains("1.0258592", gate.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("894.3674", gate.GetProperty("referenceCheck").GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("\"passed\":false", document.RootElement.GetRawText().Replace(" ", string.Empty, StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.True(effects.Length >= 4 + 36, "The made country's plans are missing.");
    }

    private static JsonElement Estimated(JsonElement[] effects, string estimator, string? butNot = null) => effects.Single(e =>
    {
        var name = e.GetProperty("estimator").GetString()!;
        return name.Contains(estimator, StringComparison.OrdinalIgnoreCase) && (butNot is null || !name.Contains(butNot, StringComparison.OrdinalIgnoreCase));
    });

    private static void Close(double expected, JsonElement effect, string property) => Assert.Equal(expected, effect.GetProperty(property).GetDouble(), expected * 1e-7);
}
