using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SiOutcomeLab.Benchmarks;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Programme.Nightly;

/// <summary>
/// Nights over countries of several sizes, each in a process of its own, so that memory is the night's alone; a country that is not
/// prepared yet is made first.
/// </summary>
internal static class NightlyCommand
{
    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var root = arguments.Text("folder", Path.Combine(Path.GetTempPath(), "silab-nightly"));
        var pool = Enum.Parse<ComparisonPool>(arguments.Text("pool", nameof(ComparisonPool.OwnOrganisation)), ignoreCase: true);
        var memory = (long)arguments.Number("memory-mb", 2048) << 20;
        var threads = arguments.Number("read-threads", Math.Clamp(Environment.ProcessorCount, 1, 4));
        var part = arguments.Text("part", "all");
        var scales = arguments.Text("scales", "0.05,0.1,0.2").Split(',').Select(s => double.Parse(s, CultureInfo.InvariantCulture)).ToArray();
        if (part != "all")
        {
            var folder = PreparedCountry.FolderOf(root, scales[0], pool);
            Console.WriteLine(await PartAsync(part, folder, scales[0], pool, memory, threads, arguments.Number("repetitions", 3), cancellationToken));
            return 0;
        }

        var rows = new List<NightRow>();
        var readings = new List<ReadingRow>();
        foreach (var scale in scales)
        {
            string[] same = ["--folder", root, "--pool", $"{pool}", "--scales", scale.ToString(CultureInfo.InvariantCulture)];
            if (PreparedCountry.Find(PreparedCountry.FolderOf(root, scale, pool)) is null) await AskAsync<PreparedCountry>("prepare", same, cancellationToken);
            rows.Add(await AskAsync<NightRow>(
                "night", [.. same, "--memory-mb", $"{memory >> 20}", "--read-threads", $"{threads}"], cancellationToken));
            readings.Add(await AskAsync<ReadingRow>("reading", [.. same, "--repetitions", $"{arguments.Number("repetitions", 3)}"], cancellationToken));
        }

        var machine = Machine.Read();
        var markdown = NightlyReport.Markdown(machine, memory, threads, rows, readings);
        Console.WriteLine(markdown);
        var path = await ResultFiles.WriteAsync(
            arguments.Text("out", KeptResults.Folder()), arguments.Text("name", "nightly"), markdown,
            new { machine, code = Lab.CountryLab.CodeVersion, memory, threads, rows, readings }, TimeProvider.System, cancellationToken);
        Console.WriteLine($"Written to {path}.md and .json");
        return 0;
    }

    private static async Task<string> PartAsync(
        string part, string folder, double scale, ComparisonPool pool, long memory, int threads, int repetitions, CancellationToken cancellationToken)
    {
        switch (part)
        {
            case "prepare":
                return JsonSerializer.Serialize(await PreparedCountry.MakeAsync(folder, scale, pool, cancellationToken));
            case "night":
                var country = PreparedCountry.Find(folder) ?? throw new InvalidOperationException("The country is not prepared: --part prepare.");
                return JsonSerializer.Serialize(await new Night(folder, country, memory, threads, Environment.ProcessorCount).RunAsync(cancellationToken));
            case "reading":
                return JsonSerializer.Serialize(await ReadingBesideScan.MeasureAsync(folder, repetitions, cancellationToken));
            default:
                throw new ArgumentException($"There is no part {part}; there are prepare, night, reading.", nameof(part));
        }
    }

    private static async Task<T> AskAsync<T>(string part, string[] options, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        foreach (var argument in (string[])["nightly", "--part", part, .. options]) start.ArgumentList.Add(argument);
        var (exitCode, line) = await ChildProcess.RunAsync(start, cancellationToken);
        if (exitCode != 0) throw new InvalidOperationException($"The part {part} ended with {exitCode}.");
        return JsonSerializer.Deserialize<T>(line) ?? throw new InvalidOperationException($"The part {part} told nothing.");
    }
}
