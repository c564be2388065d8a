using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Reference.Tests.Propensity;

public sealed class LogisticRegressionTests
{
    private static readonly double[] Scores = Lalonde.Fit.Scores.ToArray();
    private static readonly double[] LogOdds = Lalonde.Fit.LinearPredictors.ToArray();

    [Fact]
    public void Fit_Lalonde_GivesGlmCoefficientsAndErrors()
    {
        Assert.Equal(9, Lalonde.Fit.Coefficients.Count);
        foreach (var coefficient in Lalonde.Fit.Coefficients)
        {
            Close.To(FlatValues.Lalonde[$"ps_logit.coef.{coefficient.Name}"], coefficient.Value, Close.Fitted, coefficient.Name);
            Close.To(FlatValues.Lalonde[$"ps_logit.se.{coefficient.Name}"], coefficient.StandardError, Close.Fitted, coefficient.Name);
        }
    }

    [Fact]
    public void RobustCoefficients_Lalonde_GivesHc0()
    {
        foreach (var coefficient in Lalonde.Fit.RobustCoefficients())
        {
            Close.To(FlatValues.Lalonde[$"ps_logit.se_HC0.{coefficient.Name}"], coefficient.StandardError, Close.Fitted, coefficient.Name);
        }
    }

    [Fact]
    public void Fit_Lalonde_GivesGlmDeviances()
    {
        Close.To(FlatValues.Lalonde["ps_logit.deviance"], Lalonde.Fit.Deviance, 1e-11);
        Close.To(FlatValues.Lalonde["ps_logit.null_deviance"], Lalonde.Fit.NullDeviance, 1e-11);
        Close.To(FlatValues.Lalonde["ps_logit.logLik"], -Lalonde.Fit.Deviance / 2, 1e-11);
        Close.To(FlatValues.Lalonde["ps_logit.aic"], Lalonde.Fit.Aic!.Value, 1e-11);
        // glm counts a step more or less by its own stopping rule.
        Assert.InRange(Lalonde.Fit.Iterations, FlatValues.Lalonde["ps_logit.iter"] - 1, FlatValues.Lalonde["ps_logit.iter"] + 1);
    }

    [Fact]
    public void Fit_Lalonde_GivesEachUnitsScore()
    {
        var scores = Lalonde.Units.Numbers("ps");
        var linear = Lalonde.Units.Numbers("lp");
        for (var i = 0; i < scores.Length; i++)
        {
            Close.To(scores[i], Scores[i], 1e-10, $"score {i}");
            Assert.Equal(linear[i], LogOdds[i], 1e-10);
        }
    }

    [Theory]
    [InlineData("ps_treated", true, false)]
    [InlineData("ps_control", false, false)]
    [InlineData("lp_treated", true, true)]
    [InlineData("lp_control", false, true)]
    public void Fit_Lalonde_GivesTheArmsDistributions(string block, bool arm, bool logOdds)
    {
        double[] sorted = [.. (logOdds ? LogOdds : Scores).Where((_, i) => Lalonde.Treated[i] == arm).Order()];
        var ids = FlatValues.Lalonde.Ids.Where(id => id.StartsWith($"ps_logit.{block}.", StringComparison.Ordinal)).ToList();
        Assert.Equal(11, ids.Count);
        foreach (var id in ids)
        {
            var actual = id[(id.LastIndexOf('.') + 1)..] switch
            {
                "mean" => sorted.Average(),
                "sd" => Deviation(sorted),
                "min" => sorted[0],
                "max" => sorted[^1],
                var percent => Quantile(sorted, ReferenceTable.Number(percent.TrimEnd('%')) / 100)
            };
            Close.To(FlatValues.Lalonde[id], actual, 1e-9, id);
        }
    }

    [Fact]
    public void Fit_Lalonde_GivesAreaUnderTheCurveAndDeviations()
    {
        Close.To(FlatValues.Lalonde["ps_logit.auc"], Lalonde.Value(AreaUnderCurve.Of(Scores, Lalonde.Treated)), Close.ClosedForm);
        Close.To(FlatValues.Lalonde["ps_logit.sd_ps"], Deviation(Scores), 1e-9);
        Close.To(FlatValues.Lalonde["ps_logit.sd_lp"], Deviation(LogOdds), 1e-9);
        double[] inside = [.. Scores.Where((_, i) => Lalonde.Treated[i])], outside = [.. Scores.Where((_, i) => !Lalonde.Treated[i])];
        var within = Math.Sqrt((Math.Pow(Deviation(inside), 2) + Math.Pow(Deviation(outside), 2)) / 2);
        Close.To(FlatValues.Lalonde["ps_logit.sd_ps_pooled_within"], within, 1e-9);
        Assert.Equal(FlatValues.Lalonde["ps_logit.n_distinct_ps"], Scores.Select(score => Math.Round(score, 12)).Distinct().Count());
    }

    [Fact]
    public void Fit_AllThreeRaces_DropsTheLastAndSaysSo()
    {
        var fit = Lalonde.Value(new LogisticRegression().Fit(
            DesignMatrix.FromColumns(
            [
                ("hispan", Lalonde.Dummy("hispan")), ("white", Lalonde.Dummy("white")), ("black", Lalonde.Dummy("black"))
            ]),
            Lalonde.Treated,
            TestContext.Current.CancellationToken));
        Assert.Equal(["black"], fit.DroppedColumns);
        Assert.Equal(["(Intercept)", "hispan", "white"], fit.Coefficients.Select(c => c.Name));
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    // R's default, type 7.
    private static double Quantile(double[] sorted, double p)
    {
        var at = p * (sorted.Length - 1);
        var below = (int)at;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below]));
    }
}
