using System.Net;

namespace SiOutcomeLab.EndToEnd.Tests.Operation;

/// <summary>A hub as a service: by its configuration, asked by probes, ended by its manager.</summary>
public sealed class ServiceTests
{
    [Fact]
    public async Task Run_ByConfiguration_IsReadyAndEndsWhenTold()
    {
        using var root = new TemporaryFolder();
        var config = Path.Combine(root.Path, "hub.json");
        await File.WriteAllTextAsync(config, """{ "data_folder": "data", "key_file": "hub.key", "grpc_port": 0, "json_port": 0 }""", Cancel.Token);

        await using var hub = await OperatedHub.StartAsync(0, ["hub", "run", "--config", config, "--lang", "en"]);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(120) };
        var ready = await http.GetAsync(new Uri(hub.Json + "/healthz/ready"), Cancel.Token);

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.True(File.Exists(Path.Combine(root.Path, "hub.key")));
        Assert.Equal(0, await hub.TerminateAsync());
    }

    [Theory]
    [InlineData("""{ "data_folder": "d", "grpc_prot": 1 }""", 14, "Did you mean grpc_port?")]
    [InlineData("""{ "data_folder": "d", "listen_address": "0.0.0.0" }""", 14, "listen_address")]
    public async Task Run_ConfigurationThatCannotBeHad_IsToldByKey(string json, int exit, string told)
    {
        using var root = new TemporaryFolder();
        var config = Path.Combine(root.Path, "hub.json");
        await File.WriteAllTextAsync(config, json, Cancel.Token);

        var (code, said) = await Silab.RunAsync("hub", "run", "--config", config, "--lang", "en");

        Assert.Equal(exit, code);
        Assert.Contains(told, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unit_IsOneThatSystemdUnderstands()
    {
        Programs.Need(Programs.Runs("systemd-analyze", "--version"), "systemd-analyze");
        using var root = new TemporaryFolder();
        var unit = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "operation", "silab-hub.service"), Cancel.Token);
        Assert.Contains("ExecStart=/usr/bin/dotnet /opt/silab/silab.dll hub run --config /etc/silab/hub.json", unit, StringComparison.Ordinal);

        // The program need not be installed where the test runs.
        var path = Path.Combine(root.Path, "silab-hub.service");
        await File.WriteAllTextAsync(path, unit.Replace("/usr/bin/dotnet", "/bin/true", StringComparison.Ordinal), Cancel.Token);
        var said = await Programs.OutputOfAsync("/bin/sh", "-c", $"systemd-analyze verify '{path}' 2>&1");

        Assert.DoesNotContain("silab-hub.service", said, StringComparison.Ordinal);
    }
}
