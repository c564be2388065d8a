using System.Diagnostics;
using SiOutcomeLab.Benchmarks;

namespace SiOutcomeLab.Programme.Coverage;

/// <summary>The coverage study: countries that are not finished are made, and then all are summed up.</summary>
internal static class CoverageCommand
{
    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var countries = arguments.Number("countries", 200);
        var seed = (ulong)arguments.Number("seed", 20261122);
        var threads = arguments.Number("threads", Environment.ProcessorCount);
        var only = arguments.Text("only", string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries);
        var output = arguments.Text("out", KeptResults.Folder());
        var cases = StudyCase.All.Where(c => only.Length == 0 || only.Contains(c.Name)).ToArray();
        if (cases.Length == 0)
        {
            await Console.Error.WriteLineAsync($"There is no case of that name. There are: {string.Join("; ", StudyCase.All.Select(c => c.Name))}.");
            return 2;
        }

        Directory.CreateDirectory(output);
        var finished = new FinishedCountries(arguments.Text("finished", Path.Combine(output, "coverage-finished.jsonl")), seed);
        // Country by country through all cases, so that a study that is stopped tells as much of each.
        var missing = Enumerable.Range(0, countries).SelectMany(number => cases.Select(c => (Case: c, Number: number)))
            .Where(x => !finished.Has(x.Case.Name, x.Number)).ToArray();
        var expected = new ExpectedEffects(seed);
        var scratch = arguments.Text("scratch", Path.GetTempPath());
        await Parallel.ForEachAsync(
            missing,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            async (x, token) => finished.Add(await MakeAsync(x.Case, x.Number, seed, expected, scratch, token)));
        var rows = finished.Rows.Where(r => r.Number < countries && cases.Any(c => c.Name == r.Case)).ToArray();
        var summary = CoverageSummary.Of(rows, cases);
        var machine = Machine.Read();
        string[] codes = [.. rows.Select(r => r.Code).Distinct()];
        var markdown = CoverageReport.Markdown(summary, machine, codes, countries, seed);
        Console.WriteLine(markdown);
        var path = await ResultFiles.WriteAsync(
            output, arguments.Text("name", "coverage"), markdown, new { machine, codes, countries, seed, summary }, TimeProvider.System, cancellationToken);
        Console.WriteLine($"Written to {path}.md and .json");
        return 0;
    }

    private static async Task<CountryRow> MakeAsync(
        StudyCase of, int number, ulong seed, ExpectedEffects expected, string scratch, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(scratch, $"silab-coverage-{Environment.ProcessId}-{of.Name}-{number}"));
        var start = Stopwatch.GetTimestamp();
        try
        {
            var row = await new CountryReplicate(of, number, seed, expected).RunAsync(folder.FullName, cancellationToken);
            row = row with { Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds };
            Console.WriteLine($"{of.Name} {number} {row.Method}: {row.Seconds:F1} s");
            return row;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
