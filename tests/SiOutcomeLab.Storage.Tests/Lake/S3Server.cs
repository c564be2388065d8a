using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Storage.Tests.Lake;

/// <summary>An S3 store of the test process's own: <c>s3rver</c> from the packages pinned in <c>tests/foreign</c>.</summary>
internal static class S3Server
{
    private const string Bucket = "lake";

    private static readonly Lazy<Task<Uri>> Started = new(StartAsync);

    /// <summary>A place of a test's own in the store.</summary>
    public static async Task<S3Place> NewPlaceAsync()
    {
        Need();
        return new S3Place(await Started.Value, Bucket, $"t{Guid.NewGuid():N}/", "us-east-1", "S3RVER", "S3RVER");
    }

    private static string? Program()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var program = Path.Combine(folder.FullName, "tests", "foreign", "node_modules", "s3rver", "bin", "s3rver.js");
            if (File.Exists(program)) return program;
        }

        return null;
    }

    private static void Need()
    {
        if (Program() is not null) return;
        const string Missing = "missing package s3rver; run npm ci --prefix tests/foreign --ignore-scripts";
        Assert.False(Environment.GetEnvironmentVariable("SILAB_REQUIRE") == "all", $"SILAB_REQUIRE=all, but {Missing}");
        Assert.Skip(Missing);
    }

    private static async Task<Uri> StartAsync()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var folder = Directory.CreateTempSubdirectory("silab-s3-");
        var process = Process.Start(new ProcessStartInfo(
            "node",
            [Program()!, "--directory", folder.FullName, "--address", "127.0.0.1", "--port", $"{port}", "--silent", "--configure-bucket", Bucket])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            process.Kill(entireProcessTree: true);
            folder.Delete(recursive: true);
        };
        var address = new Uri($"http://127.0.0.1:{port}");
        using var http = new HttpClient();
        for (var waited = Stopwatch.StartNew(); ;)
        {
            try
            {
                await http.GetAsync(address);
                return address;
            }
            catch (HttpRequestException) when (waited.Elapsed < TimeSpan.FromSeconds(60))
            {
                await Task.Delay(100);
            }
        }
    }
}
