using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SiOutcomeLab.Benchmarks.Matching;

namespace SiOutcomeLab.Benchmarks.Engine;

/// <summary>
/// The statistics engine's work at the sizes of a country, each row's value first held against R's on the same data. R's packages are not
/// run: their times are anchors from another machine of the kind, scaled by R's own glm, which runs here in the same turn.
/// </summary>
internal static class EngineBenchmark
{
    /// <summary>Seconds of R's glm on the million where the anchors were measured.</summary>
    public const double AnchorGlm = 2.796;

    private const int MemoryRows = 10_000_000;
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Text("role", "") == "memory") return await EngineMemory.RunAsync(arguments);
        var (repetitions, only) = (arguments.Number("repetitions", 7), arguments.Text("only", ""));
        var folder = Directory.CreateDirectory(arguments.Text("data", Path.Combine(Path.GetTempPath(), "silab-engine"))).FullName;
        var before = Machine.Read();
        Console.WriteLine("R draws the data and fits its glm …");
        if (await RAsync(folder, cancellationToken) is not { } r)
        {
            Console.Error.WriteLine("Rscript is missing: install r-base-core. It draws the data that the anchors' values belong to.");
            return Environment.GetEnvironmentVariable("SILAB_REQUIRE") == "all" ? 1 : 0;
        }

        var results = new List<EngineResult>();
        foreach (var row in EngineRows.Of(folder).Where(row => row.Work.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            row.Run();
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            row.Run();
            allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
            var (timing, value) = Timing.Of(repetitions, row.Run);
            var agrees = Math.Abs(value - row.Expected) <= row.Tolerance * Math.Abs(row.Expected);
            results.Add(new EngineResult(
                row.Work, row.Anchor, row.AnchorSeconds, row.AnchorSeconds * r.Median / AnchorGlm, row.Bar, row.Goal, row.Expected, value, agrees, timing,
                allocated / 1e6));
            Console.WriteLine(Line(results[^1]));
        }

        var memory = only.Length > 0 ? null : await MemoryAsync(cancellationToken);
        if (memory is not null) Console.WriteLine($"  {MemoryLine(memory)}");
        var path = await ResultFiles.WriteAsync(
            arguments.Text("out", ResultFiles.Folder()), "engine", Markdown(before, Machine.Read(), r, repetitions, results, memory),
            new { machine = before, r = new { r.Version, r.Blas, r.Median }, repetitions, results, memory }, TimeProvider.System, cancellationToken);
        Console.WriteLine($"{path}.md");
        return results.TrueForAll(x => x.Agrees && x.Timing.Median <= x.Bar) ? 0 : 1;
    }

    private static async Task<RGlm?> RAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            var script = Path.Combine(AppContext.BaseDirectory, "Engine", "engine.R");
            return JsonSerializer.Deserialize<RGlm>(await SpawnAsync("Rscript", [script, folder, "5"], cancellationToken), Web);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No such program: the one failure that is not an error here.
            return null;
        }
    }

    private static async Task<MemoryUse?> MemoryAsync(CancellationToken cancellationToken)
    {
        var self = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is unknown.");
        string[] first = Path.GetFileNameWithoutExtension(self) == "dotnet" ? [typeof(EngineBenchmark).Assembly.Location] : [];

        // What the runtime may take for its heap: the bar, less 120 MB of code and stacks. A breach is an OutOfMemoryException, not a number.
        var limit = (3L * MemoryRows * EngineMemory.Columns * sizeof(double)) - 120_000_000;
        string[] ask = [.. first, "engine", "--role", "memory", "--rows", $"{MemoryRows}"];
        return JsonSerializer.Deserialize<MemoryUse>(await SpawnAsync(self, ask, cancellationToken, limit), Web);
    }

    private static async Task<string> SpawnAsync(
        string program, string[] arguments, CancellationToken cancellationToken, long heapLimit = 0)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        if (heapLimit > 0) start.Environment["DOTNET_GCHeapHardLimit"] = heapLimit.ToString("X", CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? output.TrimEnd().Split('\n')[^1]
                : throw new InvalidOperationException($"{program} failed; its error is above. {output}");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static string Line(EngineResult r) => string.Create(
        CultureInfo.InvariantCulture,
        $"  {r.Work}: {r.Timing.Median:F4} s (bar {r.Bar} s, goal {r.Goal} s), {r.Speedup:F0} × {r.Anchor}: {r.Verdict}{(r.Agrees ? "" : $" {r.Value:R}, R {r.Expected:R}")}");

    private static string MemoryLine(MemoryUse m) => string.Create(
        CultureInfo.InvariantCulture,
        $"10 M × {EngineMemory.Columns}: whole evaluation {m.Seconds:F1} s, peak {m.PeakMegabytes:F0} MB for {m.InputMegabytes:F0} MB of input: "
        + $"{m.PeakMegabytes / m.InputMegabytes:F2} ×");

    private static string Markdown(Machine before, Machine after, RGlm r, int repetitions, IReadOnlyList<EngineResult> results, MemoryUse? memory)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"""
            # The statistics engine beside R's packages

            {after.Processor}, {after.Cores} cores, {after.MemoryGigabytes} GB; {after.System}; {after.Runtime}; load average {before.Load} at the start,
            {after.Load} at the end. Medians of {repetitions} runs in one process after two to warm up. {r.Version}, {r.Blas}: glm on the million took
            {r.Median:F3} s here and {AnchorGlm} s where the anchors were measured, so **anchor here** is the anchor times {r.Median / AnchorGlm:F2}. A time counts only when
            the value agrees with R's on the same data.

            | work | ours s (least–most) | bar | goal | | anchor | anchor here s | times faster | allocated MB | value | expected |
            |---|---|---|---|---|---|---|---|---|---|---|
            """);
        foreach (var x in results)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {x.Work} | {x.Timing.Median:F4} ({x.Timing.Minimum:F4}–{x.Timing.Maximum:F4}) | {x.Bar} | {x.Goal} | {x.Verdict} | {x.Anchor} | {x.ScaledAnchor:F2} | {x.Speedup:F0} | {x.AllocatedMegabytes:F0} | {x.Value:G10} | {x.Expected:G10} |");
        }

        if (memory is not null) text.AppendLine().AppendLine(MemoryLine(memory) + (memory.PeakMegabytes <= 3 * memory.InputMegabytes ? " (bar 3 ×: met)." : " (bar 3 ×: NOT met)."));
        return text.ToString();
    }
}

/// <summary>What a whole evaluation took.</summary>
internal sealed record MemoryUse(double Seconds, double PeakMegabytes, double InputMegabytes, double Effect, double Matched, double LargestSmd);
