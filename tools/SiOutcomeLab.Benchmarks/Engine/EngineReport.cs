using System.Globalization;
using System.Text;
using SiOutcomeLab.Benchmarks.Yardsticks;

namespace SiOutcomeLab.Benchmarks.Engine;

/// <summary>The results as people read them.</summary>
internal static class EngineReport
{
    public static string Line(EngineResult r) => string.Create(
        CultureInfo.InvariantCulture,
        $"  {r.Work}: {r.Timing.Median:F4} s (bar {r.Bar} s, goal {r.Goal} s), {r.Speedup:F0} × {r.Anchor}: {r.Verdict}"
        + $"{(r.Agrees ? "" : $" {r.Value:R}, R {r.Expected:R}")}");

    public static string Line(YardstickResult y) => y.Answer is null
        ? $"    {y.Name}: {y.WhyNot}"
        : string.Create(CultureInfo.InvariantCulture, $"    {y.Name}: {y.Answer.Median:F3} s, {y.Speedup:F1} × ours; {Values(y)}");

    public static string Line(MemoryUse m) => string.Create(
        CultureInfo.InvariantCulture,
        $"10 M × {EngineMemory.Columns}: whole evaluation {m.Seconds:F1} s, peak {m.PeakMegabytes:F0} MB "
        + $"for {m.InputMegabytes:F0} MB of input: {m.PeakMegabytes / m.InputMegabytes:F2} ×");

    public static string Markdown(
        Machine before, Machine after, YardstickAnswer r, int repetitions, IReadOnlyList<EngineResult> results,
        IReadOnlyList<YardstickResult> beside, MemoryUse? memory)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"""
            # The statistics engine beside other software

            {after.Processor}, {after.Cores} cores, {after.MemoryGigabytes} GB; {after.System}; {after.Runtime};
            load average {before.Load} at the start, {after.Load} at the end.
            Medians of {repetitions} runs in one process after two to warm up.

            ## What can be installed, on the same data in the same run
            Each right after ours. Both times are medians (least–most) and count only when both sides found the same.

            | work | beside | ours s | theirs s | runs | times faster | values |
            |---|---|---|---|---|---|---|
            """);
        foreach (var y in beside) text.AppendLine(Row(y));
        text.AppendLine(CultureInfo.InvariantCulture,
            $"""

            ## Bars, and what cannot be installed
            R's glm ({r.Version}) took {r.Median:F3} s for the million here and {EngineBenchmark.AnchorGlm} s where the
            anchors were measured, so **anchor here** is the anchor times {r.Median / EngineBenchmark.AnchorGlm:F2}.
            A time counts only when the value agrees with R's on the same data.

            | work | ours s (least–most) | bar | goal | | anchor | anchor here s | times faster | allocated MB | value | expected |
            |---|---|---|---|---|---|---|---|---|---|---|
            """);
        foreach (var x in results) text.AppendLine(Row(x));
        if (memory is not null)
        {
            var met = memory.PeakMegabytes <= 3 * memory.InputMegabytes ? "met" : "NOT met";
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{Line(memory)} (bar 3 ×: {met}).");
        }

        return text.ToString();
    }

    private static string Row(EngineResult x) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {x.Work} | {x.Timing.Median:F4} ({x.Timing.Minimum:F4}–{x.Timing.Maximum:F4}) | {x.Bar} | {x.Goal} | {x.Verdict} | {x.Anchor} "
        + $"| {x.ScaledAnchor:F2} | {x.Speedup:F0} | {x.AllocatedMegabytes:F0} | {x.Value:G10} | {x.Expected:G10} |");

    private static string Row(YardstickResult y) => y.Answer is not { } a
        ? string.Create(CultureInfo.InvariantCulture, $"| {y.Work} | {y.Name} | {y.Ours:F4} | {y.WhyNot} | | | |")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"| {y.Work} | {y.Name} ({a.Version}) | {y.Ours:F4} | {a.Median:F3} ({a.Seconds.Min():F3}–{a.Seconds.Max():F3}) "
            + $"| {a.Seconds.Length} | {y.Speedup:F1} | {Values(y)} |");

    private static string Values(YardstickResult y) => y.Difference is not { } difference
        ? y.Remark
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{(y.Disagrees ? "DISAGREE: " : "")}within {difference:0.0e0} (may be {y.Tolerance:0.##e0}); {y.Remark}");
}
