using System.Text;

namespace SiOutcomeLab.Benchmarks.Scan;

/// <summary>The results as people read them.</summary>
internal static class ScanReport
{
    public static string Line(ScanRow row) =>
        $"  {row.File}: ours {row.Ours.CpuSeconds:F3} CPU-s, DuckDB {row.DuckDb.CpuSeconds:F3} CPU-s, "
        + $"ratio {row.CpuRatio:F2} (wall {row.WallRatio:F2}){(row.Agrees ? "" : "; THE SUMS DIFFER")}";

    public static string Markdown(Machine machine, IReadOnlyList<ScanRow> rows, int rounds)
    {
        var text = new StringBuilder();
        text.AppendLine("# Scan of a file that DuckDB made, beside DuckDB on one thread");
        text.AppendLine();
        text.AppendLine($"{machine.Processor}, {machine.Cores} cores, {machine.MemoryGigabytes} GB; {machine.System}; {machine.Runtime}; "
            + $"load average at the end {machine.Load}.");
        text.AppendLine();
        text.AppendLine("Every value of 17 columns (id, 3 texts, 1 boolean, 1 date, 1 smallint, 4 integers, 6 doubles; measures 5 % null) "
            + $"decoded, then counted, compared or added; {rows[0].Rows:N0} rows, page cache warm, medians of {rounds} alternating "
            + "turns after two unmeasured. Both sides on one thread. Ratio: DuckDB's seconds over ours, so above 1 is faster than DuckDB. "
            + "CPU seconds are the steadier number when other work runs on the machine.");
        text.AppendLine();
        text.AppendLine("| file | MB | ours CPU-s (least) | DuckDB CPU-s (least) | ratio CPU | ratio wall | ours Mrows/CPU-s "
            + "| ours MB peak | DuckDB MB peak | sums agree |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var row in rows)
        {
            text.AppendLine($"| {row.File} | {row.Megabytes:F0} | {Cell(row.Ours)} | {Cell(row.DuckDb)} "
                + $"| {row.CpuRatio:F2} | {row.WallRatio:F2} | {row.Rows / 1e6 / row.Ours.CpuSeconds:F1} "
                + $"| {row.Ours.PeakMegabytes:F0} | {row.DuckDb.PeakMegabytes:F0} | {(row.Agrees ? "yes" : "NO")} |");
        }

        return text.ToString();
    }

    private static string Cell(ScanSide side) => $"{side.CpuSeconds:F3} ({side.LeastCpuSeconds:F3})";
}
