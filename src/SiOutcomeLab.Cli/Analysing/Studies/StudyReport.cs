using SiOutcomeLab.Cli.Analysing.Reports;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Balance;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Cli.Analysing.Studies;

/// <summary>What every report on treated and comparison rows tells beside its estimates.</summary>
internal static class StudyReport
{
    public static AnalysisReport Begin(string analysis, StudyRows rows)
    {
        var report = new AnalysisReport
        {
            Analysis = analysis,
            File = rows.Table.Path,
            RowsInFile = rows.Table.RowsInFile,
            RowsUsed = rows.Table.Rows,
            Dropped = rows.Table.Dropped,
        };
        var columns = rows.Columns;
        report.Settings.AddRange(
        [
            ("treatment", columns.Treatment), ("outcome", columns.Outcome), ("covariates", columns.Numeric.ToArray()),
            ("categorical", columns.Categorical), ("exact", columns.Exact), ("cluster", columns.Cluster), ("weights", columns.Weights),
        ]);
        return report;
    }

    /// <summary>The propensity model: how well it tells the arms apart, and what it left out.</summary>
    public static void Model(AnalysisReport report, StudyRows rows, PropensityFit? fit)
    {
        if (fit is null) return;
        report.Coefficients = fit.Coefficients;
        var area = AreaUnderCurve.Of(fit.Scores.Span, rows.Treated).Match(value => value, (_, _) => double.NaN);
        report.Diagnostics.Add(new("auc", area, new("AUC (propensitymodellen)", "AUC (propensity model)")));
        report.Diagnostics.Add(new("deviance", fit.Deviance, null));
        if (fit.DroppedColumns.Count == 0) return;
        var names = string.Join(", ", fit.DroppedColumns);
        report.Notes.Add(new(
            $"Propensitymodellen utelämnade kolumner som är konstanta eller följer av andra: {names}.",
            $"The propensity model left out columns that are constant or follow from others: {names}."));
    }

    /// <summary>How alike the arms are, before and after; and the overlap of scores, where there are scores.</summary>
    public static void Describe(
        AnalysisReport report, StudyRows rows, ReadOnlySpan<double> weights, Estimand estimand, double[]? scores, SmdDenominator? denominator = null)
    {
        report.Diagnostics.Add(new("treated", rows.TreatedCount, new("behandlade rader", "treated rows")));
        report.Diagnostics.Add(new("comparison", rows.Treated.Length - rows.TreatedCount, new("jämförelserader", "comparison rows")));
        if (!weights.IsEmpty)
        {
            report.Diagnostics.Add(new(
                "effectiveTreated", EffectiveSampleSize.Of(weights, rows.Treated, true), new(
                    "effektivt antal behandlade",
                    "effective treated")));
            report.Diagnostics.Add(new(
                "effectiveComparison",
                EffectiveSampleSize.Of(weights, rows.Treated, false),
                new("effektivt antal i jämförelsen", "effective comparison")));
        }

        if (scores is not null && Overlap.Compute(scores, rows.Treated) is Estimated<Overlap> { Value: var overlap })
        {
            report.Overlap = overlap;
            report.Diagnostics.AddRange(
            [
                new("overlapCoefficient", overlap.Coefficient, new("överlapp mellan poängen", "overlap of scores")),
                new("equipoise", overlap.Equipoise, new("andel i jämvikt (0,3–0,7)", "share in equipoise (0.3–0.7)")),
                new("treatedOutsideSupport", overlap.TreatedOutside, new(
                    "behandlade utanför jämförelsens poäng",
                    "treated outside of comparison scores")),
                new("comparisonOutsideSupport", overlap.ComparisonOutside, null),
            ]);
        }

        if (weights.IsEmpty || rows.Described.Columns == 0) return;
        var table = BalanceTable.Compute(rows.Described, rows.Treated, weights, denominator ?? DenominatorFor(estimand));
        if (table is not Estimated<BalanceTable> { Value: var balance }) return;
        report.Balance = balance;
        report.Gate = BalanceGate.Judge(balance);
        report.Diagnostics.Add(new("largestSmdBefore", balance.LargestSmdBefore, null));
        report.Diagnostics.Add(new("largestSmdAfter", balance.LargestSmdAfter, null));
    }

    public static SmdDenominator DenominatorFor(Estimand estimand) => estimand switch
    {
        Estimand.Treated or Estimand.MatchedTreated => SmdDenominator.Treated,
        Estimand.Untreated => SmdDenominator.Comparison,
        _ => SmdDenominator.Pooled,
    };

    /// <summary>The difference between the arms as they are, for comparison.</summary>
    public static void Unadjusted(AnalysisReport report, StudyRows rows, Estimand estimand, double level)
    {
        if (rows.Outcome.Length == 0) return;
        var equal = BalancingWeights.Equal(rows.Treated.Length, estimand);
        var effect = WeightedDifference.Estimate(rows.Outcome, rows.Treated, equal, rows.Clusters, level);
        report.Estimates.Add(EstimateLine.Of("unadjusted", estimand, effect) with { Estimand = "none" });
    }

    /// <summary>Rows that trimming by the score left without weight.</summary>
    public static void Trimmed(AnalysisReport report, StudyRows rows, BalancingWeights weights)
    {
        if (weights.Estimand != Estimand.Trimmed) return;
        var w = weights.Weights.Span;
        for (var i = 0; i < w.Length; i++)
        {
            if (w[i] == 0) report.Dropped.Add(rows.Table.RowNumbers[i], DropReason.TrimmedScore);
        }

        report.Notes.Add(new(
            "Rader med extrema poäng är borttagna: effekten gäller dem som är kvar.",
            "Rows with extreme scores are left out: the effect holds for those that remain."));
    }

    public static BilingualText WithoutOutcome { get; } = new(
        "Inget utfall angivet: bara jämförelsens kvalitet visas.", "No outcome given: only how good the comparison is, is shown.");
}
