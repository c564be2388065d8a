using System.Diagnostics;
using SiOutcomeLab.Rpc.Tests.Server;

namespace SiOutcomeLab.Rpc.Tests.Foreign;

/// <summary>Other people's gRPC implementations, when they are installed.</summary>
internal static class ForeignTool
{
    /// <summary>Debian's, which has python3-grpcio; another Python first in PATH has not.</summary>
    public const string Python = "/usr/bin/python3";

    private static readonly Lazy<Task<bool>> HasGrpcio = new(async () =>
        File.Exists(Python) && (await RunAsync(Python, "-c", "import grpc, grpc_tools")).ExitCode == 0);

    public static string Proto => Path.Combine(AppContext.BaseDirectory, "Protos", "interop.proto");

    public static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Foreign", name);

    /// <summary>The folder with node_modules, or a skip that says what is missing.</summary>
    public static string RequireNodeModules()
    {
        var folder = Environment.GetEnvironmentVariable("SILAB_FOREIGN");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); folder is null && at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "tests", "foreign");
            if (Directory.Exists(candidate)) folder = candidate;
        }

        Require(
            folder is not null && Directory.Exists(Path.Combine(folder, "node_modules", "@grpc", "grpc-js")),
            "@grpc/grpc-js is missing: run npm ci --prefix tests/foreign.");
        Require(OnPath("node"), "node is missing.");
        return folder!;
    }

    public static async Task RequireGrpcioAsync() =>
        Require(await HasGrpcio.Value, "grpcio is missing: apt-get install python3-grpcio python3-grpc-tools.");

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }

        return (process.ExitCode, await output.Soon(), await error.Soon());
    }

    public static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
    })!;

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, program)));

    private static void Require(bool present, string otherwise)
    {
        if (present) return;
        if (Environment.GetEnvironmentVariable("SILAB_REQUIRE") == "all") Assert.Fail(otherwise);
        Assert.Skip(otherwise);
    }
}
