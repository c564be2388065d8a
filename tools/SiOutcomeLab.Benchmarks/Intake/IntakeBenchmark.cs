using System.Diagnostics;
using System.Text.Json;

namespace SiOutcomeLab.Benchmarks.Intake;

/// <summary>
/// Checks and rewrites a contract file of twenty columns beside DuckDB, in turns, each in processes of their own with the same number of
/// threads; then pushes it whole to a hub in a process of its own. DuckDB does it twice: in the fastest way it has, which only says whether any row breaks any rule, and counting as ours counts.
/// </summary>
internal static class IntakeBenchmark
{
    private const double Gate = 0.7;
    private const double PeakMegabytes = 400;
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Text("role", "") == "work") return await IntakeWork.RunAsync(arguments, cancellationToken);
        if (arguments.Text("role", "") == "hub") return await HubPush.ServeAsync(arguments, cancellationToken);
        var (rows, rounds) = (arguments.Number("rows", 2_000_000), arguments.Number("rounds", 3));
        var order = arguments.Text("order", "person");
        var modules = Path.GetFullPath(arguments.Text("modules", Path.Combine("tests", "foreign")));
        if (!Directory.Exists(Path.Combine(modules, "node_modules", "@duckdb")))
        {
            Console.Error.WriteLine($"DuckDB is missing: run 'npm ci' in {modules}.");
            return Environment.GetEnvironmentVariable("SILAB_REQUIRE") == "all" ? 1 : 0;
        }

        var folder = Directory.CreateDirectory(arguments.Text("scratch", Path.Combine(Path.GetTempPath(), "silab-intake"))).FullName;
        var file = Path.Combine(folder, $"made-{order}-{rows}.parquet");
        if (!File.Exists(file))
        {
            Console.WriteLine($"{rows} rows …");
            await SpawnAsync("node", [Script("generate.mjs"), $"{rows}", file, order, "2"], modules, cancellationToken);
        }

        var before = Machine.Read();
        var results = new List<IntakeRow>();
        foreach (var threads in arguments.Text("threads", "1,2").Split(',').Select(int.Parse))
        {
            var row = new IntakeRow(threads);
            for (var round = 0; round < rounds; round++)
            {
                foreach (var step in IntakeWork.Steps) row.Ours.Add(await OursAsync(step, file, threads, folder, cancellationToken));
                row.Ours.Add(await HubPush.RunAsync(file, threads, folder, cancellationToken));
                foreach (var how in IntakeRow.DuckWays)
                {
                    var copy = Path.Combine(folder, "duckdb.parquet");
                    string[] ask = [Script("duckdb.mjs"), file, copy, $"{threads}", how];
                    var line = await SpawnAsync("node", ask, modules, cancellationToken);
                    var run = JsonSerializer.Deserialize<DuckRun>(line, Web)! with { How = how };
                    if (run.Faults != 0 || run.Duplicates != 0) throw new InvalidDataException("DuckDB finds faults where we find none.");
                    row.Duck.Add(run);
                }

                Console.WriteLine(IntakeReport.Line(row));
            }

            results.Add(row);
        }

        var size = new FileInfo(file).Length;
        var markdown = IntakeReport.Markdown(before, Machine.Read(), rows, size, order, rounds, results, Gate, PeakMegabytes);
        var path = await ResultFiles.WriteAsync(
            arguments.Text("out", ResultFiles.Folder()), arguments.Text("name", "intake"), markdown,
            new { before, rows, bytes = size, order, rounds, gate = Gate, results }, TimeProvider.System, cancellationToken);
        Console.WriteLine($"Written to {path}.md and .json");
        return results.All(r => r.Ratio("push", "quick") >= Gate && r.Median("push", (IntakeRun p) => p.PeakMegabytes) <= PeakMegabytes) ? 0 : 1;
    }

    private static async Task<IntakeRun> OursAsync(string step, string file, int threads, string folder, CancellationToken cancellationToken)
    {
        var self = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is unknown.");
        string[] first = Path.GetFileNameWithoutExtension(self) == "dotnet" ? [typeof(IntakeBenchmark).Assembly.Location] : [];
        var line = await SpawnAsync(
            self,
            [.. first, "intake", "--role", "work", "--step", step, "--file", file, "--threads", $"{threads}", "--scratch", folder],
            Environment.CurrentDirectory,
            cancellationToken);
        return JsonSerializer.Deserialize<IntakeRun>(line, Web)!;
    }

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Intake", name);

    /// <summary>Runs a program to its end and gives the last line that it says.</summary>
    private static async Task<string> SpawnAsync(
        string program, string[] arguments, string folder, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, WorkingDirectory = folder })!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? output.TrimEnd().Split('\n')[^1]
                : throw new InvalidOperationException($"{program} {arguments[0]} failed; its error is above.");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
