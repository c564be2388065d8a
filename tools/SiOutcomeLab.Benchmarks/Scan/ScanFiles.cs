using System.Diagnostics;

namespace SiOutcomeLab.Benchmarks.Scan;

/// <summary>The scripts and the file that both sides scan.</summary>
internal static class ScanFiles
{
    /// <summary>The script beside this program.</summary>
    public static string Script => Path.Combine(AppContext.BaseDirectory, "Scan", "follow-up.mjs");

    /// <summary>The packages of other people's software that the tests use, or null when they are not installed.</summary>
    public static string? Foreign()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var packages = Path.Combine(folder.FullName, "tests", "foreign");
            if (Directory.Exists(Path.Combine(packages, "node_modules", "@duckdb", "node-api"))) return packages;
        }

        return null;
    }

    /// <summary>Makes the file with DuckDB when it is not there.</summary>
    public static async Task MakeAsync(string path, int rows, string codec, string version, CancellationToken cancellationToken)
    {
        if (File.Exists(path)) return;
        using var process = Process.Start("node", [Script, "make", $"{rows}", path, codec, version]);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0) throw new InvalidOperationException("DuckDB did not make the file; its error is above.");
    }
}
