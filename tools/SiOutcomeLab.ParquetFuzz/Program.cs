using System.Diagnostics;
using SiOutcomeLab.ParquetFuzz.Running;

// Reads changed Parquet files until something other than rows or the one typed exception comes out. See README.md.
var options = new Dictionary<string, string>(StringComparer.Ordinal);
for (var i = 0; i + 1 < args.Length; i += 2) options[args[i]] = args[i + 1];
if (args.Length % 2 != 0 || options.Keys.Any(key => key is not ("--cases" or "--seed" or "--corpus" or "--out" or "--from")))
{
    Console.Error.WriteLine("Usage: SiOutcomeLab.ParquetFuzz [--cases 100000] [--seed 1] [--from 0] [--corpus FOLDER] [--out FOLDER]");
    return 2;
}

var cases = long.Parse(options.GetValueOrDefault("--cases", "100000"));
var from = long.Parse(options.GetValueOrDefault("--from", "0"));
var seed = int.Parse(options.GetValueOrDefault("--seed", "1"));
var folder = options.GetValueOrDefault("--out", Path.Combine("tools", "SiOutcomeLab.ParquetFuzz", "results"));
Directory.CreateDirectory(folder);
var corpus = Corpus.Make(options.GetValueOrDefault("--corpus"));
var judge = new Judge();
var totals = new FuzzTotals();
var start = Stopwatch.GetTimestamp();
using var watchdog = new Watchdog();
for (var number = from; number < from + cases; number++)
{
    var one = FuzzCase.Make(corpus, seed, number);
    watchdog.Begin(one.Name);
    var outcome = judge.Of(one);
    totals.Add(one, outcome);
    if (outcome.IsFailure)
    {
        var path = Path.Combine(folder, $"failure-{seed}-{number}.parquet");
        File.WriteAllBytes(path, one.File);
        Console.Error.WriteLine($"{outcome.Kind}: {one.Name}, kept as {path}\n{outcome.Detail}");
    }

    if (totals.Cases % 10_000 != 0) continue;
    Console.WriteLine($"{totals.Cases:N0} cases, {totals.Failures} failures, {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s");
}

using var self = Process.GetCurrentProcess();
var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
var report = FuzzReport.Markdown(totals, corpus, seed, seconds, self.PeakWorkingSet64);
Console.WriteLine(report);
File.WriteAllText(Path.Combine(folder, $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}-seed-{seed}.md"), report);
return totals.Failures == 0 ? 0 : 1;
