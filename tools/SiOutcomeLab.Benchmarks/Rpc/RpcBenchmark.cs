namespace SiOutcomeLab.Benchmarks.Rpc;

/// <summary>
/// Our gRPC server and client beside a Kestrel and an HttpClient that do nothing but framing, over loopback, each in a process of its
/// own. Rounds alternate between the pairs, so that other work on the machine meets all of them: the ratios count, not the rates.
/// </summary>
internal static class RpcBenchmark
{
    public static Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken) => arguments.Text("role", "") switch
    {
        "server" => ServerRole.RunAsync(arguments.Text("stack", Worker.Ours), cancellationToken),
        "client" => ClientRole.RunAsync(arguments.Text("stack", Worker.Ours), cancellationToken),
        _ => MeasureAsync(arguments, cancellationToken),
    };

    private static async Task<int> MeasureAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var rounds = arguments.Number("rounds", 9);
        var seconds = arguments.Number("milliseconds", 800) / 1e3;
        var before = Machine.Read();
        List<RpcRow> rows = [];
        await using (var bench = await RpcBench.StartAsync(cancellationToken))
        {
            foreach (var rpcCase in RpcCase.All)
            {
                Console.WriteLine($"{rpcCase.Name} …");
                var added = await bench.MeasureAsync(rpcCase, rounds, seconds, cancellationToken);
                foreach (var row in added) Console.WriteLine(RpcReport.Line(row));
                rows.AddRange(added);
            }
        }

        var machine = Machine.Read();
        var markdown = RpcReport.Markdown(before, machine, rounds, seconds, rows);
        Console.WriteLine();
        Console.WriteLine(RpcReport.Table(rows));
        Console.WriteLine(RpcReport.Gates(rows));
        var path = await ResultFiles.WriteAsync(
            arguments.Text("out", ResultFiles.Folder()), "rpc", markdown,
            new { machine, loadBefore = before.Load, versions = RpcReport.Versions, rounds, seconds, rows, gates = RpcReport.Judge(rows) },
            TimeProvider.System, cancellationToken);
        Console.WriteLine($"Written to {path}.md and .json");
        return 0;
    }
}
