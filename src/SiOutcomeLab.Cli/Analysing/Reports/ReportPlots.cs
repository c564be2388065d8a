using SiOutcomeLab.Charts;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Cli.Analysing.Reports;

/// <summary>Reports as pictures; null where there is nothing to draw.</summary>
internal static class ReportPlots
{
    private const int Wide = 720;

    public static string? Love(AnalysisReport report, Language language)
    {
        if (report.Balance is not { Covariates.Count: > 0 } balance) return null;
        var largest = (Before: PlainNumber.Fixed(balance.LargestSmdBefore, 2), After: PlainNumber.Fixed(balance.LargestSmdAfter, 2));
        var frame = Frame(
            report, language,
            new("Balans före och efter", "Balance before and after"),
            new(
                $"Största standardiserade skillnad: {largest.Before.Sv} före, {largest.After.Sv} efter.",
                $"Largest standardised difference: {largest.Before.En} before, {largest.After.En} after."));
        return LovePlot.Draw(new LoveData([.. balance.Covariates.Select(each => new LoveRow(each.Name, each.Before.Smd, each.After.Smd))]), frame);
    }

    public static string? Overlap(AnalysisReport report, Language language)
    {
        if (report.Overlap is not { } overlap) return null;
        var bins = overlap.TreatedShares.Count;
        var shared = PlainNumber.Fixed(overlap.Coefficient, 2);
        var frame = Frame(
            report, language,
            new("Propensitypoängens överlapp", "Overlap of propensity scores"),
            new($"Fördelningarna delar {shared.Sv} av sin yta.", $"The distributions share {shared.En} of their area."));
        return OverlapPlot.Draw(
            new OverlapData([.. Enumerable.Range(0, bins).Select(i => new OverlapBin(
                (double)i / bins, (double)(i + 1) / bins, overlap.TreatedShares[i], overlap.ComparisonShares[i]))]),
            frame);
    }

    public static string? EventStudy(AnalysisReport report, Language language)
    {
        var events = report.Estimates.Where(line => line.EventTime is not null).ToArray();
        if (events.Length == 0) return null;
        var overall = report.Estimates.First(line => line.Name == "dynamic");
        var (mean, outcome) = (PlainNumber.ThreeDigits(overall.Estimate), report.Settings.First(setting => setting.Name == "outcome").Value);
        var frame = Frame(
            report, language,
            new("Effekt period för period", "Effect period by period"),
            new($"Medel över perioderna efter start: {mean.Sv}.", $"Mean over the periods since the start: {mean.En}."));
        // A universal base period is 0 by construction; it is the reference and has no interval.
        var reference = events.FirstOrDefault(line => double.IsNaN(line.StandardError) && line.Refusal is null)?.EventTime;
        return EventStudyPlot.Draw(
            new EventStudyData([.. events.Where(line => line.EventTime != reference).Select(Point)], $"{outcome}", language.Pick(
                "perioder sedan start",
                "periods since the start"))
            {
                ReferenceTime = reference,
            },
            frame);

        EventPoint Point(EstimateLine line) => new(line.EventTime!.Value, line.Refusal is null ? new IntervalValue(line.Estimate, line.Low, line.High) : null)
        {
            BandLower = line.BandLow,
            BandUpper = line.BandHigh,
            Gap = line.Refusal is { } refusal ? language.Pick(refusal.What) : null,
        };
    }

    public static string? Forest(AnalysisReport report, Language language)
    {
        if (report.Sources.Count == 0) return null;
        var mean = report.Estimates.FirstOrDefault(line => line.Name == "mu" && line.Refusal is null);
        var outcome = report.Settings.First(setting => setting.Name == "estimate").Value;
        var text = mean is null ? new BilingualText("", "") : PlainNumber.ThreeDigits(mean.Estimate);
        var frame = Frame(
            report, language,
            new("Skattningar och deras medel", "Estimates and their mean"),
            mean is null
                ? new($"{report.Sources.Count} skattningar.", $"{report.Sources.Count} estimates.")
                : new(
                    $"{report.Sources.Count} skattningar; sammanvägt {text.Sv}.",
                    $"{report.Sources.Count} estimates; pooled {text.En}."));
        return ForestPlot.Draw(
            new ForestData(
                [.. report.Sources.Select(source => new ForestRow(source.Label, new(source.Estimate, source.Low, source.High)) { Weight = source.Weight })],
                $"{outcome}")
            {
                Pooled = mean is null ? null : new ForestPooled(language.Pick(
                    "Sammanvägt",
                    "Pooled"), new(mean.Estimate, mean.Low, mean.High))
                {
                    PredictionLower = Prediction("predictionLow"),
                    PredictionUpper = Prediction("predictionHigh"),
                },
            },
            frame);

        double? Prediction(string name) => report.Estimates.First(line => line.Name == name) is { Refusal: null } line ? line.Estimate : null;
    }

    private static ChartFrame Frame(AnalysisReport report, Language language, BilingualText title, BilingualText description) => new(
        language.Pick(title), language.Pick(description), language == Language.Swedish ? ChartLanguage.Swedish : ChartLanguage.English)
    {
        Width = Wide,
        Note = language.Pick(
            $"{Path.GetFileName(report.File)}, {report.RowsUsed} rader", $"{Path.GetFileName(report.File)}, {report.RowsUsed} rows"),
    };
}
