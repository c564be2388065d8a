using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Protos.Benchmarks.V1;

namespace SiOutcomeLab.Cli.Showing;

/// <summary>Benchmarks as a table for people.</summary>
internal static class BenchmarkTable
{
    public static void Write(Terminal terminal, IEnumerable<Benchmark> benchmarks)
    {
        var language = terminal.Language;
        var table = new TextTable(
            new TextColumn("benchmarks/", MaximumWidth: 20),
            new TextColumn(terminal.Pick("metod, mått", "method, measure"), MaximumWidth: 17),
            new TextColumn(terminal.Pick("effekt (intervall)", "effect (interval)"), IsRight: true, MaximumWidth: 22),
            new TextColumn(terminal.Pick("väntat i ny", "expected in a further"), IsRight: true, MaximumWidth: 16),
            new TextColumn(terminal.Pick("kom.", "mun."), IsRight: true, MaximumWidth: 4),
            new TextColumn("status", MaximumWidth: 11));
        foreach (var b in benchmarks)
        {
            table.Add(
                b.Name[(b.Name.IndexOf('/', StringComparison.Ordinal) + 1)..],
                $"{b.Method}\n{language.Pick(BenchmarkText.Outcome(b))}",
                b.Pooled is { } pooled ? CellText.PointAndInterval(pooled.Point, pooled.CiLow, pooled.CiHigh, language) : "–",
                b.Pooled is { } p ? CellText.Interval(p.Point, p.PredictionLow, p.PredictionHigh, language) : "–",
                $"{b.Pooled?.Municipalities ?? b.Municipalities.Count}",
                language.Pick(BenchmarkText.Of(b.Status)));
        }

        table.Write(terminal.Out);
    }
}
