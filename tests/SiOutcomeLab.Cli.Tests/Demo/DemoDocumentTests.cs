using System.Text.Json;
using SiOutcomeLab.Cli.Demo;
using SiOutcomeLab.Cli.Demo.Document;
using SiOutcomeLab.Cli.Demo.Reference;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Tests.Samples;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Tests.Demo;

public sealed class DemoDocumentTests
{
    [Fact]
    public async Task Write_AnyResult_IsOneDocumentWithTheAgreedFields()
    {
        using var document = await DocumentAsync(SampleEffects.Estimated());
        var effect = document.RootElement.GetProperty("effects")[0];
        foreach (var name in new[] { "plan", "measure", "estimator", "status", "estimate", "standardError", "ciLow", "ciHigh", "participants", "comparison", "diagnostics", "referenceCheck" })
        {
            Assert.True(effect.TryGetProperty(name, out _), name);
        }

        Assert.Equal("estimated", effect.GetProperty("status").GetString());
        Assert.Equal("EntropyBalancing", effect.GetProperty("estimator").GetString());
    }

    [Fact]
    public async Task Write_Numbers_HaveFullPrecision()
    {
        using var document = await DocumentAsync(SampleEffects.Estimated(point: 1273.2618139119131));
        Assert.Equal("1273.2618139119131", document.RootElement.GetProperty("effects")[0].GetProperty("estimate").GetRawText());
    }

    [Fact]
    public async Task Write_SuppressedCell_IsNullWithItsReasonBeside()
    {
        using var document = await DocumentAsync(SampleEffects.Estimated());
        var effect = document.RootElement.GetProperty("effects")[0];
        Assert.Equal(JsonValueKind.Null, effect.GetProperty("comparison").ValueKind);
        Assert.Equal("secondary", effect.GetProperty("suppressed").GetProperty("comparison").GetString());
        var step = effect.GetProperty("flow")[0];
        Assert.Equal(JsonValueKind.Null, step.GetProperty("participants").ValueKind);
        Assert.Equal("fewPersons", step.GetProperty("suppressed").GetProperty("participants").GetString());
    }

    [Fact]
    public async Task Write_NoEstimate_HasNullsAndTheReason()
    {
        using var document = await DocumentAsync(SampleEffects.NotEstimable(), SampleEffects.Withheld());
        var effects = document.RootElement.GetProperty("effects");
        Assert.Equal("notEstimable", effects[0].GetProperty("status").GetString());
        Assert.Equal("TOO_FEW_PARTICIPANTS", effects[0].GetProperty("notEstimable").GetProperty("reason").GetString());
        Assert.Equal(JsonValueKind.Null, effects[0].GetProperty("estimate").ValueKind);
        Assert.Equal("withheld", effects[1].GetProperty("status").GetString());
        Assert.Equal("fewPersons", effects[1].GetProperty("withheld").GetProperty("reason").GetString());
        Assert.Equal(JsonValueKind.Null, effects[1].GetProperty("estimate").ValueKind);
    }

    [Fact]
    public async Task Write_MadeCountry_CountsWhatIntervalsCover()
    {
        using var document = await DocumentAsync(
            SampleEffects.Estimated(point: 3, low: -100, high: 100), SampleEffects.Estimated("9914", point: 90, low: 80, high: 100), SampleEffects.NotEstimable());
        var country = document.RootElement.GetProperty("madeCountry");
        Assert.Equal(
            (3, 2, 1),
            (
                country.GetProperty("plans").GetInt32(),
                country.GetProperty("estimated").GetInt32(),
                country.GetProperty("notEstimable").GetInt32()));
        Assert.Equal(0.5, country.GetProperty("shareCovering").GetDouble());
    }

    [Fact]
    public async Task Report_MadeCountry_ShowsTruthAsKnownOnlyBecauseMade()
    {
        await using var output = new StringWriter();
        CountryReport.Write(
            new Terminal(output, TextWriter.Null, Language.Swedish),
            await ResultAsync(SampleEffects.Estimated(point: 3, low: -100, high: 100), SampleEffects.NotEstimable()));
        var text = output.ToString();
        Assert.Contains("sant*", text, StringComparison.Ordinal);
        Assert.Contains("✓", text, StringComparison.Ordinal);
        Assert.Contains("bara för att landet är påhittat", text, StringComparison.Ordinal);
        Assert.Contains("går inte att skatta", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), l => Assert.True(l.TrimEnd().Length <= 100, l));
    }

    private static async Task<JsonDocument> DocumentAsync(params Effect[] effects)
    {
        await using var output = new StringWriter();
        DemoDocument.Write(output, await ResultAsync(effects));
        return JsonDocument.Parse(output.ToString());
    }

    private static async Task<DemoResult> ResultAsync(params Effect[] effects) => new(
        [],
        effects,
        new ReferenceChecks("R", [new NumberCheck("coefficient x", 1, 1, null, 0)], []),
        await KnownEffects.ReadAsync(HubFixture.Datasets, TestContext.Current.CancellationToken),
        effects.Select(e => e.Organisation).Distinct().ToDictionary(o => o, o => $"Kommun {o}"),
        [("ips", new BilingualText("Jobbstöd", "Job support"))],
        "http://127.0.0.1:1",
        "http://127.0.0.1:2",
        TimeSpan.FromSeconds(1.5));
}
