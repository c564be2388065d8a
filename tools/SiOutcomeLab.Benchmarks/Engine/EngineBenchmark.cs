using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SiOutcomeLab.Benchmarks.Yardsticks;

namespace SiOutcomeLab.Benchmarks.Engine;

/// <summary>
/// The statistics engine's work at the sizes of a country, each row's value first held against R's on the same data. What can be installed
/// runs right after ours on the same files; the times of what cannot are anchors from another machine of the kind, scaled by R's own glm,
/// which runs here in the same turn.
/// </summary>
internal static class EngineBenchmark
{
    /// <summary>Seconds of R's glm on the million where the anchors were measured.</summary>
    public const double AnchorGlm = 2.796;

    private const int MemoryRows = 10_000_000;

    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Text("role", "") == "memory") return await EngineMemory.RunAsync(arguments);
        var (repetitions, only) = (arguments.Number("repetitions", 7), arguments.Text("only", ""));
        var folder = Directory.CreateDirectory(arguments.Text("data", Path.Combine(Path.GetTempPath(), "silab-engine"))).FullName;
        var before = Machine.Read();
        Console.WriteLine("R draws the data and fits its glm …");
        if (await GlmAsync(folder, repetitions, cancellationToken) is not { Answer: { } r } glm)
        {
            Console.Error.WriteLine("Rscript is missing: install r-base-core. It draws the data that the anchors' values belong to.");
            return Environment.GetEnvironmentVariable("SILAB_REQUIRE") == "all" ? 1 : 0;
        }

        var (results, beside) = (new List<EngineResult>(), new List<YardstickResult>());
        foreach (var row in EngineRows.Of(folder, glm, repetitions))
        {
            if (!row.Work.Contains(only, StringComparison.OrdinalIgnoreCase)) continue;
            var result = Measure(row, repetitions, r.Median / AnchorGlm);
            results.Add(result);
            Console.WriteLine(EngineReport.Line(result));
            foreach (var yardstick in row.Yardsticks)
            {
                var (answer, whyNot) = await yardstick.Run(cancellationToken);
                var difference = answer is null ? null : yardstick.Difference?.Invoke(answer.Values);
                beside.Add(new YardstickResult(
                    row.Work, yardstick.Name, result.Timing.Median, answer, whyNot, difference, yardstick.Tolerance, yardstick.Remark));
                Console.WriteLine(EngineReport.Line(beside[^1]));
            }
        }

        var memory = only.Length > 0 ? null : await MemoryAsync(cancellationToken);
        if (memory is not null) Console.WriteLine($"  {EngineReport.Line(memory)}");
        var path = await ResultFiles.WriteAsync(
            arguments.Text("out", ResultFiles.Folder()), "engine",
            EngineReport.Markdown(before, Machine.Read(), r, repetitions, results, beside, memory),
            new { machine = before, r = new { r.Version, r.Median }, repetitions, results, beside, memory },
            TimeProvider.System, cancellationToken);
        Console.WriteLine($"{path}.md");
        return results.TrueForAll(x => x.Agrees && x.Timing.Median <= x.Bar) && !beside.Exists(y => y.Disagrees) ? 0 : 1;
    }

    private static async Task<YardstickOutcome> GlmAsync(string folder, int repetitions, CancellationToken cancellationToken)
    {
        var drawn = await YardstickScript.RunAsync("draw.R", [folder], cancellationToken);
        if (drawn.Answer is null) return drawn;
        string[] some = [EngineData.PersonsPath(folder, 200_000), "1", EngineData.ScoresPath(folder, 200_000)];
        await YardstickScript.RunAsync("glm.R", some, cancellationToken);
        string[] all = [EngineData.PersonsPath(folder, 1_000_000), $"{repetitions}", EngineData.ScoresPath(folder, 1_000_000)];
        return await YardstickScript.RunAsync("glm.R", all, cancellationToken);
    }

    private static EngineResult Measure(EngineRow row, int repetitions, double scale)
    {
        row.Run();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        row.Run();
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        var (timing, value) = Timing.Of(repetitions, row.Run);
        var agrees = Math.Abs(value - row.Expected) <= row.Tolerance * Math.Abs(row.Expected);
        return new EngineResult(
            row.Work, row.Anchor, row.AnchorSeconds, row.AnchorSeconds * scale, row.Bar, row.Goal, row.Expected, value, agrees, timing,
            allocated / 1e6);
    }

    private static async Task<MemoryUse?> MemoryAsync(CancellationToken cancellationToken)
    {
        var self = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is unknown.");
        string[] first = Path.GetFileNameWithoutExtension(self) == "dotnet" ? [typeof(EngineBenchmark).Assembly.Location] : [];

        // What the runtime may take for its heap: the bar, less 120 MB of code and stacks. A breach is an OutOfMemoryException.
        var limit = (3L * MemoryRows * EngineMemory.Columns * sizeof(double)) - 120_000_000;
        var start = new ProcessStartInfo(self, [.. first, "engine", "--role", "memory", "--rows", $"{MemoryRows}"]);
        start.Environment["DOTNET_GCHeapHardLimit"] = limit.ToString("X", CultureInfo.InvariantCulture);
        var (exitCode, line) = await ChildProcess.RunAsync(start, cancellationToken);
        return exitCode == 0
            ? JsonSerializer.Deserialize<MemoryUse>(line, JsonSerializerOptions.Web)
            : throw new InvalidOperationException($"The evaluation of {MemoryRows} rows failed; its error is above. {line}");
    }
}
