using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.EndToEnd.Tests.Operation;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Catalogue.Postgres;
using SiOutcomeLab.Storage.Tests.Catalogue.Postgres;

namespace SiOutcomeLab.EndToEnd.Tests.Sharing;

/// <summary>Hub processes on one PostgreSQL catalogue and one lake in a folder, and the catalogue itself to look into.</summary>
internal sealed class SharedHubs : IAsyncDisposable
{
    public const string Token = "5ab1e0000000000000000000000000000000000000000000000000000000cafe";

    private readonly TemporaryFolder _root = new();
    private readonly List<OperatedHub> _hubs = [];

    private SharedHubs(ICatalogue catalogue) => Catalogue = catalogue;

    public ICatalogue Catalogue { get; }

    public string Root => _root.Path;

    public static async Task<SharedHubs> CreateAsync()
    {
        var text = await PrivatePostgres.NewDatabaseAsync(Cancel.Token);
        var shared = new SharedHubs(await PostgresCatalogue.OpenAsync(PostgresConnection.TryParse(text)!, null, Cancel.Token));
        await File.WriteAllTextAsync(Path.Combine(shared.Root, "connection"), text, Cancel.Token);
        var caller = new Caller(new OrganisationId("9901"), "test", new HashSet<Role> { Role.Submitter, Role.Analyst });
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Token)));
        await shared.Catalogue.Tokens.AddAsync(hash, caller, DateTimeOffset.MaxValue, Cancel.Token);
        await shared.ConfigureAsync("hub-1");
        await Silab.OutputOfAsync("hub", "key", "new", "--config", Path.Combine(shared.Root, "hub-1.json"));
        return shared;
    }

    /// <summary>Starts a hub of its own data folder, that shares all else.</summary>
    public async Task<OperatedHub> StartAsync(string name)
    {
        var hub = await OperatedHub.StartAsync(0, ["hub", "run", "--config", await ConfigureAsync(name), "--lang", "en"]);
        _hubs.Add(hub);
        return hub;
    }

    /// <summary>Sends the teaching data and registers this many plans, all due, alike but for their names.</summary>
    public async Task PlanAsync(OperatedHub hub, int plans)
    {
        string[] to = ["--hub", hub.Grpc, "--token", Token];
        await Silab.OutputOfAsync(["interventions", "register", Path.Combine(Silab.Nsw, "interventions.json"), .. to]);
        await Silab.OutputOfAsync(["push", Silab.Nsw, "--receipt", Path.Combine(Root, "receipt.json"), .. to]);
        var nsw = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Silab.Nsw, "plans.json"), Cancel.Token))!.AsArray()[0]!;
        var all = new JsonArray();
        for (var i = 0; i < plans; i++)
        {
            var plan = nsw.DeepClone();
            plan["Id"] = $"shared-{i:000}";
            all.Add(plan);
        }

        var file = Path.Combine(Root, "plans.json");
        await File.WriteAllTextAsync(file, all.ToJsonString(), Cancel.Token);
        await Silab.OutputOfAsync(["plans", "register", file, .. to]);
    }

    public Task<IReadOnlyList<Run>> RunsAsync() => Catalogue.Runs.ListAsync(null, null, null, 1000, Cancel.Token);

    /// <summary>Waits until the runs are as wished, and gives them.</summary>
    public async Task<IReadOnlyList<Run>> UntilAsync(Func<IReadOnlyList<Run>, bool> wished, int seconds = 120)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var runs = await RunsAsync();
            if (wished(runs)) return runs;
            var states = string.Join(", ", runs.GroupBy(r => r.State).Select(g => $"{g.Count()} {g.Key}"));
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(seconds), $"The runs did not come so far: {states}.");
            await Task.Delay(20, Cancel.Token);
        }
    }

    /// <summary>Every plan has one run, it has succeeded, and what it came to is kept once.</summary>
    public async Task<IReadOnlyDictionary<string, string>> RequireEachOnceAsync(int plans)
    {
        var runs = await RunsAsync();
        Assert.Equal(plans, runs.Count);
        Assert.Equal(plans, runs.Select(r => r.PlanId).Distinct().Count());
        Assert.All(runs, r => Assert.Equal(RunState.Succeeded, r.State));
        var results = new Dictionary<string, string>();
        foreach (var run in runs)
        {
            var result = await Catalogue.Runs.ResultAsync(run.Id, Cancel.Token);
            results[run.Id] = $"{run.Epoch} {run.FinishedAt:O} {Convert.ToHexStringLower(SHA256.HashData(result!))}";
        }

        return results;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var hub in _hubs) await hub.DisposeAsync();
        await Catalogue.DisposeAsync();
        _root.Dispose();
    }

    private async Task<string> ConfigureAsync(string name)
    {
        var path = Path.Combine(Root, name + ".json");
        await File.WriteAllTextAsync(
            path,
            $$"""
            {
              "data_folder": "{{name}}", "key_file": "hub.key", "grpc_port": 0, "json_port": 0, "due_interval": "300ms",
              "catalogue": { "kind": "postgres", "connection_file": "connection", "check_in": "1s" },
              "lake": { "folder": "lake" }
            }
            """,
            Cancel.Token);
        return path;
    }
}
