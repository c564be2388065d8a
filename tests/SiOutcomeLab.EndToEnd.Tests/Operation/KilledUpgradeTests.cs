using System.Diagnostics;
using System.Text.Json.Nodes;

namespace SiOutcomeLab.EndToEnd.Tests.Operation;

/// <summary>An upgrade that is killed leaves what a further one finishes.</summary>
public sealed class KilledUpgradeTests
{
    private const int Seed = 20261122;
    private const int Kills = 4;

    [Fact]
    public async Task Upgrade_KilledAgainAndAgain_IsFinishedAndAnswersAsBefore()
    {
        using var root = new TemporaryFolder();
        var data = await OperatedHub.UnpackEarlierAsync(root.Path);
        var key = OperatedHub.KeyOf(root.Path);
        string[] upgrade = ["hub", "upgrade", "--data", data, "--key-file", key, "--backup-done", "--lang", "en"];
        var random = new Random(Seed);
        for (var i = 0; i < Kills; i++) await KilledAsync(upgrade, TimeSpan.FromMilliseconds(random.Next(200, 2500)));

        var (code, said) = await Silab.RunAsync(upgrade);
        Assert.True(code == 0, said);
        (code, said) = await Silab.RunAsync("hub", "check", "--data", data, "--key-file", key, "--lang", "en");
        Assert.True(code == 0, said);

        var was = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Fixtures", "data-folder-v1.answers.json"), Cancel.Token))!;
        await using var hub = await OperatedHub.StartAsync(data, key, "9901", "9911");
        var effects = await hub.ListAsync("9901", "effects.v1.EffectService/ListEffects", "effects");
        Assert.Equal(Named(was["effects"]!.AsArray()), Named(effects));
        var submissions = (await hub.ListAsync("9901", "intake.v1.IntakeService/ListSubmissions", "submissions"))
            .Concat(await hub.ListAsync("9911", "intake.v1.IntakeService/ListSubmissions", "submissions"));
        Assert.Equal(was["submissions"]!.AsArray().Select(s => s!["contentHash"]!.ToString()), submissions.Select(s => s!["contentHash"]!.ToString()));
    }

    private static async Task KilledAsync(string[] arguments, TimeSpan after)
    {
        using var process = Process.Start(Programs.Start("dotnet", [Silab.Dll, .. arguments]))!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel.Token);
        limit.CancelAfter(after);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!Cancel.Token.IsCancellationRequested)
        {
            process.Kill();
            await process.WaitForExitAsync(Cancel.Token);
        }
    }

    private static string[] Named(JsonArray effects) =>
        [.. effects.Select(e => $"{e!["name"]} {e["estimate"]?["point"]?["value"]} {e["estimate"]?["standardError"]?["value"]} {e["sentenceSv"]}")];
}
