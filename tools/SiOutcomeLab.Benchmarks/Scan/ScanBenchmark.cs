namespace SiOutcomeLab.Benchmarks.Scan;

/// <summary>Scans a file that DuckDB made into columns, beside DuckDB on one thread, in turns.</summary>
internal static class ScanBenchmark
{
    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var batch = arguments.Number("batch", 4096);
        if (arguments.Text("role", "") == "ours") return await ScanRole.RunAsync(arguments.Text("file", ""), batch, cancellationToken);
        if (ScanFiles.Foreign() is not { } foreign)
        {
            Console.Error.WriteLine("The package @duckdb/node-api is missing: npm ci --prefix tests/foreign");
            return Environment.GetEnvironmentVariable("SILAB_REQUIRE") == "all" ? 1 : 0;
        }

        Environment.SetEnvironmentVariable("SILAB_FOREIGN", foreign);
        var rows = arguments.Number("rows", 10_000_000);
        var rounds = arguments.Number("rounds", 7);
        var folder = Directory.CreateDirectory(arguments.Text("data", Path.Combine(Path.GetTempPath(), "silab-scan"))).FullName;
        var results = new List<ScanRow>();
        foreach (var (codec, version) in new[] { ("snappy", "v1"), ("uncompressed", "v1"), ("snappy", "v2"), ("zstd", "v1") })
        {
            var file = Path.Combine(folder, $"{rows}-{codec}-{version}.parquet");
            await ScanFiles.MakeAsync(file, rows, codec, version, cancellationToken);
            results.Add(await MeasureAsync($"{codec}, {version}", file, rounds, batch, cancellationToken));
            Console.WriteLine(ScanReport.Line(results[^1]));
        }

        var machine = Machine.Read();
        var path = await ResultFiles.WriteAsync(arguments.Text("out", ResultFiles.Folder()), "scan",
            ScanReport.Markdown(machine, results, rounds), new { machine, rounds, results }, TimeProvider.System, cancellationToken);
        Console.WriteLine($"written to {path}.md");
        return results.All(row => row.Agrees) ? 0 : 1;
    }

    private static async Task<ScanRow> MeasureAsync(string name, string file, int rounds, int batch, CancellationToken cancellationToken)
    {
        await using var ours = ScanProcess.StartOurs(file, batch);
        await using var duck = ScanProcess.StartDuckDb(ScanFiles.Script, file, threads: 1);
        var (our, their) = (new List<ScanReply>(), new List<ScanReply>());

        // Two unmeasured turns each: the runtime compiles what runs often only after a while, and both fill the page cache.
        for (var round = -2; round < rounds; round++)
        {
            var mine = await ours.ScanAsync(cancellationToken);
            var other = await duck.ScanAsync(cancellationToken);
            if (round < 0) continue;
            our.Add(mine);
            their.Add(other);
        }

        return ScanRow.Of(name, new FileInfo(file).Length, our, their);
    }
}
