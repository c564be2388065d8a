using System.Diagnostics;
using System.Text.Json;

namespace SiOutcomeLab.EndToEnd.Tests;

/// <summary>What was acknowledged survives the end of the process, and one result counts.</summary>
public sealed class KilledHubTests
{
    [Fact]
    public async Task Hub_KilledBetweenAcknowledgementAndEvaluation_EvaluatesOnceAfterRestart()
    {
        using var folder = new TemporaryFolder();
        // The first hub looks for due runs at its start and then not again for an hour.
        await using (var first = await HubProcess.StartAsync(folder.Path, 3600))
        {
            string[] to = ["--hub", first.Grpc, "--token", first.Token];
            await Silab.OutputOfAsync(["interventions", "register", Path.Combine(Silab.Nsw, "interventions.json"), .. to]);
            await Silab.OutputOfAsync(["push", Silab.Nsw, "--receipt", Path.Combine(folder.Path, "receipt.json"), .. to]);
            await Silab.OutputOfAsync(["plans", "register", Path.Combine(Silab.Nsw, "plans.json"), .. to]);
            Assert.Empty(await EffectsAsync(first));
            await first.KillAsync();
        }

        // The second is killed as soon as it has started, most likely in the middle of a run; the third must finish the work.
        await using (var second = await HubProcess.StartAsync(folder.Path, 0.2)) await second.KillAsync();
        await using var third = await HubProcess.StartAsync(folder.Path, 0.2);

        var effects = await WaitForEffectsAsync(third, 4);
        Assert.Equal(4, effects.Count);
        Assert.Equal(4, effects.Select(e => e.GetProperty("name").GetString()).Distinct().Count());
        var again = await Silab.RunAsync("push", Silab.Nsw, "--receipt", Path.Combine(folder.Path, "again.json"), "--hub", third.Grpc, "--token", third.Token, "--lang", "en");
        Assert.Equal(0, again.Code);
        var runs = await Silab.OutputOfAsync("runs", "list", "--hub", third.Grpc, "--token", third.Token, "--json");
        using var document = JsonDocument.Parse(runs);
        Assert.Equal(2, document.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task SecondHub_OnTheSameFolder_IsRefused()
    {
        using var folder = new TemporaryFolder();
        await using var first = await HubProcess.StartAsync(folder.Path, 3600);

        var (code, said) = await Silab.RunAsync("hub", "--data", folder.Path, "--grpc-port", "0", "--json-port", "0", "--lang", "en");

        Assert.NotEqual(0, code);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<JsonElement>> WaitForEffectsAsync(HubProcess hub, int count)
    {
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < TimeSpan.FromSeconds(180))
        {
            var found = await EffectsAsync(hub);
            if (found.Count >= count) return found;
            await Task.Delay(300, Cancel.Token);
        }

        return await EffectsAsync(hub);
    }

    private static async Task<IReadOnlyList<JsonElement>> EffectsAsync(HubProcess hub)
    {
        using var document = JsonDocument.Parse(await Silab.OutputOfAsync("effects", "list", "--hub", hub.Grpc, "--token", hub.Token, "--json"));
        return [.. document.RootElement.EnumerateArray().Select(e => e.Clone())];
    }
}
