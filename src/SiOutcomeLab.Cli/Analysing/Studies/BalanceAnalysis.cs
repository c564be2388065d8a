using SiOutcomeLab.Cli.Analysing.Reports;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Balance;
using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Cli.Analysing.Studies;

/// <summary>
/// <c>silab analyse balance</c>: how alike the arms are, before and after given weights, by every denominator; the overlap of scores, and
/// what the lab's gate says. Blind to outcomes.
/// </summary>
internal static class BalanceAnalysis
{
    private static readonly SmdDenominator[] Denominators =
    [
        SmdDenominator.Treated, SmdDenominator.Comparison, SmdDenominator.Pooled, SmdDenominator.All, SmdDenominator.Weighted, SmdDenominator.Hedges,
    ];

    public static AnalysisReport Run(StudyRows rows, SmdDenominator denominator, bool squares, bool interactions, CancellationToken cancellationToken)
    {
        var report = StudyReport.Begin("balance", rows);
        report.Settings.AddRange([("denominator", denominator.ToString()), ("squares", squares), ("interactions", interactions)]);
        var weights = rows.Weights;
        if (weights.Length == 0)
        {
            weights = new double[rows.Treated.Length];
            Array.Fill(weights, 1);
            report.Notes.Add(new(
                "Inga vikter angivna (--weights): före och efter är desamma.", "No weights given (--weights): before and after are the same."));
        }

        var fitted = new LogisticRegression().Fit(rows.Covariates, rows.Treated, cancellationToken);
        var fit = fitted.Match<PropensityFit?>(found => found, (_, _) => null);
        StudyReport.Model(report, rows, fit);
        StudyReport.Describe(report, rows, [], Estimand.Treated, fit?.Scores.ToArray());
        var tables = Denominators.Select(each => BalanceTable.Compute(rows.Described, rows.Treated, weights, new BalanceOptions
        {
            Denominator = each,
            MeanEcdfDifference = each == denominator,
            OverlapComplement = each == denominator,
            Squares = squares,
            Interactions = interactions,
        })).ToArray();
        if (tables[0] is NotEstimable<BalanceTable> none)
        {
            report.NotEstimable = new(none.Reason, none.Detail);
            return report;
        }

        report.ByDenominator = [.. tables.Select(table => ((Estimated<BalanceTable>)table).Value)];
        var balance = report.ByDenominator.Single(table => table.Denominator == denominator);
        report.Balance = balance;
        report.Gate = BalanceGate.Judge(balance);
        report.Diagnostics.AddRange(
        [
            new("effectiveTreated", balance.EffectiveTreated, new("effektivt antal behandlade", "effective treated")),
            new("effectiveComparison", balance.EffectiveComparison, new("effektivt antal i jämförelsen", "effective comparison")),
            new("largestSmdBefore", balance.LargestSmdBefore, new("största skillnad före", "largest difference before")),
            new("largestSmdAfter", balance.LargestSmdAfter, new("största skillnad efter", "largest difference after")),
        ]);
        if (fitted is NotEstimable<PropensityFit> apart)
        {
            report.Notes.Add(new(
                $"Propensitymodellen går inte att skatta, så överlappet visas inte: {new Refusal(apart.Reason, apart.Detail).What.Sv}.",
                $"The propensity model is not estimable, so that overlap is not shown: {new Refusal(apart.Reason, apart.Detail).What.En}."));
        }

        return report;
    }
}
