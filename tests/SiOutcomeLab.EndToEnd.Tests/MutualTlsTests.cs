using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SiOutcomeLab.EndToEnd.Tests;

/// <summary>The whole way as a lab would set it up: authority, certificates, issuer and hub by commands, then grpcio with certificate and token.</summary>
public sealed partial class MutualTlsTests
{
    private const string Issuer = "https://lab.example";
    private const string Audience = "https://hub.example";

    [Fact]
    public async Task Grpcio_WithCertificateAndSignedToken_Pushes()
    {
        const string python = "/usr/bin/python3";
        const string plugin = "/usr/bin/grpc_python_plugin";
        Programs.Need(
            Programs.Runs(python, "-c", "import grpc") && Programs.Runs("protoc", "--version") && File.Exists(plugin) && File.Exists("/usr/include/google/protobuf/descriptor.proto"),
            "Debian's python3-grpcio with protobuf-compiler-grpc and libprotobuf-dev");
        using var folder = new TemporaryFolder();
        using var stubs = new TemporaryFolder();
        var protos = Path.Combine(Silab.RepositoryRoot, "protos");
        var files = Directory.EnumerateFiles(Path.Combine(protos, "sioutcomelab"), "*.proto", SearchOption.AllDirectories).ToArray();
        await Programs.OutputOfAsync("protoc", [$"-I{protos}", $"--python_out={stubs.Path}", $"--grpc_out={stubs.Path}", $"--plugin=protoc-gen-grpc={plugin}", .. files]);
        string At(string name) => Path.Combine(folder.Path, name);
        await Silab.OutputOfAsync("identity", "ca", "new", "--ca-folder", At("ca"));
        await Silab.OutputOfAsync("identity", "cert", "new", "--ca-folder", At("ca"), "--server", "localhost,127.0.0.1", "--out", At("hub"));
        await Silab.OutputOfAsync("identity", "cert", "new", "--ca-folder", At("ca"), "--organisation", "9901", "--subject", "system", "--out", At("system"));
        await Silab.OutputOfAsync("identity", "jwt-key", "new", "--out", At("jwt.key"), "--jwks", At("jwks.json"));
        var token = (await Silab.OutputOfAsync(
            "identity", "token", "new", "--jwt-key", At("jwt.key"), "--issuer", Issuer, "--audience", Audience,
            "--organisation", "9901", "--subject", "anna", "--bound-to", At("system.pem"))).Trim();
        await File.WriteAllTextAsync(At("hub.json"), JsonSerializer.Serialize(new
        {
            data_folder = At("data"), grpc_port = 0, json_port = 0,
            tls = new { certificate = At("hub.pem"), key = At("hub.key"), client_ca = At("ca/ca.pem"), client_revocations = At("ca/ca.crl") },
            jwt = new { issuer = Issuer, audience = Audience, keys_file = At("jwks.json") },
        }), Cancel.Token);

        using var process = Process.Start(Programs.Start(
            "dotnet", Silab.Dll, "hub", "run", "--config", At("hub.json"), "--grant", "9901:anna:submitter,analyst", "--lang", "en"))!;
        try
        {
            string? address = null;
            while (address is null && await process.StandardOutput.ReadLineAsync(Cancel.Token).AsTask().WaitAsync(TimeSpan.FromSeconds(180), Cancel.Token) is { } line)
            {
                if (line.StartsWith("gRPC", StringComparison.Ordinal)) address = Address().Match(line).Value;
            }

            Assert.NotNull(address);
            var script = Path.Combine(AppContext.BaseDirectory, "Foreign", "client.py");
            string[] tls = [At("ca/ca.pem"), At("system.pem"), At("system.key")];
            string[] to = ["--hub", "https://" + address, "--token", token, "--ca", tls[0], "--cert", tls[1], "--cert-key", tls[2]];
            await Silab.OutputOfAsync(["interventions", "register", Path.Combine(Silab.Nsw, "interventions.json"), .. to]);
            using var first = JsonDocument.Parse(await Programs.OutputOfAsync(python, [script, stubs.Path, address, token, Silab.Nsw, "push", .. tls]));
            using var second = JsonDocument.Parse(await Programs.OutputOfAsync(python, [script, stubs.Path, address, token, Silab.Nsw, "push", .. tls]));

            Assert.Equal(1842, first.RootElement.GetProperty("rows").GetInt64());
            Assert.False(first.RootElement.GetProperty("wasThere").GetBoolean());
            Assert.Equal(first.RootElement.GetProperty("receipt").GetString(), second.RootElement.GetProperty("receipt").GetString());

            // The same token without the certificate that it is bound to.
            var (code, said) = await Silab.RunAsync("runs", "list", "--hub", "https://" + address, "--token", token, "--ca", At("ca/ca.pem"), "--lang", "en");
            Assert.True(code == 5, said);
            var whole = await Silab.RunAsync(["runs", "list", .. to]);
            Assert.True(whole.Code == 0, whole.Said);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
