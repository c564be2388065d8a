using SiOutcomeLab.Cli.Analysing.Reports;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Effects.OutcomeModels;
using SiOutcomeLab.Statistics.Matching;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Cli.Analysing.Studies;

/// <summary>
/// <c>silab analyse match</c>: who is matched with whom, how well it balances, and the effect: the weighted difference with the error
/// clustered on matched sets first, then g-computation on the matched rows.
/// </summary>
internal static class MatchAnalysis
{
    public static AnalysisReport Run(StudyRows rows, MatchChoices choices, CancellationToken cancellationToken)
    {
        var report = StudyReport.Begin("match", rows);
        Settings(report, choices);
        var treated = choices.ChangesOver ? Array.ConvertAll(rows.Treated, arm => !arm) : rows.Treated;
        var scored = choices.NeedsScore ? Fit(rows, choices, cancellationToken) : Estimable.Of<PropensityFit?>(null);
        var matched = scored.Then(fit => Matcher.Match(rows, treated, fit, choices, cancellationToken).Map(sample => (Fit: fit, Sample: sample)));
        if (matched is NotEstimable<(PropensityFit?, MatchedRows)> none)
        {
            report.NotEstimable = new(none.Reason, none.Detail);
            StudyReport.Describe(report, rows, [], choices.Estimand, null);
            StudyReport.Unadjusted(report, rows, choices.Estimand, choices.Level);
            return report;
        }

        var (fitted, sample) = ((Estimated<(PropensityFit? Fit, MatchedRows Sample)>)matched).Value;
        StudyReport.Model(report, rows, fitted);
        Counts(report, rows, treated, sample, choices);
        StudyReport.Describe(report, rows, sample.Weights.Span, choices.Estimand, fitted?.Scores.ToArray());
        if (rows.Outcome.Length == 0) return report;
        EstimateLine[] lines = [.. Effects(rows, treated, sample, choices, cancellationToken)];
        report.Estimates.AddRange(choices.ChangesOver ? lines.Select(line => line.ChangedOver()) : lines);
        report.NotEstimable = lines[0].Refusal;
        StudyReport.Unadjusted(report, rows, choices.Estimand, choices.Level);
        return report;
    }

    private static Estimable<PropensityFit?> Fit(StudyRows rows, MatchChoices choices, CancellationToken cancellationToken)
    {
        IPropensityModel model = choices.Link == MatchLink.Probit ? new ProbitRegression() : new LogisticRegression();
        return model.Fit(rows.Covariates, rows.Treated, cancellationToken).Map<PropensityFit?>(fit => fit);
    }

    private static IEnumerable<EstimateLine> Effects(
        StudyRows rows, bool[] treated, MatchedRows sample, MatchChoices choices, CancellationToken cancellationToken)
    {
        var strata = choices.Method is MatchMethod.Subclass or MatchMethod.Exact or MatchMethod.Coarsened;
        if (strata && sample is MatchedSets sets && rows.Clusters.Length == 0)
        {
            yield return EstimateLine.Of(
                "stratifiedDifference", choices.Estimand, StratifiedDifference.Estimate(rows.Outcome, treated, sets, choices.Level));
        }

        var difference = MatchedDifference.Estimate(rows.Outcome, treated, sample, rows.Clusters, choices.Level);
        yield return EstimateLine.Of("matchedDifference", choices.Estimand, difference);
        if (sample is MatchedSample { Replacement: true } reused)
        {
            yield return EstimateLine.Of(
                "abadieImbens", choices.Estimand, AbadieImbens.Estimate(rows.Outcome, treated, reused, level: choices.Level));
        }

        if (rows.Covariates.Columns == 0) yield break;
        int[] clusters = rows.Clusters.Length > 0 ? rows.Clusters : strata ? [] : sample.Subclasses.ToArray();
        var options = new GComputationOptions
        {
            ErrorType = clusters.Length > 0 ? StandardErrorType.ClusterHc1 : StandardErrorType.Hc3,
            Level = choices.Level,
        };
        var weights = BalancingWeights.Known(sample.Weights.Span, sample.Estimand);
        var adjusted = GComputation.Estimate(
            rows.Outcome, treated, rows.Covariates, weights, options, clusters, cancellationToken: cancellationToken);
        yield return EstimateLine.Of("gComputation", choices.Estimand, adjusted.Map(result => result.Difference));
    }

    private static void Counts(AnalysisReport report, StudyRows rows, bool[] treated, MatchedRows sample, MatchChoices choices)
    {
        var (asked, others) = choices.ChangesOver ? ("comparison", "treated") : ("treated", "comparison");
        report.Diagnostics.Add(new($"{asked}Matched", sample.TreatedMatched, choices.ChangesOver
            ? new("matchade jämförelserader", "comparison rows matched") : new("matchade behandlade", "treated matched")));
        report.Diagnostics.Add(new($"{asked}Unmatched", sample.TreatedDropped, choices.ChangesOver
            ? new(
                "jämförelserader utan matchning",
                "comparison rows without a match") : new("behandlade utan matchning", "treated without a match")));
        report.Diagnostics.Add(new($"{others}Matched", sample.ControlsMatched, choices.ChangesOver
            ? new("använda behandlade", "treated rows in use") : new("använda jämförelserader", "comparison rows in use")));
        if (sample is MatchedSample pairs)
        {
            report.Diagnostics.Add(new("pairs", pairs.Pairs, new("par", "pairs")));
            report.Diagnostics.Add(new("sumOfDistances", pairs.SumOfDistances, null));
            report.Diagnostics.Add(new("caliperWidth", pairs.CaliperWidth, null));
        }
        else if (sample is MatchedSets sets)
        {
            report.Diagnostics.Add(new("sets", sets.Sets, new("grupper", "sets")));
            report.Diagnostics.Add(new("sumOfDistances", sets.SumOfDistances, null));
        }

        var w = sample.Weights.Span;
        for (var i = 0; i < w.Length; i++)
        {
            if (w[i] == 0 && IsAskedAbout(treated[i], choices)) report.Dropped.Add(rows.Table.RowNumbers[i], DropReason.NoMatch);
        }

        if (sample.TreatedDropped == 0) return;
        report.Notes.Add(choices.ChangesOver
            ? new(
                $"Effekten gäller de {sample.TreatedMatched} jämförelserader som fick en matchning, inte alla.",
                $"The effect holds for the {sample.TreatedMatched} comparison rows that found a match, not for all.")
            : new(
                $"Effekten gäller de {sample.TreatedMatched} behandlade som fick en matchning, inte alla.",
                $"The effect holds for the {sample.TreatedMatched} treated that found a match, not for all."));
    }

    private static bool IsAskedAbout(bool treated, MatchChoices choices) => choices.Estimand switch
    {
        Estimand.Everyone => true,
        Estimand.Untreated => treated == choices.ChangesOver,
        _ => treated,
    };

    private static void Settings(AnalysisReport report, MatchChoices choices)
    {
        report.Settings.AddRange(
        [
            ("method", choices.MethodWord), ("estimand", EstimandCode.Of(choices.Estimand)), ("distance", choices.DistanceWord),
            ("link", choices.NeedsScore ? choices.LinkWord : null), ("ratio", choices.Ratio), ("replace", choices.Replace),
            ("caliper", choices.Caliper), ("caliperUnit", choices.Caliper is null ? null : choices.CaliperInDeviations ? "standardDeviationsOfTheScore" : "score"),
            ("order", Matcher.Order(choices).ToString()), ("seed", choices.Seed),
            ("ties", choices.Seed is null ? "fileOrder" : "shuffledOrder"), ("discard", choices.Discard.ToString()), ("level", choices.Level),
        ]);
    }
}
