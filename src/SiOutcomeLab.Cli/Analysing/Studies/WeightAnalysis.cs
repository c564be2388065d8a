using SiOutcomeLab.Cli.Analysing.Reports;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Cli.Analysing.Studies;

/// <summary><c>silab analyse weight</c>: weights, how well they balance, and the weighted difference with M-estimation's error.</summary>
internal static class WeightAnalysis
{
    public static AnalysisReport Run(StudyRows rows, WeightChoices choices, CancellationToken cancellationToken)
    {
        var report = StudyReport.Begin("weight", rows);
        report.Settings.Add(("method", choices.MethodWord));
        report.Settings.Add(("estimand", EstimandCode.Of(choices.Estimand)));
        report.Settings.Add(("link", choices.Method == WeightMethod.Ipw ? choices.Probit ? "probit" : "logit" : null));
        report.Settings.Add(("trim", choices.Trim));
        report.Settings.Add(("truncate", choices.Truncate));
        report.Settings.Add(("stabilised", choices.Stabilised));
        report.Settings.Add(("level", choices.Level));
        var made = Weights(rows, choices, cancellationToken);
        if (made is NotEstimable<(BalancingWeights, PropensityFit?)> none)
        {
            report.NotEstimable = new(none.Reason, none.Detail);
            StudyReport.Describe(report, rows, [], choices.Estimand, null);
            StudyReport.Unadjusted(report, rows, choices.Estimand, choices.Level);
            return report;
        }

        var (weights, fit) = ((Estimated<(BalancingWeights, PropensityFit?)>)made).Value;
        StudyReport.Model(report, rows, fit);
        StudyReport.Describe(report, rows, weights.Weights.Span, choices.Estimand, fit?.Scores.ToArray());
        StudyReport.Trimmed(report, rows, weights);
        if (rows.Outcome.Length == 0) return report;
        var effect = WeightedDifference.Estimate(rows.Outcome, rows.Treated, weights, rows.Clusters, choices.Level);
        report.Estimates.Add(EstimateLine.Of("weightedDifference", choices.Estimand, effect));
        report.NotEstimable = report.Estimates[0].Refusal;
        StudyReport.Unadjusted(report, rows, choices.Estimand, choices.Level);
        return report;
    }

    private static Estimable<(BalancingWeights Weights, PropensityFit? Fit)> Weights(
        StudyRows rows, WeightChoices choices, CancellationToken cancellationToken)
    {
        if (choices.Method == WeightMethod.Entropy)
        {
            var options = new EntropyBalancingOptions { Moments = choices.Moments };
            return EntropyBalancing.Weights(rows.Covariates, rows.Treated, choices.Estimand, options, cancellationToken)
                .Map(weights => (weights, (PropensityFit?)null));
        }

        IPropensityModel model = choices.Method == WeightMethod.Cbps ? new CovariateBalancingPropensityScore(choices.Estimand)
            : choices.Probit ? new ProbitRegression() : new LogisticRegression();
        return model.Fit(rows.Covariates, rows.Treated, cancellationToken).Then(fit =>
            InversePropensity.Weights(fit, rows.Treated, choices.Estimand, choices.Trimming(), choices.Stabilised)
                .Map(weights => (weights, (PropensityFit?)fit)));
    }
}
