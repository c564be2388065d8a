using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Evaluation.Comparisons;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Balance;
using SiOutcomeLab.Statistics.Propensity;
using CovariateBalance = SiOutcomeLab.Domain.Effects.CovariateBalance;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>Judges a comparison before the outcome is read: balance against the lab's gate, overlap, numbers.</summary>
internal static class BlindDiagnostics
{
    public static Estimable<Diagnostics> Judge(Cohort cohort, Comparison comparison, Estimable<PropensityFit> propensity) =>
        BalanceTable.Compute(cohort.Judged, cohort.Treated, comparison.Weights.Span).Map(table => Judge(cohort, table, propensity));

    /// <summary>
    /// Whether a verdict stops an estimate. Amber stops one without an outcome model when it is the headline; beside a headline that has
    /// passed it is shown with its balance.
    /// </summary>
    public static bool Stops(GateVerdict verdict, Comparison comparison, EstimateRole role) =>
        verdict == GateVerdict.Fail || (verdict == GateVerdict.Amber && role == EstimateRole.Headline && !comparison.HasOutcomeModel);

    private static Diagnostics Judge(Cohort cohort, BalanceTable table, Estimable<PropensityFit> propensity)
    {
        var verdict = BalanceGate.Judge(table);
        var overlap = propensity.Match<Overlap?>(
            fit => Overlap.Compute(fit.Scores.Span, cohort.Treated).Match<Overlap?>(o => o, (_, _) => null), (_, _) => null);
        return new Diagnostics(
            verdict.Grade switch { BalanceGrade.Pass => GateVerdict.Pass, BalanceGrade.Amber => GateVerdict.Amber, _ => GateVerdict.Fail },
            [.. verdict.Covariates.Where(c => c.Grade != BalanceGrade.Pass).OrderByDescending(c => Math.Abs(c.Smd)).Select(c => c.Name)],
            [.. table.Covariates.Select(Row)],
            table.LargestSmdBefore,
            table.LargestSmdAfter,
            overlap?.Coefficient,
            overlap?.Equipoise,
            table.EffectiveComparison,
            cohort.TreatedCount,
            cohort.ComparisonCount);
    }

    private static CovariateBalance Row(SiOutcomeLab.Statistics.Balance.CovariateBalance c) => new(
        c.Name,
        c.Kind == ColumnKind.Binary,
        c.Before.MeanTreated,
        c.Before.MeanComparison,
        c.After.MeanComparison,
        c.Before.Smd,
        c.After.Smd,
        c.After.VarianceRatio,
        c.After.KolmogorovSmirnov);
}
