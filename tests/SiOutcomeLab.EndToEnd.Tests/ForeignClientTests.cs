using System.Diagnostics;
using System.Text.Json;

namespace SiOutcomeLab.EndToEnd.Tests;

/// <summary>Clients that share no code with the hub push and query: Python's grpcio, Node's grpc-js, and curl.</summary>
public sealed class ForeignClientTests
{
    private static readonly string Protos = Path.Combine(Silab.RepositoryRoot, "protos");
    private static readonly string Modules = Path.Combine(Silab.RepositoryRoot, "tests", "foreign");

    [Fact]
    public async Task Grpcio_PushesAndQueries()
    {
        const string python = "/usr/bin/python3";
        const string plugin = "/usr/bin/grpc_python_plugin";
        Programs.Need(
            Programs.Runs(python, "-c", "import grpc") && Programs.Runs("protoc", "--version") && File.Exists(plugin) && File.Exists("/usr/include/google/protobuf/descriptor.proto"),
            "Debian's python3-grpcio with protobuf-compiler-grpc and libprotobuf-dev");
        using var stubs = new TemporaryFolder();
        var files = Directory.EnumerateFiles(Path.Combine(Protos, "sioutcomelab"), "*.proto", SearchOption.AllDirectories).ToArray();
        await Programs.OutputOfAsync("protoc", [$"-I{Protos}", $"--python_out={stubs.Path}", $"--grpc_out={stubs.Path}", $"--plugin=protoc-gen-grpc={plugin}", .. files]);
        var script = Path.Combine(AppContext.BaseDirectory, "Foreign", "client.py");

        await PushesAndQueriesAsync((hub, verb) => Programs.OutputOfAsync(python, script, stubs.Path, HostOf(hub), hub.Token, Silab.Nsw, verb));
    }

    [Fact]
    public async Task GrpcJs_PushesAndQueries()
    {
        Programs.Need(
            Programs.Runs("node", "--version") && Directory.Exists(Path.Combine(Modules, "node_modules", "@grpc", "grpc-js")),
            "Node.js with @grpc/grpc-js (npm ci --prefix tests/foreign)");
        var script = Path.Combine(AppContext.BaseDirectory, "Foreign", "client.mjs");

        await PushesAndQueriesAsync((hub, verb) => Programs.OutputOfAsync("node", script, Modules, Protos, HostOf(hub), hub.Token, Silab.Nsw, verb));
    }

    [Fact]
    public async Task Curl_ListsEffectsAsJson()
    {
        Programs.Need(Programs.Runs("curl", "--version"), "curl");
        using var folder = new TemporaryFolder();
        await using var hub = await HubProcess.StartAsync(folder.Path, 0.2);
        await RegisterAsync(hub);
        await Silab.OutputOfAsync("push", Silab.Nsw, "--hub", hub.Grpc, "--token", hub.Token, "--receipt", Path.Combine(folder.Path, "receipt.json"));

        var effects = await UntilThereAsync(async () =>
        {
            var json = await Programs.OutputOfAsync(
                "curl", "-sS", "-H", "content-type: application/json", "-d", "{\"pageSize\":10}", $"{hub.Json}/sioutcomelab.effects.v1.EffectService/ListEffects");
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty("effects", out var list) ? [.. list.EnumerateArray().Select(e => e.Clone())] : [];
        });

        var headline = effects.Single(e => e.GetProperty("plan").GetString() == "nsw-entropy-balancing" && e.GetProperty("role").GetString() == "ESTIMATE_ROLE_HEADLINE");
        Assert.Equal(1273.261814, headline.GetProperty("estimate").GetProperty("point").GetProperty("value").GetDouble(), 1e-6);
    }

    private static async Task PushesAndQueriesAsync(Func<HubProcess, string, Task<string>> runAsync)
    {
        using var folder = new TemporaryFolder();
        await using var hub = await HubProcess.StartAsync(folder.Path, 0.2);
        await RegisterAsync(hub);

        using var first = JsonDocument.Parse(await runAsync(hub, "push"));
        using var second = JsonDocument.Parse(await runAsync(hub, "push"));
        var effects = await UntilThereAsync(
            async () =>
            {
                using var document = JsonDocument.Parse(await runAsync(hub, "query"));
                return [.. document.RootElement.EnumerateArray().Select(e => e.Clone())];
            },
            count: 3);

        Assert.False(first.RootElement.GetProperty("wasThere").GetBoolean());
        Assert.Equal(1842, first.RootElement.GetProperty("rows").GetInt64());
        Assert.True(second.RootElement.GetProperty("wasThere").GetBoolean());
        Assert.Equal(first.RootElement.GetProperty("contentHash").GetString(), second.RootElement.GetProperty("contentHash").GetString());
        Assert.Equal(first.RootElement.GetProperty("receipt").GetString(), second.RootElement.GetProperty("receipt").GetString());
        Assert.Contains(effects, e => Math.Abs(e.GetProperty("point").GetDouble() - 1273.261814) < 1e-6);
    }

    private static async Task RegisterAsync(HubProcess hub)
    {
        string[] to = ["--hub", hub.Grpc, "--token", hub.Token];
        await Silab.OutputOfAsync(["interventions", "register", Path.Combine(Silab.Nsw, "interventions.json"), .. to]);
        await Silab.OutputOfAsync(["plans", "register", Path.Combine(Silab.Nsw, "plans.json"), .. to]);
    }

    private static async Task<IReadOnlyList<JsonElement>> UntilThereAsync(Func<Task<IReadOnlyList<JsonElement>>> askAsync, int count = 4)
    {
        var waited = Stopwatch.StartNew();
        IReadOnlyList<JsonElement> found = [];
        while (found.Count < count && waited.Elapsed < TimeSpan.FromSeconds(180))
        {
            found = await askAsync();
            if (found.Count < count) await Task.Delay(300, Cancel.Token);
        }

        Assert.Equal(count, found.Count);
        return found;
    }

    private static string HostOf(HubProcess hub) => new Uri(hub.Grpc).Authority;
}
