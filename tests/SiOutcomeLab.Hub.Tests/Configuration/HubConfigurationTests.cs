using System.Reflection;
using SiOutcomeLab.Hub.Configuration;
using SiOutcomeLab.Hub.Telemetry;

namespace SiOutcomeLab.Hub.Tests.Configuration;

public sealed class HubConfigurationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("silab-config-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Load_EveryKindOfValue_IsReadWithItsUnit()
    {
        var options = Load(
            """
            {
              // comments and trailing commas are for people
              "data_folder": "data", "grpc_port": 5001, "json_port": 5002, "spool_bytes": "3GiB", "maximum_file_bytes": 1048576,
              "due_interval": "90s", "enable_reflection": false,
              "telemetry": { "endpoint": "http://127.0.0.1:4317", "protocol": "http", "interval": "1.5m", },
            }
            """);

        Assert.Equal(Path.Combine(_folder.FullName, "data"), options.DataFolder);
        Assert.Equal((5001, 5002), (options.GrpcPort, options.JsonPort));
        Assert.Equal((3L << 30, 1048576L), (options.SpoolBytes, options.MaximumFileBytes));
        Assert.Equal(TimeSpan.FromSeconds(90), options.DueInterval);
        Assert.False(options.EnableReflection);
        Assert.Equal(TelemetryProtocol.Http, options.Telemetry.Protocol);
        Assert.Equal(TimeSpan.FromSeconds(90), options.Telemetry.Interval);
        Assert.Equal(TimeSpan.FromSeconds(5), options.Telemetry.Timeout);
    }

    [Fact]
    public void Load_Environment_GoesBeforeTheFile()
    {
        var options = Load(
            """{ "data_folder": "data", "grpc_port": 5001 }""",
            ("SILAB__GRPC_PORT", "6001"), ("SILAB__TELEMETRY__TRACES", "false"), ("SILAB_HUB", "http://other"), ("PATH", "/bin"));

        Assert.Equal(6001, options.GrpcPort);
        Assert.False(options.Telemetry.Traces);
    }

    [Theory]
    [InlineData("grpc_prot", "grpc_port")]
    [InlineData("datafolder", "data_folder")]
    [InlineData("telemetry.endpont", "telemetry.endpoint")]
    [InlineData("certificate", "tls.certificate")]
    public void Load_UnknownKey_IsRefusedWithTheNearest(string wrong, string nearest)
    {
        var (section, key) = wrong.Split('.') is [var s, var k] ? (s, k) : (null, wrong);
        var inner = $"\"{key}\": \"x\"";
        var json = section is null ? $$"""{ "data_folder": "d", {{inner}} }""" : $$"""{ "data_folder": "d", "{{section}}": { {{inner}} } }""";

        var breach = Assert.Single(Refused(json).Breaches);

        Assert.Equal(wrong, breach.Key);
        Assert.Contains($"Did you mean {nearest}?", breach.Problem.En, StringComparison.Ordinal);
        Assert.Contains($"Menades {nearest}?", breach.Problem.Sv, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_UnknownVariable_IsRefusedByItsName() =>
        Assert.Equal("SILAB__GRPC_PROT", Assert.Single(Refused("""{ "data_folder": "d" }""", ("SILAB__GRPC_PROT", "1")).Breaches).Key);

    [Fact]
    public void Load_ManyThingsWrong_TellsEachByItsKey()
    {
        var refused = Refused(
            """
            { "grpc_port": "many", "json_port": 70000, "due_interval": 10, "telemetry": { "protocol": "smoke", "interval": "1ms" },
              "health": 3, "enable_reflection": null, "listen_address": "0.0.0.0" }
            """);

        Assert.Equal(
            ["data_folder", "due_interval", "enable_reflection", "grpc_port", "health", "json_port", "listen_address", "telemetry.interval", "telemetry.protocol"],
            refused.Breaches.Select(b => b.Key).Distinct().Order(StringComparer.Ordinal));
        Assert.All(refused.Breaches, b => Assert.NotEqual(b.Problem.Sv, b.Problem.En));
    }

    [Theory]
    [InlineData("""{ "data_folder": "a", "data_folder": "b" }""", "data_folder")]
    [InlineData("""[]""", "(1:1)")]
    [InlineData("""{ "data_folder": }""", "(1:18)")]
    [InlineData("""{ "data_folder": "d", "key_file": "d/inside.key" }""", "key_file")]
    [InlineData("""{ "data_folder": "d", "telemetry": { "endpoint": "http://me:hunter2@collector" } }""", "telemetry.endpoint")]
    [InlineData("""{ "data_folder": "d", "spool_bytes": "9223372036854775807TiB" }""", "spool_bytes")]
    [InlineData("""{ "data_folder": "d", "catalogue": { "kind": "postgres" }, "lake": { "folder": "l" } }""", "catalogue.connection_file")]
    [InlineData("""{ "data_folder": "d", "catalogue": { "kind": "oracle" } }""", "catalogue.kind")]
    [InlineData("""{ "data_folder": "d", "lake": { "folder": "elsewhere" } }""", "lake.folder")]
    [InlineData("""{ "data_folder": "d", "lake": { "kind": "tape" } }""", "lake.kind")]
    public void Load_OneThingWrong_TellsItAlone(string json, string key)
    {
        var refused = Refused(json);

        Assert.Equal(key, Assert.Single(refused.Breaches).Key);
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_NoneTakesASecretItself() => Assert.All(
        OptionKey.Leaves(OptionKey.Of(typeof(HubOptions))).Where(k => IsSecret(k.Property)), k => Assert.True(k.IsPath, $"{k.Path} must be the path of a file."));

    [Fact]
    public void Keys_EveryOneIsOfAKindThatCanBeRead()
    {
        foreach (var key in OptionKey.Leaves(OptionKey.Of(typeof(HubOptions))))
        {
            Assert.NotNull(OptionValue.Kind(key));
            OptionValue.Read(key, "1");
        }
    }

    [Fact]
    public void Example_ThatComesWithTheProgram_CanBeHad()
    {
        var options = HubConfiguration.Load(Path.Combine(AppContext.BaseDirectory, "fixtures", "hub.example.json"), []);

        Assert.Equal("/var/lib/silab/data", options.DataFolder);
        Assert.Null(options.Telemetry.Endpoint);
    }

    private static bool IsSecret(PropertyInfo property) =>
        new[] { "Key", "KeyFile", "Password", "Secret", "Token", "HeadersFile" }.Contains(property.Name, StringComparer.Ordinal);

    private HubOptions Load(string json, params (string Name, string Value)[] environment)
    {
        var path = Path.Combine(_folder.FullName, "hub.json");
        File.WriteAllText(path, json);
        return HubConfiguration.Load(path, environment.Select(e => KeyValuePair.Create(e.Name, e.Value)));
    }

    private HubOptionsException Refused(string json, params (string Name, string Value)[] environment) =>
        Assert.Throws<HubOptionsException>(() => Load(json, environment));
}
