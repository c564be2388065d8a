using SiOutcomeLab.Hub.Operation;
using SiOutcomeLab.Storage.Keys;

namespace SiOutcomeLab.Hub.Tests.Operation;

public sealed class CheckAndKeyTests
{
    [Fact]
    public async Task Check_HubInOrder_FindsNothing()
    {
        using var data = await EarlierData.UpgradedAsync();
        await using var hub = await EarlierData.StartAsync(data.Options);

        var report = await HubCheck.RunAsync(data.Options, TimeProvider.System, null, Cancel.Token);

        Assert.All(report.Items, i => Assert.True(i.Verdict is HubCheckVerdict.Ok or HubCheckVerdict.Warning, $"{i.Name}: {i.Text.En}"));
        Assert.Contains(report.Items, i => i.Name == "lake_objects" && i.Text.En.StartsWith("4 objects", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("lake_objects", HubFailureKind.DataDamaged)]
    [InlineData("lake_missing", HubFailureKind.DataDamaged)]
    [InlineData("catalogue", HubFailureKind.DataDamaged)]
    [InlineData("keys_of_data", HubFailureKind.KeyUnusable)]
    [InlineData("key_file", HubFailureKind.KeyUnusable)]
    [InlineData("lake_format", HubFailureKind.OtherVersion)]
    [InlineData("disk", HubFailureKind.CannotStart)]
    [InlineData("audit_log", HubFailureKind.DataDamaged)]
    public async Task Check_OneThingWrong_NamesIt(string what, HubFailureKind kind)
    {
        using var data = await EarlierData.UpgradedAsync();
        var options = await BreakAsync(data, what);

        var report = await HubCheck.RunAsync(options, TimeProvider.System, null, Cancel.Token);

        var failed = Assert.Single(report.Items, i => i.Verdict == HubCheckVerdict.Failed);
        Assert.Equal(what == "lake_missing" ? "lake_objects" : what, failed.Name);
        Assert.Equal((kind, kind), (failed.Kind, report.Gravest()));
    }

    [Fact]
    public async Task Check_CertificateThatEnds_WarnsBeforeAndFailsAfter()
    {
        using var data = await EarlierData.UpgradedAsync();
        var now = TimeProvider.System.GetUtcNow();

        foreach (var (days, verdict) in new[] { (400, HubCheckVerdict.Ok), (10, HubCheckVerdict.Warning), (-1, HubCheckVerdict.Failed) })
        {
            var path = data.Beside($"hub{days}.pem");
            await File.WriteAllTextAsync(path, Certificate(now.AddDays(-500), now.AddDays(days)), Cancel.Token);
            var options = data.Options with { Tls = new() { Certificate = path, ClientCa = path } };

            var report = await HubCheck.RunAsync(options, TimeProvider.System, null, Cancel.Token);

            Assert.Equal([verdict, verdict], report.Items.Where(i => i.Name == "certificate").Select(i => i.Verdict));
        }
    }

    [Fact]
    public async Task Start_WithSomebodyElsesKey_IsRefusedAndNamesTheKey()
    {
        using var data = await EarlierData.UpgradedAsync();
        var own = (await HubKeys.ListAsync(data.Options, Cancel.Token)).Single(k => k.IsNeeded).Id;
        var options = await BreakAsync(data, "keys_of_data");

        var refused = await Assert.ThrowsAsync<HubKeyMissingException>(() => EarlierData.StartAsync(options));

        Assert.Equal(own, refused.KeyId);
    }

    [Fact]
    public async Task Rotate_WrapsEverySecretAnew_AndTheHubGoesOn()
    {
        using var data = await EarlierData.UpgradedAsync();
        var old = Assert.Single(await HubKeys.ListAsync(data.Options, Cancel.Token));

        var done = await HubKeys.RotateAsync(data.Options, addKey: true, removeOld: true, TimeProvider.System, Cancel.Token);

        Assert.Equal(2, done.Rewrapped);
        Assert.Equal([old.Id], done.Removed);
        Assert.Equal(new HubKeyState(done.ActiveKeyId, IsActive: true, IsNeeded: true), Assert.Single(await HubKeys.ListAsync(data.Options, Cancel.Token)));
        await using var hub = await EarlierData.StartAsync(data.Options);
        EarlierData.RequireKept(EarlierData.Answers, await EarlierData.AskAsync(hub));
    }

    [Fact]
    public async Task Rotate_WhileTheHubRuns_IsRefusedAndAddsNoKey()
    {
        using var data = await EarlierData.UpgradedAsync();
        await using var hub = await EarlierData.StartAsync(data.Options);
        var before = await File.ReadAllTextAsync(data.Options.KeyPath(), Cancel.Token);

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => HubKeys.RotateAsync(data.Options, true, false, TimeProvider.System, Cancel.Token));

        Assert.Equal(HubFailureKind.CannotStart, HubFailure.Of(refused)!.Kind);
        Assert.Equal(before, await File.ReadAllTextAsync(data.Options.KeyPath(), Cancel.Token));
    }

    [Fact]
    public async Task Start_DataWithoutTheirKeyFile_IsRefusedAndMakesNone()
    {
        using var data = await EarlierData.UpgradedAsync();
        File.Delete(data.Options.KeyPath());

        var refused = await Assert.ThrowsAsync<HubKeyException>(() => EarlierData.StartAsync(data.Options));

        Assert.Equal(HubKeyProblem.FileMissing, refused.Problem);
        Assert.False(File.Exists(data.Options.KeyPath()));
    }

    private static async Task<HubOptions> BreakAsync(EarlierData data, string what)
    {
        var objects = Directory.GetFiles(Path.Combine(data.Folder, "lake", "objects"), "*", SearchOption.AllDirectories);
        var catalogue = Path.Combine(data.Folder, "catalogue.db");
        switch (what)
        {
            case "lake_objects":
                var bytes = await File.ReadAllBytesAsync(objects[0], Cancel.Token);
                bytes[10] ^= 1;
                await File.WriteAllBytesAsync(objects[0], bytes, Cancel.Token);
                break;
            case "lake_missing":
                File.Delete(objects[0]);
                break;
            case "catalogue":
                var pages = await File.ReadAllBytesAsync(catalogue, Cancel.Token);
                pages.AsSpan(4096, 64 * 1024).Fill(0x5a);
                await File.WriteAllBytesAsync(catalogue, pages, Cancel.Token);
                break;
            case "keys_of_data":
                File.Delete(data.Options.KeyPath());
                await Assert.ThrowsAsync<HubKeyMissingException>(() => HubKeys.MakeAsync(data.Options, TimeProvider.System, Cancel.Token));
                Assert.False(File.Exists(data.Options.KeyPath()));
                using (HubKeyRing.Create(data.Options.KeyPath(), data.Folder, TimeProvider.System))
                {
                    // A key of somebody else's, where the data's own should be.
                }

                break;
            case "key_file":
                await File.WriteAllTextAsync(data.Options.KeyPath(), "{}", Cancel.Token);
                break;
            case "lake_format":
                await File.WriteAllTextAsync(Path.Combine(data.Folder, "lake", "lake-format"), "silab lake 9\n", Cancel.Token);
                break;
            case "disk":
                return data.Options with { Health = new() { MinimumFreeBytes = long.MaxValue } };
            case "audit_log":
                await ChangeAuditLogAsync(catalogue);
                break;
        }

        return data.Options;
    }

    private static async Task ChangeAuditLogAsync(string catalogue)
    {
        await using var vandal = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={catalogue};Pooling=false");
        await vandal.OpenAsync(Cancel.Token);
        await using var command = vandal.CreateCommand();
        command.CommandText = "DROP TRIGGER audit_entry_is_not_changed; UPDATE audit_entry SET outcome = 'FORGED'";
        await command.ExecuteNonQueryAsync(Cancel.Token);
    }

    private static string Certificate(DateTimeOffset from, DateTimeOffset until)
    {
        using var key = System.Security.Cryptography.ECDsa.Create();
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest(
            "CN=hub", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(from, until);
        return certificate.ExportCertificatePem();
    }
}
