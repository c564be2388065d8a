using SiOutcomeLab.Statistics.Effects.OutcomeModels;

namespace SiOutcomeLab.Statistics.Tests.Effects.OutcomeModels;

/// <summary>Saturated models have closed forms: each group's fitted mean is its own.</summary>
public sealed class GeneralisedLinearModelTests
{
    private static readonly double[] Group = [0, 0, 0, 0, 1, 1, 1, 1, 1, 1];
    private static readonly double[] Outcome = [0, 1, 1, 0, 1, 1, 0, 1, 1, 1];
    private static readonly double[] Counts = [2, 0, 3, 1, 4, 7, 5, 2, 9, 3];
    private static readonly DesignMatrix X = DesignMatrix.FromColumns([("g", Group)]);

    [Fact]
    public void Fit_SaturatedLogistic_GivesLogOddsAndTheirErrors()
    {
        var fit = Fit(Outcome, OutcomeFamily.Logistic);
        Assert.Equal(0, fit.Coefficients[0].Value, 1e-12);
        Assert.Equal(Math.Log(5), fit.Coefficients[1].Value, 1e-12);
        Assert.Equal(Math.Sqrt((1 / 2.0) + (1 / 2.0) + (1 / 5.0) + 1), fit.Coefficients[1].StandardError, 1e-11);
        Assert.Equal(-2 * ((4 * Math.Log(0.5)) + (5 * Math.Log(5 / 6.0)) + Math.Log(1 / 6.0)), fit.Deviance, 1e-11);
        Assert.Equal(-2 * ((7 * Math.Log(0.7)) + (3 * Math.Log(0.3))), fit.NullDeviance, 1e-11);
    }

    [Fact]
    public void Fit_SaturatedPoissonWithExposure_GivesLogRates()
    {
        double[] time = [1, 2, 1, 2, 3, 3, 2, 1, 4, 2];
        var fit = GeneralisedLinearModel.Fit(
            Counts, X, OutcomeFamily.Poisson, exposure: time, cancellationToken: TestContext.Current.CancellationToken).Value();
        Assert.Equal(Math.Log(6 / 6.0), fit.Coefficients[0].Value, 1e-12);
        Assert.Equal(Math.Log(30 / 15.0), fit.Coefficients[1].Value, 1e-12);
        Assert.Equal(Math.Sqrt((1 / 6.0) + (1 / 30.0)), fit.Coefficients[1].StandardError, 1e-11);
        Assert.Equal(6, fit.Means.Span[4], 1e-11);
        // One rate for all: 36 in 21.
        Assert.Equal(2 * Enumerable.Range(0, 10).Sum(i => Counts[i] == 0 ? 0 : Counts[i] * Math.Log(Counts[i] / (time[i] * 36 / 21))),
            fit.NullDeviance, 1e-10);
    }

    [Fact]
    public void Fit_SaturatedGamma_GivesLogMeansAndPearsonsDispersion()
    {
        var fit = Fit(Counts, OutcomeFamily.GammaLog);
        Assert.Equal(Math.Log(1.5), fit.Coefficients[0].Value, 1e-12);
        Assert.Equal(Math.Log(5 / 1.5), fit.Coefficients[1].Value, 1e-12);
        var pearson = Enumerable.Range(0, 10).Sum(i => Math.Pow((Counts[i] / (Group[i] == 0 ? 1.5 : 5)) - 1, 2)) / 8;
        Assert.Equal(pearson, fit.Dispersion, 1e-11);
        Assert.Equal(Math.Sqrt(pearson * ((1 / 4.0) + (1 / 6.0))), fit.Coefficients[1].StandardError, 1e-11);
    }

    [Fact]
    public void Fit_CaseWeights_CountRowsTwice()
    {
        double[] weights = [1, 2, 1, 3, 1, 1, 2, 1, 1, 2];
        int[] rows = [.. Enumerable.Range(0, 10).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        foreach (var family in new[] { OutcomeFamily.Logistic, OutcomeFamily.Poisson })
        {
            double[] y = family == OutcomeFamily.Logistic ? Outcome : Counts;
            var weighted = GeneralisedLinearModel.Fit(y, X, family, weights, cancellationToken: TestContext.Current.CancellationToken)
                .Value();
            var repeated = GeneralisedLinearModel.Fit(
                [.. rows.Select(i => y[i])], X.SelectRows(rows), family, cancellationToken: TestContext.Current.CancellationToken).Value();
            Assert.Equal(repeated.Coefficients[1].Value, weighted.Coefficients[1].Value, 1e-12);
            Assert.Equal(repeated.Coefficients[1].StandardError, weighted.Coefficients[1].StandardError, 1e-12);
            Assert.Equal(repeated.Deviance, weighted.Deviance, 1e-10);
        }
    }

    [Fact]
    public void Fit_FarOutcomes_KeepsItsDigits()
    {
        // A mean a billion times the deviations.
        double[] far = [.. Counts.Select(count => count + 1e9)];
        var fit = Fit(far, OutcomeFamily.Linear);
        Assert.Equal(3.5, fit.Coefficients[1].Value, 1e-6);
        Assert.Equal(Fit(Counts, OutcomeFamily.Linear).Dispersion, fit.Dispersion, 1e-6);
    }

    private static GeneralisedLinearFit Fit(double[] outcome, OutcomeFamily family) =>
        GeneralisedLinearModel.Fit(outcome, X, family, cancellationToken: TestContext.Current.CancellationToken).Value();
}
