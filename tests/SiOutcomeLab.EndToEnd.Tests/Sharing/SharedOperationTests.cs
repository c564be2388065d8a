using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.EndToEnd.Tests.Operation;
using SiOutcomeLab.Protos.Runs.V1;
using SiOutcomeLab.Storage.Keys;
using SiOutcomeLab.Storage.Tests.Catalogue.Postgres;
using RunState = SiOutcomeLab.Domain.Runs.RunState;

namespace SiOutcomeLab.EndToEnd.Tests.Sharing;

/// <summary>The verbs of <c>silab hub</c> on a PostgreSQL catalogue and a lake beside it.</summary>
public sealed class SharedOperationTests
{
    private const string Folder = """{ "folder": "lake" }""";

    [Fact]
    public async Task CheckAndKey_OnASharedCatalogue_DoAsOnOneOfItsOwn()
    {
        await using var shared = await SharedHubs.CreateAsync();
        var hub = await shared.StartAsync("hub-1");
        await shared.DeliverAsync(hub, "9912");
        await shared.UntilAsync(runs => runs.Count == 3 && runs.All(r => r.State == RunState.Succeeded));
        string[] config = ["--config", Path.Combine(shared.Root, "hub-1.json")];

        Assert.Contains("2 objects with the right hash", await Silab.WellAsync(["hub", "check", .. config]), StringComparison.Ordinal);
        await RequireAsync(14, "Another hub holds the data folder", ["hub", "key", "rotate", .. config]);
        Assert.Equal(0, await hub.TerminateAsync());

        File.Copy(Path.Combine(shared.Root, "hub.key"), Path.Combine(shared.Root, "old.key"));
        var old = await KeyAsync(config);
        var rotated = await Silab.WellAsync(["hub", "key", "rotate", "--remove-old", .. config]);
        Assert.Contains("1 secrets wrapped anew; 1 old keys removed", rotated, StringComparison.Ordinal);
        Assert.NotEqual(old, await KeyAsync(config));
        await Silab.WellAsync(["hub", "check", .. config]);

        // A hub that was given the old file only is not let in; one that has the new file goes on.
        string[] behind = ["--config", await shared.ConfigureAsync("hub-2", "old.key")];
        await RequireAsync(21, "key", ["hub", "check", .. behind]);
        await RequireAsync(21, "key", ["hub", "run", .. behind]);
        hub = await shared.StartAsync("hub-2");
        Assert.All((await PublishedEffects.AgainAsync(hub)).Values, a => Assert.Equal(ReproductionVerdict.Identical, a.Verdict));
        await shared.DeliverAsync(hub, "9913");
        await shared.UntilAsync(runs => runs.Count == 6 && runs.All(r => r.State == RunState.Succeeded));

        var objects = Directory.GetFiles(Path.Combine(shared.Root, "lake", "objects"), "*", SearchOption.AllDirectories);
        File.Delete(objects.Order(StringComparer.Ordinal).First());
        await RequireAsync(22, "Of 4 objects 1 are missing", ["hub", "check", .. config]);
    }

    [Fact]
    public async Task Backup_OfASharedCatalogue_IsByItsOwnMeansAndAnswersAsBefore()
    {
        await using var shared = await SharedHubs.CreateAsync();
        var hub = await shared.StartAsync("hub-1");
        await shared.DeliverAsync(hub, "9912");
        await shared.UntilAsync(runs => runs.Count == 3 && runs.All(r => r.State == RunState.Succeeded));
        var before = await PublishedEffects.OfAsync(hub);
        string[] config = ["--config", Path.Combine(shared.Root, "hub-1.json")];
        foreach (var verb in new[] { "backup", "restore" })
        {
            await RequireAsync(14, "OPERATION.md", ["hub", verb, Path.Combine(shared.Root, "backup"), .. config]);
        }

        // The dump first, then the lake, in which there is more by then; the hub goes on all the while.
        var dump = Path.Combine(shared.Root, "catalogue.dump");
        await DumpedCatalogue.MakeAsync(shared.Connection, dump);
        await shared.DeliverAsync(hub, "9913");
        var elsewhere = Path.Combine(shared.Root, "elsewhere");
        Copy(Path.Combine(shared.Root, "lake"), Path.Combine(elsewhere, "lake"));
        File.Copy(Path.Combine(shared.Root, "hub.key"), Path.Combine(elsewhere, "hub.key"));
        await File.WriteAllTextAsync(Path.Combine(elsewhere, "connection"), await DumpedCatalogue.PutBackAsync(dump), Cancel.Token);
        var restored = await SharedHubs.ConfigureAsync(elsewhere, "hub-1", Folder);
        Assert.Contains("2 objects with the right hash", await Silab.WellAsync("hub", "check", "--config", restored), StringComparison.Ordinal);
        await using (var again = await OperatedHub.StartAsync(0, ["hub", "run", "--config", restored, "--lang", "en"]))
        {
            Assert.Equal(before.Select(e => (e.Key, e.Value)), (await PublishedEffects.OfAsync(again)).Select(e => (e.Key, e.Value)));
            Assert.All((await PublishedEffects.AgainAsync(again)).Values, a => Assert.Equal(ReproductionVerdict.Identical, a.Verdict));
        }

        // Rows that were erased between dump and copy are not brought back, and the check tells.
        await OwnRows.EraseSomebodyAsync(hub, "9912");
        Copy(Path.Combine(shared.Root, "lake"), Path.Combine(elsewhere, "later"));
        var later = await SharedHubs.ConfigureAsync(elsewhere, "hub-2", """{ "folder": "later" }""");
        await RequireAsync(22, "missing", ["hub", "check", "--config", later]);
    }

    [Fact]
    public async Task Upgrade_OfAnEarlierSharedCatalogue_WaitsForTheBackupAndThenServes()
    {
        using var root = new TemporaryFolder();
        var text = await PrivatePostgres.NewDatabaseAsync(Cancel.Token);
        var steps = await MakeEarlierAsync(text);
        await File.WriteAllTextAsync(Path.Combine(root.Path, "connection"), text, Cancel.Token);
        var path = await SharedHubs.ConfigureAsync(root.Path, "hub-1", Folder);
        using (HubKeyRing.Create(Path.Combine(root.Path, "hub.key"), Path.Combine(root.Path, "hub-1"), TimeProvider.System))
        {
            // As the earlier version left it.
        }

        await RequireAsync(20, "silab hub upgrade", ["hub", "check", "--config", path]);
        await RequireAsync(20, "silab hub upgrade", ["hub", "run", "--config", path]);
        await RequireAsync(14, "OPERATION.md", ["hub", "upgrade", "--backup", Path.Combine(root.Path, "backup"), "--config", path]);
        await RequireAsync(20, "silab hub upgrade", ["hub", "check", "--config", path]);
        string[] upgrade = ["hub", "upgrade", "--backup-done", "--config", path];
        Assert.Contains($"schema {steps - 1} → {steps}", await Silab.WellAsync(upgrade), StringComparison.Ordinal);
        Assert.Contains("nothing was changed", await Silab.WellAsync(upgrade), StringComparison.Ordinal);

        await Silab.WellAsync("hub", "check", "--config", path);
        await using var hub = await OperatedHub.StartAsync(0, ["hub", "run", "--config", path, "--lang", "en"]);
        Assert.Equal(0, await hub.TerminateAsync());
    }

    private static async Task RequireAsync(int exit, string told, string[] arguments)
    {
        var (code, said) = await Silab.HereAsync(arguments);
        Assert.True(code == exit, $"silab {string.Join(' ', arguments)} ended with {code}: {said}");
        Assert.Contains(told, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    /// <summary>The one key there is, which data need.</summary>
    private static async Task<string> KeyAsync(string[] config)
    {
        var key = Assert.Single(JsonNode.Parse(await Silab.WellAsync(["hub", "key", "list", "--json", .. config]))!.AsArray())!;
        Assert.True((bool)key["isActive"]! && (bool)key["isNeeded"]!);
        return (string)key["id"]!;
    }

    /// <summary>Makes a catalogue of the version before this one; how many steps this one has.</summary>
    private static async Task<int> MakeEarlierAsync(string connection)
    {
        var folder = Path.Combine(Silab.RepositoryRoot, "src", "SiOutcomeLab.Storage", "Catalogue", "Postgres", "Migrations");
        var steps = Directory.GetFiles(folder, "*.sql").Order(StringComparer.Ordinal).ToArray();
        await using var database = NpgsqlDataSource.Create(connection);
        const string Versions = "version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at TEXT NOT NULL";
        await ExecuteAsync(database, $"CREATE TABLE schema_version ({Versions})");
        foreach (var (step, index) in steps.SkipLast(1).Select((s, i) => (s, i)))
        {
            var sql = (await File.ReadAllTextAsync(step, Cancel.Token)).ReplaceLineEndings("\n");
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
            await ExecuteAsync(database, sql);
            var row = $"{index + 1}, '{Path.GetFileName(step)}', '{hash}', '2026-01-01T00:00:00.0000000Z'";
            await ExecuteAsync(database, $"INSERT INTO schema_version VALUES ({row})");
        }

        return steps.Length;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancel.Token);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories)) Directory.CreateDirectory(to + folder[from.Length..]);
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories)) File.Copy(file, to + file[from.Length..]);
    }
}
