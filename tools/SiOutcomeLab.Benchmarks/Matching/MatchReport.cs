using System.Text;
using SiOutcomeLab.Benchmarks.Yardsticks;

namespace SiOutcomeLab.Benchmarks.Matching;

/// <summary>The results as people read them.</summary>
internal static class MatchReport
{
    public static string Line(MatchRow row) =>
        $"  fit {row.Fit.Median:F3} s ({row.FitOneThread.Median:F3} on one thread), match {row.Match.Median:F3} s, "
        + $"caliper {row.MatchCaliper.Median:F3} s, {row.Pairs} pairs, "
        + $"effect {row.Effect.Median:F3} s, balance {row.Balance.Median:F3} s"
        + (row.RGlmSeconds is { } glm ? $"; R glm {glm:F3} s, coefficients within {row.LargestDifference:E1}" : "; R not installed");

    public static string Markdown(Machine machine, YardstickAnswer? r, int seed, int repetitions, IReadOnlyList<MatchRow> rows)
    {
        var text = new StringBuilder();
        text.AppendLine("# Propensity model and 1:1 matching beside R's glm");
        text.AppendLine();
        text.AppendLine($"{machine.Processor}, {machine.Cores} cores, {machine.MemoryGigabytes} GB; {machine.System}; {machine.Runtime}; "
            + $"load average at the end {machine.Load}.");
        text.AppendLine(r is null ? "R is not installed: its column is empty." : $"{r.Version}, same data, same run.");
        text.AppendLine();
        text.AppendLine(
            $"Median seconds of {repetitions} after one warm-up (minimum–maximum). Made persons, seed {seed}, 10 covariates, one in five "
            + "treated. Reading the data counts on neither side.");
        text.AppendLine();
        text.AppendLine(
            "| persons | treated | fit | fit, 1 thread | match 1:1 | match, caliper | IPW effect | balance | R glm | glm/fit "
            + "| glm/fit 1 thread | glm/(fit + match) |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var row in rows)
        {
            text.AppendLine(
                $"| {row.Persons} | {row.Treated} | {Cell(row.Fit)} | {Cell(row.FitOneThread)} "
                + $"| {Cell(row.Match)} | {Cell(row.MatchCaliper)} "
                + $"| {Cell(row.Effect)} | {Cell(row.Balance)} "
                + $"| {row.RGlmSeconds:F3} | {row.RatioToFit:F1} | {row.RatioToFitOneThread:F1} | {row.RatioToBoth:F1} |");
        }

        text.AppendLine();
        text.AppendLine($"Largest difference of a coefficient between both sides: {rows.Max(row => row.LargestDifference):E1}.");
        return text.ToString();
    }

    private static string Cell(Timing timing) => $"{timing.Median:F3} ({timing.Minimum:F3}–{timing.Maximum:F3})";
}
