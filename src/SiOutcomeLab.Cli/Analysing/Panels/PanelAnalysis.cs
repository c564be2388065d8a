using MathNet.Numerics.Distributions;
using SiOutcomeLab.Cli.Analysing.Reports;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Cli.Analysing.Panels;

/// <summary>
/// <c>silab analyse did</c>: att(g,t) with analytical errors, the four aggregations, the pre-test and what it can see; uniform bands on
/// request. Names are those of R's did.
/// </summary>
internal static class PanelAnalysis
{
    public static AnalysisReport Run(PanelFile file, PanelChoices choices, CancellationToken cancellationToken)
    {
        var report = Begin(file, choices);
        var balanced = choices.Id is not null && !choices.Unbalanced;
        var estimated = balanced
            ? CallawaySantAnna.Estimate(file.Rows.Balanced(), choices.Options, cancellationToken: cancellationToken)
            : CallawaySantAnna.EstimateCrossSections(file.Rows, choices.Options, cancellationToken: cancellationToken);
        if (balanced) LeftOut(report, file, choices);
        if (estimated is NotEstimable<GroupTimeEffects> none)
        {
            report.NotEstimable = new(none.Reason, none.Detail);
            return report;
        }

        var effects = ((Estimated<GroupTimeEffects>)estimated).Value;
        var lines = new PanelLines(effects, choices, cancellationToken);
        report.Estimates.AddRange(lines.Overall());
        report.Estimates.AddRange(lines.ByKey());
        report.Estimates.AddRange(lines.Cells());
        report.NotEstimable = report.Estimates[0].Refusal;
        report.Diagnostics.Add(new("units", effects.Units, choices.Id is null ? new("rader", "rows") : new("enheter", "units")));
        report.Diagnostics.Add(new("unitsNotInEveryPeriod", effects.LeftOut, effects.LeftOut == 0 ? null : new(
            "enheter utan alla perioder, borttagna",
            "units without every period, left out")));
        report.Diagnostics.Add(new("unitsTreatedFromTheStart", effects.AlwaysTreated, effects.AlwaysTreated == 0 ? null
            : new("enheter behandlade från start, borttagna", "units treated from the start, left out")));
        if (effects.PreTest() is Estimated<WaldTest> { Value: var test })
        {
            report.Diagnostics.Add(new("preTestStatistic", test.Statistic, null));
            report.Diagnostics.Add(new("preTestDegreesOfFreedom", test.DegreesOfFreedom, null));
            report.Diagnostics.Add(new("preTestPValue", test.PValue, new(
                "p-värde, ingen effekt före start",
                "p-value, no effect before the start")));
        }

        if (effects.SmallestDetectableTrend() is Estimated<TrendDetection> { Value: var trend })
        {
            report.Diagnostics.Add(new("detectableTrendPerPeriod", trend.Slope, new(
                "minsta trendskillnad per period som förtestet ser (styrka 80 %)", "smallest trend difference per period that the pre-test sees (power 80%)")));
        }

        lines.DescribeBands(report);
        if (effects.LastCohortAsControl is { } last)
        {
            report.Notes.Add(new(
                $"Ingen är obehandlad hela tiden: de som börjar i {last} är jämförelse, och perioder därifrån används inte.",
                $"Nobody is never treated: those who start in {last} are the comparison, and periods from then on are not used."));
        }

        return report;
    }

    private static AnalysisReport Begin(PanelFile file, PanelChoices choices)
    {
        var report = new AnalysisReport
        {
            Analysis = "did",
            File = file.Table.Path,
            RowsInFile = file.Table.RowsInFile,
            RowsUsed = file.Table.Rows,
            Dropped = file.Table.Dropped,
        };
        report.Settings.AddRange(
        [
            ("outcome", choices.Outcome), ("time", choices.Time), ("id", choices.Id), ("firstTreated", choices.FirstTreated),
            ("covariates", choices.Covariates), ("categorical", choices.Categorical), ("cluster", choices.Cluster), ("weights", choices.Weights),
            ("method", choices.MethodWord), ("control", choices.ControlWord), ("basePeriod", choices.Options.Base.ToString()),
            ("anticipation", choices.Options.Anticipation), ("unbalanced", choices.Unbalanced || choices.Id is null),
            ("balanceEventTime", choices.BalanceEventTime), ("level", choices.Options.Level),
            ("bands", choices.Bands is not null), ("draws", choices.Bands?.Draws), ("seed", choices.Bands?.Seed),
        ]);
        if (file.Changing.Count > 0 && choices.Id is not null && !choices.Unbalanced)
        {
            var names = string.Join(", ", file.Changing);
            report.Notes.Add(new(
                $"Kovariater ändras inom enheter ({names}); enhetens första period används. R:s did tar varje jämförelses basperiod.",
                $"Covariates change within units ({names}); the unit's first period is used. R's did takes each comparison's base period."));
        }

        return report;
    }

    private static void LeftOut(AnalysisReport report, PanelFile file, PanelChoices choices)
    {
        var counts = new Dictionary<long, int>();
        foreach (var unit in file.Units) counts[unit] = counts.GetValueOrDefault(unit) + 1;
        var periods = file.Periods.Distinct().Count();
        var earliest = file.Periods.Length == 0 ? 0 : file.Periods.Min() + (long)choices.Options.Anticipation;
        for (var i = 0; i < file.Units.Length; i++)
        {
            if (counts[file.Units[i]] < periods) report.Dropped.Add(file.Table.RowNumbers[i], DropReason.UnitNotInEveryPeriod);
            else if (file.FirstTreated[i] <= earliest) report.Dropped.Add(file.Table.RowNumbers[i], DropReason.TreatedFromTheStart);
        }
    }
}
