using System.Runtime.InteropServices;
using System.Text;

namespace SiOutcomeLab.ParquetFuzz.Running;

/// <summary>The results as people read them.</summary>
internal static class FuzzReport
{
    public static string Markdown(FuzzTotals totals, IReadOnlyList<Sound> corpus, int seed, double seconds, long peakBytes)
    {
        var kinds = Enum.GetValues<OutcomeKind>();
        var text = new StringBuilder();
        text.AppendLine("# Changed Parquet files, read");
        text.AppendLine();
        text.AppendLine($"{totals.Cases:N0} cases from seed {seed} over {corpus.Count} sound files "
            + $"({corpus.Sum(sound => sound.File.Length) / 1024:N0} KiB) in {seconds:F0} s; {RuntimeInformation.FrameworkDescription}, "
            + $"{RuntimeInformation.OSDescription}.");
        text.AppendLine();
        text.AppendLine($"**Failures: {totals.Failures}.** Every file is read twice, in batches of 1000 and of 7 rows. "
            + "\"Other rows\" is sound where checksums were made true again or what changed has none; where a checksum or the frame must "
            + "tell, it is the failure \"silently other\".");
        text.AppendLine();
        text.AppendLine($"- Slowest case: {totals.Slowest.Seconds * 1000:F0} ms ({totals.Slowest.Name}); limit 2 s.");
        text.AppendLine($"- Most managed memory taken by a case, freed or not: {totals.Largest.Bytes / 1048576.0:F1} MB "
            + $"({totals.Largest.Name}); limit 256 MB.");
        text.AppendLine($"- Largest resident set of the process: {peakBytes / 1048576.0:F0} MB.");
        text.AppendLine();
        text.AppendLine($"| change | cases | {string.Join(" | ", kinds.Select(Words))} |");
        text.AppendLine($"|---|---{string.Concat(kinds.Select(_ => "|---"))}|");
        foreach (var (name, counts) in totals.ByMutation) text.AppendLine(Row(name, counts));
        text.AppendLine(Row("**all**", [.. kinds.Select(kind => totals.ByMutation.Values.Sum(counts => counts[(int)kind]))]));
        text.AppendLine();
        text.AppendLine("| refused as | cases |");
        text.AppendLine("|---|---|");
        foreach (var (code, count) in totals.Refusals) text.AppendLine($"| {code} | {count:N0} |");
        return text.ToString();
    }

    private static string Row(string name, long[] counts) =>
        $"| {name} | {counts.Sum():N0} | {string.Join(" | ", counts.Select(count => $"{count:N0}"))} |";

    private static string Words(OutcomeKind kind) => kind switch
    {
        OutcomeKind.SameRows => "same rows",
        OutcomeKind.Refused => "refused",
        OutcomeKind.OtherRows => "other rows",
        OutcomeKind.SilentlyOther => "silently other",
        OutcomeKind.Unsteady => "unsteady",
        OutcomeKind.Crashed => "crashed",
        OutcomeKind.Slow => "slow",
        _ => "large",
    };
}
