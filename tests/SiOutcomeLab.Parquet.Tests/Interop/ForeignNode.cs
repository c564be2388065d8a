using System.Diagnostics;
using System.Text.Json;

namespace SiOutcomeLab.Parquet.Tests.Interop;

/// <summary>Runs DuckDB, hyparquet and arrow-rs under node, from the packages pinned in <c>tests/foreign</c>.</summary>
internal static class ForeignNode
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly string[] Packages =
        ["@duckdb/node-api", "hyparquet", "hyparquet-compressors", "parquet-wasm", "apache-arrow"];

    public static Task<ForeignTable[]> DuckDb(string[] run, params string[] dump) => Run("duckdb.mjs", new { run, dump });

    public static Task<ForeignTable[]> Hyparquet(params string[] dump) => Run("hyparquet.mjs", new { dump });

    /// <summary>Writes files anew with arrow-rs and reads files with it.</summary>
    public static Task<ForeignTable[]> Arrow(ArrowWrite[] write, params string[] dump) => Run("arrow.mjs", new { write, dump });

    /// <summary>Skips the test with what is missing, or fails it when nothing may be left out.</summary>
    public static void Require()
    {
        if (Missing() is not { } missing) return;
        var all = string.Equals(Environment.GetEnvironmentVariable("SILAB_REQUIRE"), "all", StringComparison.Ordinal);
        Assert.False(all, $"SILAB_REQUIRE=all, but {missing}");
        Assert.Skip(missing);
    }

    private static string? Missing()
    {
        var missing = Packages.Where(name => !Path.Exists(Path.Combine(Folder(), "node_modules", name))).ToArray();
        if (missing.Length > 0)
        {
            return $"missing packages: {string.Join(", ", missing)}; run npm ci --prefix tests/foreign --ignore-scripts";
        }

        var paths = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        var names = OperatingSystem.IsWindows() ? "node.exe" : "node";
        return paths.Any(path => path.Length > 0 && File.Exists(Path.Combine(path, names))) ? null : "node is not on the PATH";
    }

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "tests", "foreign");
            if (File.Exists(Path.Combine(candidate, "package.json"))) return candidate;
        }

        throw new DirectoryNotFoundException("tests/foreign was not found above the test assembly.");
    }

    private static async Task<ForeignTable[]> Run(string script, object request)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Limit);
        using var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder(), "parquet", script)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            await process.StandardInput.WriteAsync(JsonSerializer.Serialize(request, Json).AsMemory(), timeout.Token);
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(timeout.Token);
            var output = await process.StandardOutput.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            Assert.True(process.ExitCode == 0, $"{script} failed: {await errors}");
            return JsonSerializer.Deserialize<Reply>(output, Json)!.Tables;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private sealed record Reply(ForeignTable[] Tables);
}
