using SiOutcomeLab.Cli.Analysing.Files;
using SiOutcomeLab.Cli.Analysing.Reports;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Effects.OutcomeModels;
using SiOutcomeLab.Statistics.Effects.Resampling;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Propensity.Boosting;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Cli.Analysing.Studies;

/// <summary><c>silab analyse effect</c>: one effect by one estimator, with its own error.</summary>
internal static class EffectAnalysis
{
    public static AnalysisReport Run(StudyRows rows, EffectChoices choices, CancellationToken cancellationToken)
    {
        RequireOutcomes(rows, choices.Family);
        var report = StudyReport.Begin("effect", rows);
        Settings(report, choices);
        var fitted = UsesScores(choices.Method)
            ? new LogisticRegression().Fit(rows.Covariates, rows.Treated, cancellationToken).Map<PropensityFit?>(fit => fit)
            : Estimable.Of<PropensityFit?>(null);
        var weighted = fitted.Then(fit => fit is null
            ? Estimable.Of(Plain(rows, choices)) : InversePropensity.Weights(fit, rows.Treated, choices.Estimand));
        if (weighted is NotEstimable<BalancingWeights> none)
        {
            report.NotEstimable = new(none.Reason, none.Detail);
            StudyReport.Describe(report, rows, [], choices.Estimand, null);
            StudyReport.Unadjusted(report, rows, choices.Estimand, choices.Level);
            return report;
        }

        var weights = ((Estimated<BalancingWeights>)weighted).Value;
        var model = fitted.Match(found => found, (_, _) => null);
        StudyReport.Model(report, rows, model);
        StudyReport.Describe(
            report, rows, model is null && choices.Method != EffectMethod.GivenWeights ? [] : weights.Weights.Span, choices.Estimand, model?.Scores.ToArray());
        report.Estimates.AddRange(Estimates(rows, weights, choices, cancellationToken));
        report.NotEstimable = report.Estimates[0].Refusal;
        StudyReport.Unadjusted(report, rows, choices.Estimand, choices.Level);
        return report;
    }

    private static bool UsesScores(EffectMethod method) => method is EffectMethod.Augmented or EffectMethod.AugmentedNormalised
        or EffectMethod.Weighted or EffectMethod.HorvitzThompson or EffectMethod.WeightedRegression or EffectMethod.Jackknife or EffectMethod.Bootstrap;

    private static BalancingWeights Plain(StudyRows rows, EffectChoices choices) => rows.Weights.Length > 0
        ? BalancingWeights.Known(rows.Weights, choices.Estimand)
        : BalancingWeights.Equal(rows.Treated.Length, choices.Estimand);

    private static EstimateLine[] Estimates(
        StudyRows rows, BalancingWeights weights, EffectChoices choices, CancellationToken cancellationToken)
    {
        if (choices.Method == EffectMethod.GComputation) return Standardised(rows, weights, choices, cancellationToken);
        var (y, t, x, clusters) = (rows.Outcome, rows.Treated, rows.Covariates, rows.Clusters);
        if (choices.Method == EffectMethod.Bootstrap) return Bootstrapped(rows, choices, cancellationToken);
        var effect = choices.Method switch
        {
            EffectMethod.Augmented or EffectMethod.AugmentedNormalised => AugmentedInversePropensity.Estimate(
                y, t, weights, x, choices.Method == EffectMethod.AugmentedNormalised, clusters, choices.Level),
            EffectMethod.Weighted or EffectMethod.GivenWeights => WeightedDifference.Estimate(y, t, weights, clusters, choices.Level),
            EffectMethod.HorvitzThompson => WeightedDifference.Estimate(y, t, weights, clusters, choices.Level, normalised: false),
            EffectMethod.Regression => RegressionAdjustment.Estimate(y, t, x, weights, choices.Form, choices.Error, clusters, choices.Level),
            EffectMethod.WeightedRegression => RegressionAdjustment.Estimate(
                y, t, x, weights, RegressionForm.Interacted, choices.Error, clusters, choices.Level),
            EffectMethod.CrossFitted => CrossFitted(rows, choices, cancellationToken),
            _ => LeftOut(rows, choices, cancellationToken),
        };
        return [EstimateLine.Of(choices.MethodWord, choices.Estimand, effect)];
    }

    private static EstimateLine[] Standardised(StudyRows rows, BalancingWeights weights, EffectChoices choices, CancellationToken cancellationToken)
    {
        var options = new GComputationOptions { Family = choices.Family, Form = choices.Form, ErrorType = choices.Error, Level = choices.Level };
        var answer = GComputation.Estimate(
            rows.Outcome, rows.Treated, rows.Covariates, weights, options, rows.Clusters, cancellationToken: cancellationToken);
        var lines = new List<EstimateLine> { EstimateLine.Of(choices.MethodWord, choices.Estimand, answer.Map(found => found.Difference)) };
        if (answer is not Estimated<GComputationResult> { Value: var result }) return [.. lines];
        Add("ratio", result.Ratio);
        Add("oddsRatio", result.OddsRatio);
        return [.. lines];

        void Add(string name, RatioEffect? ratio)
        {
            if (ratio is null) return;
            var log = EstimateLine.Of(name, ratio.Log);
            lines.Add(log with
            {
                Estimate = ratio.Ratio,
                StandardError = double.NaN,
                StandardErrorType = null,
                Low = ratio.ConfidenceLow,
                High = ratio.ConfidenceHigh,
                Alternatives = [],
            });
            lines.Add(log with { Name = $"log{char.ToUpperInvariant(name[0])}{name[1..]}" });
        }
    }

    private static EstimateLine[] Bootstrapped(StudyRows rows, EffectChoices choices, CancellationToken cancellationToken)
    {
        var options = new BootstrapOptions { Replicates = choices.Replicates, Seed = choices.Seed, Level = choices.Level };
        var answer = BootstrapInversePropensity.Estimate(
            rows.Outcome, rows.Treated, rows.Covariates, choices.Estimand, options, rows.Clusters, cancellationToken);
        var normal = EstimateLine.Of(choices.MethodWord, choices.Estimand, answer.Map(found => found.Effect));
        if (answer is not Estimated<BootstrapEffect> { Value: var result }) return [normal];
        var (low, high) = result.Distribution.Interval(BootstrapInterval.BiasCorrectedAccelerated);
        return [normal, normal with { Name = $"{choices.MethodWord}Bca", Low = low, High = high, DegreesOfFreedom = double.NaN, PValue = double.NaN, Alternatives = [] }];
    }

    private static Estimable<EffectResult> CrossFitted(StudyRows rows, EffectChoices choices, CancellationToken cancellationToken)
    {
        IPropensityModel model = choices.Propensity switch
        {
            PropensityKind.Trees => new GradientBoostedTrees(new BoostingOptions
            {
                Seed = choices.Seed, MaximumDepth = 3, LearningRate = 0.1, HeldOutFolds = 5, Clusters = rows.Clusters,
            }),
            PropensityKind.Lasso => new ElasticNetLogistic(new ElasticNetOptions { Seed = choices.Seed, Clusters = rows.Clusters }),
            _ => new LogisticRegression(),
        };
        return CrossFitting.Fit(model, rows.Covariates, rows.Treated, choices.Folds, choices.Seed, rows.Clusters, cancellationToken: cancellationToken)
            .Then(fit => CrossFittedAugmentation.Estimate(
                rows.Outcome, rows.Treated, fit.Scores.Span, fit.Folds.Span, rows.Covariates, choices.Estimand, clusters: rows.Clusters,
                level: choices.Level));
    }

    private static Estimable<EffectResult> LeftOut(StudyRows rows, EffectChoices choices, CancellationToken cancellationToken)
    {
        var fewest = Math.Min(rows.TreatedCount, rows.Treated.Length - rows.TreatedCount);
        var freedom = Math.Max(1, fewest - rows.Covariates.Columns - 1);
        return Jackknife.Estimate(rows.Treated.Length, Some, freedom, rows.Clusters, cancellationToken: cancellationToken);

        Estimable<EffectResult> Some(int[] kept)
        {
            var x = rows.Covariates.SelectRows(kept);
            var treated = Array.ConvertAll(kept, row => rows.Treated[row]);
            var outcome = Array.ConvertAll(kept, row => rows.Outcome[row]);
            int[] clusters = rows.Clusters.Length == 0 ? [] : Array.ConvertAll(kept, row => rows.Clusters[row]);
            return new LogisticRegression(threads: 1).Fit(x, treated, cancellationToken)
                .Then(fit => InversePropensity.Weights(fit, treated, choices.Estimand))
                .Then(weights => AugmentedInversePropensity.Estimate(outcome, treated, weights, x, clusters: clusters, level: choices.Level));
        }
    }

    private static void RequireOutcomes(StudyRows rows, OutcomeFamily family)
    {
        var (least, most) = family switch
        {
            OutcomeFamily.Logistic => (0.0, 1.0),
            OutcomeFamily.Linear => (double.NegativeInfinity, double.PositiveInfinity),
            _ => (0.0, double.PositiveInfinity),
        };
        var at = Array.FindIndex(rows.Outcome, value => !(value >= least && value <= most));
        if (at < 0) return;
        throw DataFault.At(
            rows.Table.Path, rows.Columns.Outcome!, rows.Table.RowNumbers[at], "utanför utfallstypens gränser.", "outside of the outcome type's range.",
            new(
                "binary är 0 till 1, count och cost minst 0; annars --outcome-type gaussian.",
                "binary is 0 to 1, count and cost at least 0; otherwise --outcome-type gaussian."));
    }

    private static void Settings(AnalysisReport report, EffectChoices choices)
    {
        var hasFolds = choices.Method == EffectMethod.CrossFitted;
        var draws = hasFolds || choices.Method == EffectMethod.Bootstrap;
        var hasForm = choices.Method is EffectMethod.GComputation or EffectMethod.Regression;
        report.Settings.AddRange(
        [
            ("method", choices.MethodWord), ("estimand", EstimandCode.Of(choices.Estimand)), ("outcomeType", choices.FamilyWord),
            ("form", hasForm ? choices.Form.ToString() : null), ("propensity", hasFolds ? choices.Propensity.ToString() : null),
            ("folds", hasFolds ? choices.Folds : null), ("replicates", choices.Method == EffectMethod.Bootstrap ? choices.Replicates : null),
            ("seed", draws ? choices.Seed : null), ("level", choices.Level),
        ]);
    }
}
