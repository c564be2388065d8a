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
        IsWhole(document.RootElement.GetProperty("method"));
    }

    // One method from the municipalities' own estimates to kronor: numbers of each kind, and the two baselines by themselves.
    private static void IsWhole(JsonElement method)
    {
        var benchmark = method.GetProperty("benchmark");
        var pooled = benchmark.GetProperty("pooled");
        Assert.True(Value(pooled, "predictionLow") < Value(pooled, "ciLow") && Value(pooled, "ciHigh") < Value(pooled, "predictionHigh"));
        var shrunken = benchmark.GetProperty("municipalities").EnumerateArray().Where(m => m.TryGetProperty("place", out _)).ToArray();
        Assert.True(shrunken.Length >= 5);
        Assert.All(shrunken, m => Assert.True(
            Math.Abs(Value(m.GetProperty("place"), "shrunken") - Value(pooled, "point")) <= Math.Abs(Value(m, "point") - Value(pooled, "point")) + 0.1));
        Assert.All(method.GetProperty("targetGroups").EnumerateArray(), b => Assert.Equal("BASELINE_KIND_TARGET_GROUP", b.GetProperty("kind").GetString()));
        Assert.All(method.GetProperty("counterfactuals").EnumerateArray(), b => Assert.Equal("BASELINE_KIND_COUNTERFACTUAL", b.GetProperty("kind").GetString()));
        var savings = method.GetProperty("savings").EnumerateArray().ToArray();
        Assert.Equal(["full-cost", "municipal-fee"], savings.Select(s => s.GetProperty("terms").GetProperty("unitCostSet").GetString()).Distinct().Order());
        foreach (var saving in savings.Where(s => s.GetProperty("economicValue").GetProperty("paid").TryGetProperty("value", out _)))
        {
            var value = saving.GetProperty("economicValue");
            Assert.Equal(Value(value, "paid"), value.GetProperty("byActor").EnumerateArray().Sum(a => Value(a, "sek")));
            Assert.True(Value(saving.GetProperty("marginal"), "paid") <= Value(value, "paid"));
        }
    }

    private static double Value(JsonElement of, string cell) => of.GetProperty(cell).GetProperty("value").GetDouble();

    private static JsonElement Estimated(JsonElement[] effects, string estimator, string? butNot = null) => effects.Single(e =>
    {
        var name = e.GetProperty("estimator").GetString()!;
        return name.Contains(estimator, StringComparison.OrdinalIgnoreCase) && (butNot is null || !name.Contains(butNot, StringComparison.OrdinalIgnoreCase));
    });

    private static void Close(double expected, JsonElement effect, string property) => Assert.Equal(expected, effect.GetProperty(property).GetDouble(), expected * 1e-7);
}
