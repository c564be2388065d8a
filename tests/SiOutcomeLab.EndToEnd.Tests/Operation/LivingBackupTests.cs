using System.Text.Json.Nodes;

namespace SiOutcomeLab.EndToEnd.Tests.Operation;

/// <summary>A backup of a hub that municipalities are sending to.</summary>
public sealed class LivingBackupTests
{
    private static readonly string[] Municipalities = ["9911", "9912", "9913", "9914", "9915", "9916"];

    [Fact]
    public async Task Backup_WhilePushesGoOn_HoldsEveryReceiptFromBeforeAndNothingHalf()
    {
        using var root = new TemporaryFolder();
        var (data, key) = (Path.Combine(root.Path, "data"), OperatedHub.KeyOf(root.Path));
        var backup = Path.Combine(root.Path, "backup");
        Dictionary<string, JsonArray> all = [], before = [];
        await using (var hub = await OperatedHub.StartAsync(data, key, Municipalities))
        {
            foreach (var m in Municipalities) await RunAsync("interventions", "register", Path.Combine(Country(m), "interventions.json"), "--hub", hub.Grpc, "--token", hub.TokenOf(m));
            await PushAsync(hub, Municipalities[0]);
            foreach (var m in Municipalities) before[m] = await SubmissionsAsync(hub, m);

            var pushes = Municipalities[1..].Select(m => PushAsync(hub, m)).ToArray();
            var (code, said) = await Silab.RunAsync("hub", "backup", backup, "--data", data, "--key-file", key, "--lang", "en");
            Assert.True(code == 0, said);
            await Task.WhenAll(pushes);
            foreach (var m in Municipalities) all[m] = await SubmissionsAsync(hub, m);
        }

        var elsewhere = Path.Combine(root.Path, "elsewhere");
        await RunAsync("hub", "restore", backup, "--data", elsewhere, "--key-file", key);
        await RunAsync("hub", "check", "--data", elsewhere, "--key-file", key);
        await using var restored = await OperatedHub.StartAsync(elsewhere, key, Municipalities);
        foreach (var m in Municipalities)
        {
            // What was acknowledged before is there; what came meanwhile is there whole, with the same answer, or not at all.
            var found = (await SubmissionsAsync(restored, m)).Select(s => s!.ToJsonString()).ToArray();
            Assert.Empty(before[m].Select(s => s!.ToJsonString()).Except(found));
            Assert.Empty(found.Except(all[m].Select(s => s!.ToJsonString())));
        }

        // And sent again, each is taken, or known by its receipt.
        foreach (var m in Municipalities) await PushAsync(restored, m);
        foreach (var m in Municipalities) Assert.Single(await SubmissionsAsync(restored, m));
    }

    private static Task PushAsync(OperatedHub hub, string municipality) =>
        RunAsync("push", Country(municipality), "--hub", hub.Grpc, "--token", hub.TokenOf(municipality));

    private static Task<JsonArray> SubmissionsAsync(OperatedHub hub, string municipality) =>
        hub.ListAsync(municipality, "intake.v1.IntakeService/ListSubmissions", "submissions");

    private static string Country(string municipality) => Path.Combine(Silab.RepositoryRoot, "datasets", "made-country", municipality);

    private static async Task RunAsync(params string[] arguments)
    {
        var (code, said) = await Silab.RunAsync([.. arguments, "--lang", "en"]);
        Assert.True(code == 0, $"{string.Join(' ', arguments)}: {code} {said}");
    }
}
