using System.Text;

namespace SiOutcomeLab.Benchmarks.Rpc;

/// <summary>The results as people read them.</summary>
internal static class RpcReport
{
    public static string Versions { get; } =
        $"Kestrel {Version(typeof(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServer))}, "
        + $"Google.Protobuf {Version(typeof(Google.Protobuf.IMessage))}";

    public static string Line(RpcRow row) =>
        $"  {row.Client} client, {row.Server} server: {row.Rate.Median:F0}/s ({row.Rate.Minimum:F0}–{row.Rate.Maximum:F0}), ratio {row.Ratio:F2}";

    public static string Table(IReadOnlyList<RpcRow> rows)
    {
        var text = new StringBuilder();
        text.AppendLine("| case | client → server | per second | p50 ms | p99 ms | server CPU µs | server bytes | client CPU µs | client bytes | ratio |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var row in rows)
        {
            text.AppendLine(
                $"| {row.Case} | {row.Client} → {row.Server} | {row.Rate.Median:F0} ({row.Rate.Minimum:F0}–{row.Rate.Maximum:F0}) "
                + $"| {row.P50:F3} | {row.P99:F3} | {row.ServerCpu:F1} | {row.ServerBytes:F0} | {row.ClientCpu:F1} | {row.ClientBytes:F0} "
                + $"| {row.Ratio:F2} |");
        }

        return text.ToString();
    }

    public static IReadOnlyList<object> Judge(IReadOnlyList<RpcRow> rows) =>
        [.. Judged(rows).Select(judged => new { judged.Case.Name, judged.Case.Gate, judged.Ratio, Met = judged.Ratio >= judged.Case.Gate })];

    public static string Gates(IReadOnlyList<RpcRow> rows)
    {
        var text = new StringBuilder();
        foreach (var (rpcCase, ratio) in Judged(rows))
        {
            var verdict = ratio >= rpcCase.Gate ? "met" : "NOT met";
            text.AppendLine($"- {rpcCase.Name}: ours over baseline {ratio:F2}, gate {rpcCase.Gate:F1}: {verdict}");
        }

        return text.ToString();
    }

    public static string Markdown(Machine before, Machine machine, int rounds, double seconds, IReadOnlyList<RpcRow> rows) =>
        $"""
        # gRPC beside a bare Kestrel

        {machine.Processor}, {machine.Cores} cores, {machine.MemoryGigabytes} GB; {machine.System}; {machine.Runtime}; {Versions};
        load average {before.Load} at the start, {machine.Load} at the end.

        Loopback, h2c, one connection; server and client are processes of their own on the same cores, and get the same HTTP/2 limits.
        Medians of {rounds} rounds, after warming up until the just-in-time compiler rests; the pairs take turns within a round, and a ratio is the median of the ratios to the bare
        pair in the same round. Unary windows last {seconds} s. Microseconds and bytes are per call, or per MB (10⁶ bytes) of an upload. "bare" is
        framing only: no protobuf, no deadline, no checks, no routing. "bare → ours" tells the server's cost from the client's.

        {Table(rows)}
        ## Gates
        {Gates(rows)}
        """;

    private static IEnumerable<(RpcCase Case, double Ratio)> Judged(IReadOnlyList<RpcRow> rows) =>
        from rpcCase in RpcCase.All
        let row = rows.Single(r => r.Case == rpcCase.Name && r.Client == Worker.Ours && r.Server == Worker.Ours)
        select (rpcCase, row.Ratio);

    private static string? Version(Type type) => type.Assembly.GetName().Version?.ToString(3);
}
