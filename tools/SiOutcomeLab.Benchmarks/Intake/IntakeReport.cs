using System.Text;

namespace SiOutcomeLab.Benchmarks.Intake;

/// <summary>The results as people read them.</summary>
internal static class IntakeReport
{
    public static string Line(IntakeRow row) =>
        $"  {row.Threads} thread(s): ours {row.Ours.FindLast(r => r.Step == "intake")!.Seconds:F2} s, "
        + $"DuckDB {row.Duck.FindLast(r => r.How == "quick")!.Seconds:F2} s quick, {row.Duck[^1].Seconds:F2} s counted; "
        + $"ratio {row.Ratio("intake", "quick"):F2} / {row.Ratio("intake", "counted"):F2}, by processor time {row.CpuRatio("intake", "quick"):F2}; "
        + $"peak {row.Median("intake", (IntakeRun r) => r.PeakMegabytes):F0} MB; whole push {row.Ours.FindLast(r => r.Step == "push")!.Seconds:F2} s, "
        + $"ratio {row.Ratio("push", "quick"):F2}, peak {row.Median("push", (IntakeRun r) => r.PeakMegabytes):F0} MB";

    public static string Markdown(
        Machine before, Machine machine, long rows, long bytes, string order, int rounds, IReadOnlyList<IntakeRow> results, double gate,
        double peakMegabytes)
    {
        var text = new StringBuilder();
        text.AppendLine(
            $"""
            # Intake beside DuckDB

            {machine.Processor}, {machine.Cores} cores, {machine.MemoryGigabytes} GB; {machine.System}; {machine.Runtime};
            DuckDB {results[0].Duck[0].Version}; load average {before.Load} at the start, {machine.Load} at the end.

            One contract file: {rows} rows, 20 columns, 64-hex pseudonyms, {bytes / 1e6:F1} MB snappy, ordered by {order}; medians of {rounds} rounds, ours
            and DuckDB's in turns, each in a process of its own, page cache warm. **intake** = SHA-256 of the file, every rule with counts and row
            numbers, identity numbers, uniqueness, canonical hash, sums for the soft rules, persons re-keyed (HMAC-SHA-256), file rewritten and
            flushed to disk. **whole push** = the file over gRPC on loopback into a hub process (checksums, encrypted spool, flushes), then all of
            intake, then commit; time until the receipt, the hub's own processor time and memory. DuckDB: the same rules and uniqueness, COPY to snappy Parquet; no hashes, no re-keying, no row numbers, no flush.
            *quick* only asks whether any row breaks any rule, *counted* counts by rule as ours does. Ours includes the compiler's warming up.

            | threads | who | seconds | CPU s | rows/s | peak MB |
            |---|---|---|---|---|---|
            """);
        foreach (var row in results)
        {
            Add("**ours: intake**", row, row.Median("intake", (IntakeRun r) => r.Seconds), row.Median("intake", (IntakeRun r) => r.Cpu),
                row.Median("intake", (IntakeRun r) => r.PeakMegabytes));
            Add("**ours: whole push**", row, row.Median("push", (IntakeRun r) => r.Seconds), row.Median("push", (IntakeRun r) => r.Cpu),
                row.Median("push", (IntakeRun r) => r.PeakMegabytes));
            foreach (var how in IntakeRow.DuckWays)
            {
                Add($"DuckDB, {how}", row, row.Median(how, (DuckRun r) => r.Seconds), row.Median(how, (DuckRun r) => r.Cpu),
                    row.Median(how, (DuckRun r) => r.PeakMegabytes));
            }
        }

        text.AppendLine().AppendLine("## Where the time goes (CPU seconds)");
        text.AppendLine("| threads | decode | + check, hashes, uniqueness | + re-key, encode, write | DuckDB: check (quick / counted) | unique | COPY |");
        text.AppendLine("|---|---|---|---|---|---|---|");
        foreach (var row in results)
        {
            var (decode, check) = (Cpu(row, "decode"), Cpu(row, "check"));
            text.AppendLine(
                $"| {row.Threads} | {decode:F2} | {check - decode:F2} | {Cpu(row, "intake") - check:F2} "
                + $"| {row.Median("quick", (DuckRun r) => r.Check.Cpu):F2} / {row.Median("counted", (DuckRun r) => r.Check.Cpu):F2} "
                + $"| {row.Median("quick", (DuckRun r) => r.Unique.Cpu):F2} | {row.Median("quick", (DuckRun r) => r.Write.Cpu):F2} |");
        }

        text.AppendLine().AppendLine("One pass against two: decode and rewrite alone (no check) takes "
            + string.Join(", ", results.Select(r => $"{Cpu(r, "rewrite"):F2} CPU s with {r.Threads} thread(s)"))
            + "; a second decoding is what the fused pass saves.");
        text.AppendLine().AppendLine("## Gate");
        foreach (var row in results)
        {
            foreach (var step in new[] { "push", "intake" })
            {
                var met = row.Ratio(step, "quick") >= gate && row.Median(step, (IntakeRun r) => r.PeakMegabytes) <= peakMegabytes;
                text.AppendLine(
                    $"- {row.Threads} thread(s), {step}: rows/s over DuckDB's quick way {row.Ratio(step, "quick"):F2} (by CPU {row.CpuRatio(step, "quick"):F2}), over "
                    + $"the counted way {row.Ratio(step, "counted"):F2} (by CPU {row.CpuRatio(step, "counted"):F2}), peak "
                    + $"{row.Median(step, (IntakeRun r) => r.PeakMegabytes):F0} MB; gate {gate:F1} and {peakMegabytes:F0} MB: {(met ? "met" : "NOT met")}.");
            }

            text.AppendLine($"  Keys spilled {row.Median("intake", (IntakeRun r) => r.SpilledMegabytes):F0} MB.");
        }

        return text.ToString();

        void Add(string who, IntakeRow row, double seconds, double cpu, double peak) => text.AppendLine(
            $"| {row.Threads} | {who} | {seconds:F2} | {cpu:F2} | {rows / seconds:F0} | {peak:F0} |");
    }

    private static double Cpu(IntakeRow row, string step) => row.Median(step, (IntakeRun r) => r.Cpu);
}
