using SiOutcomeLab.Cli.Analysing.Reports;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Pooling;

namespace SiOutcomeLab.Cli.Analysing.Pools;

/// <summary><c>silab analyse pool</c>: estimates of several sources pooled, with the names that metafor gives them.</summary>
internal static class PoolAnalysis
{
    public static AnalysisReport Run(PoolFile file, PoolChoices choices)
    {
        var report = Begin(file, choices);
        var fitted = RandomEffects.Fit(file.Data, choices.Options);
        if (fitted is NotEstimable<PooledModel> none)
        {
            report.NotEstimable = new(none.Reason, none.Detail);
            return report;
        }

        var model = ((Estimated<PooledModel>)fitted).Value;
        report.Estimates.AddRange(Coefficients(model, file, choices));
        report.Estimates.AddRange(Heterogeneity(model, choices));
        report.NotEstimable = report.Estimates[0].Refusal;
        var averaged = choices.AveragesTau ? PartialPooling.Fit(file.Data, choices.Options.Level).Match<PartiallyPooled?>(p => p, (_, _) => null) : null;
        if (averaged is not null) report.Estimates.AddRange(Prediction(averaged.Further.Low, averaged.Further.High, model.Data.Count, null));
        else if (model.Coefficients.Count == 1) report.Estimates.AddRange(Prediction(model, choices));
        Describe(report, model, averaged is not null);
        report.Sources = Sources(model, averaged, file, choices);
        return report;
    }

    private static IEnumerable<EstimateLine> Coefficients(PooledModel model, PoolFile file, PoolChoices choices)
    {
        var robust = file.Clusters.Length > 0 ? ClusterRobust.Coefficients(model, file.Clusters) : null;
        if (robust is NotEstimable<IReadOnlyList<PooledCoefficient>> none)
        {
            yield return new EstimateLine("mu", "mean") { Refusal = new(none.Reason, none.Detail) };
            yield break;
        }

        var coefficients = robust is Estimated<IReadOnlyList<PooledCoefficient>> some ? some.Value : model.Coefficients;
        var freedom = robust is null ? model.DegreesOfFreedom : file.Clusters.Distinct().Count() - model.Coefficients.Count;
        var type = robust is not null ? "ClusterRobustCr1" : choices.Options.Test switch
        {
            PoolingTest.Normal => "Wald",
            PoolingTest.HartungKnapp => "HartungKnapp",
            _ => "HartungKnappAdHoc",
        };
        foreach (var coefficient in coefficients)
        {
            var isMean = coefficients.Count == 1;
            yield return new EstimateLine(isMean ? "mu" : coefficient.Name, isMean ? "mean" : "coefficient")
            {
                Estimate = coefficient.Estimate,
                StandardError = coefficient.StandardError,
                StandardErrorType = type,
                Low = coefficient.ConfidenceLow,
                High = coefficient.ConfidenceHigh,
                DegreesOfFreedom = freedom,
                PValue = coefficient.PValue,
                N = model.Data.Count,
            };
        }
    }

    private static IEnumerable<EstimateLine> Heterogeneity(PooledModel model, PoolChoices choices)
    {
        var h = model.Heterogeneity;
        var isFixed = choices.Options.Method == HeterogeneityMethod.FixedEffect;
        var profile = isFixed ? null : QProfile.Intervals(model, choices.Options.Level).Match<HeterogeneityIntervals?>(found => found, (_, _) => null);
        var k = model.Data.Count;
        yield return new EstimateLine("tau2", "heterogeneity")
        {
            Estimate = h.TauSquared,
            StandardError = isFixed ? double.NaN : h.TauSquaredStandardError,
            StandardErrorType = isFixed ? null : "Asymptotic",
            Low = profile?.TauSquared.Low ?? double.NaN,
            High = profile?.TauSquared.High ?? double.NaN,
            N = k,
        };
        yield return new EstimateLine("I2", "heterogeneity")
        {
            Estimate = h.ISquared,
            Low = profile?.ISquared.Low ?? double.NaN,
            High = profile?.ISquared.High ?? double.NaN,
            N = k,
        };
        yield return new EstimateLine("H2", "heterogeneity")
        {
            Estimate = h.HSquared,
            Low = profile?.HSquared.Low ?? double.NaN,
            High = profile?.HSquared.High ?? double.NaN,
            N = k,
        };
        yield return new EstimateLine("Q", "heterogeneity") { Estimate = h.Q, DegreesOfFreedom = h.QDegreesOfFreedom, PValue = h.QPValue, N = k };
    }

    // As metafor's predict: the quantile of the model's own test, unless the wider one is asked for.
    private static EstimateLine[] Prediction(PooledModel model, PoolChoices choices)
    {
        var k = model.Data.Count;
        var refused = choices.Prediction == PredictionKind.HigginsThompsonSpiegelhalter && k < 3
            ? new Refusal(NotEstimableReason.TooFewObservations, $"{k} estimates where this interval needs three.") : null;
        var interval = refused is null ? model.Predict(choices.Prediction) : null;
        return Prediction(interval?.PredictionLow ?? double.NaN, interval?.PredictionHigh ?? double.NaN, k, refused);
    }

    private static EstimateLine[] Prediction(double low, double high, int estimates, Refusal? refused) =>
    [
        new("predictionLow", "prediction") { Estimate = low, N = estimates, Refusal = refused },
        new("predictionHigh", "prediction") { Estimate = high, N = estimates, Refusal = refused },
    ];

    private static void Describe(AnalysisReport report, PooledModel model, bool averagesTau)
    {
        report.Diagnostics.Add(new("k", model.Data.Count, new("skattningar", "estimates")));
        report.Diagnostics.Add(new("logLikelihood", model.LogLikelihood, null));
        report.Diagnostics.Add(new("restrictedLogLikelihood", model.RestrictedLogLikelihood, null));
        report.Diagnostics.Add(new("aic", model.AkaikeCriterion, null));
        report.Diagnostics.Add(new("hartungKnappFactor", model.VarianceFactor, null));
        if (model.Coefficients.Count > 1)
        {
            var test = model.ModeratorTest;
            report.Diagnostics.Add(new("moderatorStatistic", test.Statistic, null));
            report.Diagnostics.Add(new("moderatorPValue", test.PValue, new(
                "p-värde, moderatorerna tillsammans",
                "p-value, moderators together")));
            report.Diagnostics.Add(new("rSquared", model.Heterogeneity.RSquared ?? double.NaN, new(
                "förklarad andel av tau² (%)",
                "share of tau² explained (%)")));
            return;
        }

        report.Notes.Add(averagesTau
            ? new(
                "Prediktionsintervallet och de krympta skattningarna räknar med att tau² är okänt; med 3–20 skattningar har sådana 95-procentiga "
                    + "intervall i försök täckt minst 94 respektive 93 %.",
                "The prediction interval and the shrunken estimates count tau² as unknown; with 3–20 estimates such 95% intervals have covered at "
                    + "least 94% and 93% in trials.")
            : new(
                "Prediktionsintervallet och de krympta skattningarna tar tau² som känt; vid 20 skattningar eller färre täcker 95-procentiga i praktiken "
                    + "ner till 83 %. Med --average-tau räknas den osäkerheten in.",
                "The prediction interval and the shrunken estimates take tau² as known; with 20 estimates or fewer those of 95% cover down to 83% in "
                    + "practice. --average-tau counts that uncertainty in."));
    }

    private static PooledSource[] Sources(PooledModel model, PartiallyPooled? averaged, PoolFile file, PoolChoices choices)
    {
        var weights = model.Weights();
        (double Estimate, double Error, double Low, double High)[] shrunken = averaged is null
            ? [.. Shrinkage.Of(model).Select(s => (s.Estimate, s.StandardError, s.Low, s.High))]
            : [.. averaged.Sources.Select(s => (s.Estimate, s.StandardError, s.Low, s.High))];
        var critical = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (1 + choices.Options.Level) / 2);
        return [.. file.Labels.Select((label, i) =>
        {
            var (estimate, error) = (file.Data.Estimates[i], Math.Sqrt(file.Data.Variances[i]));
            return new PooledSource(
                label, estimate, error, estimate - (critical * error), estimate + (critical * error), weights[i],
                shrunken[i].Estimate, shrunken[i].Error, shrunken[i].Low, shrunken[i].High);
        })];
    }

    private static AnalysisReport Begin(PoolFile file, PoolChoices choices)
    {
        var report = new AnalysisReport
        {
            Analysis = "pool",
            File = file.Table.Path,
            RowsInFile = file.Table.RowsInFile,
            RowsUsed = file.Table.Rows,
            Dropped = file.Table.Dropped,
        };
        report.Settings.AddRange(
        [
            ("estimate", choices.Estimate), ("variance", choices.Variance), ("standardError", choices.StandardError), ("label", choices.Label),
            ("cluster", choices.Cluster), ("moderators", choices.Moderators), ("categorical", choices.Categorical), ("method", choices.MethodWord),
            ("test", choices.TestWord), ("averageTau", choices.AveragesTau),
            ("predictionQuantile", choices.AveragesTau ? null : choices.Prediction == PredictionKind.AsTest
                ? choices.Options.Test == PoolingTest.Normal ? "normal" : "t, k - p" : "t, k - p - 1"),
            ("level", choices.Options.Level),
        ]);
        return report;
    }
}
