using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Reference.Tests.Propensity;

public sealed class LogisticRegressionTests
{
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
    public void Fit_Lalonde_GivesGlmDeviances()
    {
        Close.To(FlatValues.Lalonde["ps_logit.deviance"], Lalonde.Fit.Deviance, 1e-11);
        Close.To(FlatValues.Lalonde["ps_logit.null_deviance"], Lalonde.Fit.NullDeviance, 1e-11);
        Assert.InRange(Lalonde.Fit.Iterations, 4, 9);
    }

    [Fact]
    public void Fit_Lalonde_GivesEachUnitsScore()
    {
        var scores = Lalonde.Units.Numbers("ps");
        var linear = Lalonde.Units.Numbers("lp");
        for (var i = 0; i < scores.Length; i++)
        {
            Close.To(scores[i], Lalonde.Fit.Scores.Span[i], 1e-10, $"score {i}");
            Assert.Equal(linear[i], Lalonde.Fit.LinearPredictors.Span[i], 1e-10);
        }
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
}
