using System.Text;
using SiOutcomeLab.Benchmarks;

namespace SiOutcomeLab.Programme.Coverage;

/// <summary>The study as people read it.</summary>
internal static class CoverageReport
{
    private const double LeastCoverage = 0.935;
    private const double MostCoverage = 0.97;
    private const double Error = 0.05;

    public static string Markdown(IReadOnlyList<CoverageSummary> summaries, Machine machine, IReadOnlyList<string> codes, int countries, ulong seed)
    {
        var text = new StringBuilder();
        text.AppendLine(
            $"""
            # Small countries with known effects, through the whole chain
            {KeptResults.On(machine)}. Countries made by code {string.Join(", ", codes)}. Up to {countries} countries a case, seed {seed}.

            Each country: deliveries as Parquet through intake, plans registered before any outcome was delivered, an interim look at half of
            the start quarters and a final one run as they fell due, then the benchmark. The truth is the effect to be expected on participants
            like those that an estimate is of, in that municipality, held against not starting in that quarter. A line of its own tells what
            happened to exactly those participants less what would have happened to them: their luck is in it, which no data show, and the
            interval is not made for it. Every share has its 99 % interval in brackets, with the error clustered by country.

            """);
        foreach (var of in summaries.GroupBy(s => s.Case))
        {
            var whole = of.First(s => s.Method is null);
            text.AppendLine($"## {whole.Case}: {whole.What}");
            text.AppendLine(
                $"{whole.Countries} countries, {whole.Plans} plans, {whole.Estimated} with an estimate at the last look"
                + $"{Refusals(whole)}; {whole.MeanSeconds:F1} s a country. Estimate minus truth, in standard errors: mean "
                + $"{whole.MeanError:F3}, standard deviation {whole.SpreadOfErrors:F3} ({whole.SpreadAgainstHappened:F3} "
                + $"against what happened). Largest correlation of two "
                + $"municipalities' errors, mean: {whole.LargestCorrelation:F3}.");
            text.AppendLine();
            text.AppendLine("| | all methods | |" + string.Concat(of.Skip(1).Select(s => $" {s.Method} |")));
            text.AppendLine("|---|---|---|" + string.Concat(of.Skip(1).Select(_ => "---|")));
            foreach (var (name, value, bar) in Lines(whole.IsWithoutEffect))
            {
                if (value(whole) is not { } share) continue;
                text.AppendLine(
                    $"| {name} | {Told(share)} | {bar(share)} |"
                    + string.Concat(of.Skip(1).Select(s => value(s) is { } own ? $" {own.Share:P1} ({own.Low:P0}–{own.High:P0}) |" : " |")));
            }

            if (whole.Shrinkage is { } ratio)
            {
                text.AppendLine(
                    $"| mean squared error, shrunken over raw | {ratio.Ratio:F3} ({ratio.Low:F3}–{ratio.High:F3}) | {Mark(ratio.High < 1)} |"
                    + string.Concat(of.Skip(1).Select(s => s.Shrinkage is { } own ? $" {own.Ratio:F2} ({own.Low:F2}–{own.High:F2}) |" : " |")));
            }

            text.AppendLine();
        }

        text.AppendLine(
            $"✓ under a coverage: the 99 % interval meets [{LeastCoverage:P1}, {MostCoverage:P0}]; under a rate without effect: not significantly "
            + $"above {Error:P0} (one-sided, 99 %); under the ratio: the interval lies below 1. Lines without a mark are told, not judged.");
        return text.ToString();
    }

    private static IEnumerable<(string Name, Func<CoverageSummary, ClusteredShare?> Value, Func<ClusteredShare, string> Bar)> Lines(bool isNull)
    {
        yield return ("primary interval, last look", s => s.LastLook, Coverage);
        yield return ("the same, for what happened to just those", s => s.Happened, _ => string.Empty);
        yield return ("primary intervals, all looks at once", s => s.AllLooks, Coverage);
        yield return ("ordinary interval of what is pooled", s => s.Ordinary, Coverage);
        if (isNull) yield return ("significant after all looks", s => s.Significant, Rate);
        else yield return ("significant after all looks (power)", s => s.Significant, _ => string.Empty);
        yield return ("pooled interval, mean over all countries", s => s.Pooled, Coverage);
        yield return ("pooled interval, mean of the country's own", s => s.PooledOwn, _ => string.Empty);
        if (isNull) yield return ("pooled significant", s => s.PooledSignificant, Rate);
        yield return ("prediction interval, another country's municipality", s => s.Prediction, _ => string.Empty);
        yield return ("shrunken interval, own effect", s => s.ShrunkenInterval, _ => string.Empty);
    }

    private static string Coverage(ClusteredShare share) => Mark(share.Meets(LeastCoverage, MostCoverage));

    private static string Rate(ClusteredShare share) => Mark(share.OneSidedLow <= Error);

    private static string Mark(bool isMet) => isMet ? "✓" : "✗";

    private static string Told(ClusteredShare share) => $"{share.Share:P1} ({share.Low:P1}–{share.High:P1}) of {share.Answers:F0}";

    private static string Refusals(CoverageSummary summary) => summary.Refusals.Count == 0
        ? string.Empty
        : " (not estimable: " + string.Join(", ", summary.Refusals.OrderByDescending(r => r.Value).Select(r => $"{r.Key} {r.Value}")) + ")";
}
