using System.Text.Json.Nodes;
using SiOutcomeLab.Hub.Operation;
using SiOutcomeLab.Storage.Backup;
using SiOutcomeLab.Storage.Keys;

namespace SiOutcomeLab.Hub.Tests.Operation;

public sealed class BackupTests
{
    [Fact]
    public async Task Backup_OfARunningHub_RestoresToTheSameAnswersWithoutTheKey()
    {
        using var data = await EarlierData.UpgradedAsync();
        await using (var hub = await EarlierData.StartAsync(data.Options))
        {
            var made = await HubBackup.MakeAsync(data.Options, data.Beside("backup"), TimeProvider.System, null, Cancel.Token);
            Assert.Equal(6, made.Files);
            Assert.Single(made.KeyIds);
        }

        var key = await File.ReadAllTextAsync(data.Options.KeyPath(), Cancel.Token);
        var secret = JsonNode.Parse(key)!["keys"]![0]!["key"]!.GetValue<string>();
        foreach (var file in Directory.GetFiles(data.Beside("backup"), "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain(secret, System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancel.Token)), StringComparison.Ordinal);
        }

        var restored = EarlierData.Of(data.Beside("elsewhere"), data.Options.KeyPath());
        await HubBackup.RestoreAsync(data.Beside("backup"), restored, null, Cancel.Token);
        Assert.Null((await HubCheck.RunAsync(restored, TimeProvider.System, null, Cancel.Token)).Gravest());
        await using var again = await EarlierData.StartAsync(restored);
        EarlierData.RequireKept(EarlierData.Answers, await EarlierData.AskAsync(again));
    }

    [Fact]
    public async Task Restore_WithAnotherKey_IsRefusedAndNamesTheKey()
    {
        using var data = await EarlierData.UpgradedAsync();
        var made = await HubBackup.MakeAsync(data.Options, data.Beside("backup"), TimeProvider.System, null, Cancel.Token);
        var other = EarlierData.Of(data.Beside("elsewhere"), data.Beside("other.key"));
        await HubKeys.MakeAsync(other, TimeProvider.System, Cancel.Token);

        var refused = await Assert.ThrowsAsync<HubKeyMissingException>(() => HubBackup.RestoreAsync(data.Beside("backup"), other, null, Cancel.Token));

        Assert.Equal(made.KeyIds[0], refused.KeyId);
        Assert.False(Directory.Exists(other.DataFolder));
    }

    [Theory]
    [InlineData("catalogue.db")]
    [InlineData("lake/lake-format")]
    [InlineData("lake/objects")]
    public async Task Restore_FileDamaged_IsRefusedAndLeavesNothing(string what)
    {
        using var data = await EarlierData.UpgradedAsync();
        await HubBackup.MakeAsync(data.Options, data.Beside("backup"), TimeProvider.System, null, Cancel.Token);
        var path = Path.Combine(data.Beside("backup"), what);
        if (Directory.Exists(path)) path = Directory.GetFiles(path, "*", SearchOption.AllDirectories)[0];
        var bytes = await File.ReadAllBytesAsync(path, Cancel.Token);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Cancel.Token);

        var refused = await Assert.ThrowsAsync<BackupException>(
            () => HubBackup.RestoreAsync(data.Beside("backup"), EarlierData.Of(data.Beside("elsewhere"), data.Options.KeyPath()), null, Cancel.Token));

        Assert.Equal((BackupProblem.FileDamaged, path), (refused.Problem, refused.Path));
        Assert.DoesNotContain(Directory.GetDirectories(data.Beside(".")), d => d.Contains("elsewhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Restore_ManifestThatLeadsOut_IsRefused()
    {
        using var data = await EarlierData.UpgradedAsync();
        await HubBackup.MakeAsync(data.Options, data.Beside("backup"), TimeProvider.System, null, Cancel.Token);
        var path = Path.Combine(data.Beside("backup"), BackupManifest.FileName);
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(path, Cancel.Token))!;
        manifest["files"]![0]!["path"] = "../stolen";
        await File.WriteAllTextAsync(path, manifest.ToJsonString(), Cancel.Token);

        var refused = await Assert.ThrowsAsync<BackupException>(
            () => HubBackup.RestoreAsync(data.Beside("backup"), EarlierData.Of(data.Beside("elsewhere"), data.Options.KeyPath()), null, Cancel.Token));

        Assert.Contains("outside", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BackupAndRestore_OntoSomething_AreRefused()
    {
        using var data = await EarlierData.UpgradedAsync();
        Directory.CreateDirectory(data.Beside("full"));
        await File.WriteAllTextAsync(Path.Combine(data.Beside("full"), "mine.txt"), "mine", Cancel.Token);

        var backup = await Assert.ThrowsAsync<BackupException>(() => HubBackup.MakeAsync(data.Options, data.Beside("full"), TimeProvider.System, null, Cancel.Token));
        await HubBackup.MakeAsync(data.Options, data.Beside("backup"), TimeProvider.System, null, Cancel.Token);
        var restore = await Assert.ThrowsAsync<BackupException>(
            () => HubBackup.RestoreAsync(data.Beside("backup"), EarlierData.Of(data.Beside("full"), data.Options.KeyPath()), null, Cancel.Token));

        Assert.Equal((BackupProblem.TargetTaken, BackupProblem.TargetTaken), (backup.Problem, restore.Problem));
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(data.Beside("full"), "mine.txt"), Cancel.Token));
    }

    [Fact]
    public async Task Backup_ObjectMissingOrDamaged_IsRefusedAndLeavesNothing()
    {
        using var data = await EarlierData.UpgradedAsync();
        var files = Directory.GetFiles(Path.Combine(data.Folder, "lake", "objects"), "*", SearchOption.AllDirectories);
        await File.AppendAllTextAsync(files[0], "x", Cancel.Token);
        var damaged = await Assert.ThrowsAsync<BackupException>(() => HubBackup.MakeAsync(data.Options, data.Beside("backup"), TimeProvider.System, null, Cancel.Token));
        File.Delete(files[0]);
        var missing = await Assert.ThrowsAsync<BackupException>(() => HubBackup.MakeAsync(data.Options, data.Beside("backup"), TimeProvider.System, null, Cancel.Token));

        Assert.Equal((BackupProblem.FileDamaged, BackupProblem.FileDamaged), (damaged.Problem, missing.Problem));
        Assert.DoesNotContain(Directory.GetDirectories(data.Beside(".")), d => d.Contains("backup", StringComparison.Ordinal));
    }
}
