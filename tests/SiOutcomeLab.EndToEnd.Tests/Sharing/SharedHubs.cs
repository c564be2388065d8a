using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.EndToEnd.Tests.Operation;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Catalogue.Postgres;
using SiOutcomeLab.Storage.Lake;
using SiOutcomeLab.Storage.Tests.Catalogue.Postgres;

namespace SiOutcomeLab.EndToEnd.Tests.Sharing;

/// <summary>Hub processes on one PostgreSQL catalogue and one lake, in a folder or an S3 store, and the catalogue itself to look into.</summary>
internal sealed class SharedHubs : IAsyncDisposable
{
    /// <summary>Who sends the teaching data.</summary>
    public const string Teaching = "9901";

    /// <summary>Municipalities of the made country, whose plans each compare within the municipality.</summary>
    public static readonly string[] Municipalities = ["9912", "9913"];

    private readonly TemporaryFolder _root = new();
    private readonly List<OperatedHub> _hubs = [];
    private readonly S3Place? _store;

    private SharedHubs(string connection, ICatalogue catalogue, S3Place? store) => (Connection, Catalogue, _store) = (connection, catalogue, store);

    /// <summary>How to reach the database.</summary>
    public string Connection { get; }

    public ICatalogue Catalogue { get; }

    public string Root => _root.Path;

    /// <param name="store">Where the lake is; null for a folder.</param>
    public static async Task<SharedHubs> CreateAsync(S3Place? store = null)
    {
        var text = await PrivatePostgres.NewDatabaseAsync(Cancel.Token);
        var shared = new SharedHubs(text, await PostgresCatalogue.OpenAsync(PostgresConnection.TryParse(text)!, null, Cancel.Token), store);
        await File.WriteAllTextAsync(Path.Combine(shared.Root, "connection"), text, Cancel.Token);
        if (store is not null)
        {
            await File.WriteAllLinesAsync(Path.Combine(shared.Root, "credentials"), [store.AccessKey, store.SecretKey], Cancel.Token);
        }

        foreach (var organisation in (string[])[Teaching, .. Municipalities])
        {
            var caller = new Caller(new OrganisationId(organisation), "test", new HashSet<Role> { Role.Submitter, Role.Analyst });
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(TokenOf(organisation))));
            await shared.Catalogue.Tokens.AddAsync(hash, caller, DateTimeOffset.MaxValue, Cancel.Token);
        }

        await Silab.WellAsync("hub", "key", "new", "--config", await shared.ConfigureAsync("hub-1"));
        return shared;
    }

    /// <summary>A token that an organisation has at all the hubs, to send and to read.</summary>
    public static string TokenOf(string organisation) => organisation.PadLeft(64, '5');

    /// <summary>Starts a hub of its own data folder, that shares all else.</summary>
    /// <param name="name">The folder's name.</param>
    /// <param name="processors">How many processors it sees; null for the machine's.</param>
    public async Task<OperatedHub> StartAsync(string name, int? processors = null)
    {
        var hub = await OperatedHub.StartAsync(0, ["hub", "run", "--config", await ConfigureAsync(name), "--lang", "en"], processors);
        _hubs.Add(hub);
        return hub;
    }

    /// <summary>Sends what an organisation has to send by the program, and registers its plans.</summary>
    public async Task DeliverAsync(OperatedHub hub, string organisation)
    {
        var folder = FolderOf(organisation);
        string[] to = ["--hub", hub.Grpc, "--token", TokenOf(organisation)];
        await Silab.WellAsync(["interventions", "register", Path.Combine(folder, "interventions.json"), .. to]);
        await Silab.WellAsync(["push", folder, "--receipt", Path.Combine(Root, organisation + ".receipt"), .. to]);
        await Silab.WellAsync(["plans", "register", Path.Combine(folder, "plans.json"), .. to]);
    }

    /// <summary>Registers an organisation's plans once more, under other names.</summary>
    public async Task RegisterAgainAsync(OperatedHub hub, string organisation)
    {
        var all = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(FolderOf(organisation), "plans.json"), Cancel.Token))!.AsArray();
        foreach (var plan in all) plan!["Id"] = $"{plan["Id"]}-again";
        var file = Path.Combine(Root, organisation + "-again.json");
        await File.WriteAllTextAsync(file, all.ToJsonString(), Cancel.Token);
        await Silab.WellAsync("plans", "register", file, "--hub", hub.Grpc, "--token", TokenOf(organisation));
    }

    /// <summary>Where an organisation's delivery lies.</summary>
    public static string FolderOf(string organisation) =>
        organisation == Teaching ? Silab.Nsw : Path.Combine(Silab.RepositoryRoot, "datasets", "made-country", organisation);

    /// <summary>Sends the teaching data and registers this many plans, all due, alike but for their names.</summary>
    public async Task PlanAsync(OperatedHub hub, int plans)
    {
        string[] to = ["--hub", hub.Grpc, "--token", TokenOf(Teaching)];
        await Silab.WellAsync(["interventions", "register", Path.Combine(Silab.Nsw, "interventions.json"), .. to]);
        await Silab.WellAsync(["push", Silab.Nsw, "--receipt", Path.Combine(Root, "receipt.json"), .. to]);
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
        await Silab.WellAsync(["plans", "register", file, .. to]);
    }

    public Task<IReadOnlyList<Run>> RunsAsync() => Catalogue.Runs.ListAsync(null, null, null, 1000, Cancel.Token);

    /// <summary>Waits until the runs are as wished, and gives them.</summary>
    public async Task<IReadOnlyList<Run>> UntilAsync(Func<IReadOnlyList<Run>, bool> wished, int seconds = 240)
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

    /// <summary>Writes the configuration file of one of these hubs; its path.</summary>
    /// <param name="name">The hub's name.</param>
    /// <param name="keyFile">Its key file.</param>
    public Task<string> ConfigureAsync(string name, string keyFile = "hub.key") => ConfigureAsync(Root, name, _store is null
        ? """{ "folder": "lake" }"""
        : $$"""
            { "kind": "s3", "endpoint": "{{_store.Endpoint}}", "bucket": "{{_store.Bucket}}", "prefix": "{{_store.Prefix}}",
              "credentials_file": "credentials" }
            """, keyFile);

    /// <summary>Writes the configuration file of a hub whose folders are in a root; its path.</summary>
    public static async Task<string> ConfigureAsync(string root, string name, string lake, string keyFile = "hub.key")
    {
        var path = Path.Combine(root, name + ".json");
        await File.WriteAllTextAsync(
            path,
            $$"""
            {
              "data_folder": "{{name}}", "key_file": "{{keyFile}}", "grpc_port": 0, "json_port": 0, "due_interval": "300ms",
              "catalogue": { "kind": "postgres", "connection_file": "connection", "check_in": "1s" },
              "lake": {{lake}}
            }
            """,
            Cancel.Token);
        return path;
    }
}
