using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects.OutcomeModels;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Reference.Tests.Effects;

/// <summary>Counts with exposure and skewed costs against R's glm, with every covariate of lalonde.</summary>
public sealed class CountsAndCostsTests
{
    private static readonly double[] Exposure = [.. Lalonde.File.Numbers("age").Select(age => 1 + (age / 50))];

    [Theory]
    [InlineData(OutcomeFamily.Poisson, "poisson")]
    [InlineData(OutcomeFamily.GammaLog, "gamma")]
    public void Fit_AllRows_HasGlmsNumbers(OutcomeFamily family, string name)
    {
        var fit = Lalonde.Value(GeneralisedLinearModel.Fit(
            Outcome(family), Lalonde.Covariates, family, exposure: ExposureOf(family),
            cancellationToken: TestContext.Current.CancellationToken));
        var (coefficients, errors) = (FlatValues.Packages.Block($"{name}_coefficients"), FlatValues.Packages.Block($"{name}_errors"));
        Assert.Equal(coefficients.Length, fit.Coefficients.Count);
        for (var j = 0; j < coefficients.Length; j++)
        {
            Close.To(coefficients[j], fit.Coefficients[j].Value, Close.Fitted, $"{name} coefficient {j}");
            Close.To(errors[j], fit.Coefficients[j].StandardError, Close.Fitted, $"{name} error {j}");
        }

        var deviance = FlatValues.Packages.Block($"{name}_deviance");
        Close.To(deviance[0], fit.Deviance, Close.Fitted, "deviance");
        Close.To(deviance[1], fit.NullDeviance, Close.Fitted, "null deviance");
        Close.To(deviance[2], fit.PearsonDispersion, Close.Fitted, "dispersion");
    }

    [Theory]
    [InlineData(OutcomeFamily.Poisson, "poisson")]
    [InlineData(OutcomeFamily.GammaLog, "gamma")]
    public void GComputation_Treated_HasTheMeansOfEachArmsModel(OutcomeFamily family, string name)
    {
        var means = FlatValues.Packages.Block($"{name}_treated");
        var result = Lalonde.Value(GComputation.Estimate(
            Outcome(family), Lalonde.Treated, Lalonde.Covariates, BalancingWeights.Equal(Lalonde.Treated.Length, Estimand.Treated),
            new GComputationOptions { Family = family }, exposure: ExposureOf(family),
            cancellationToken: TestContext.Current.CancellationToken));
        Close.To(means[0], result.Difference.MeanTreated, Close.Fitted, "with treatment");
        Close.To(means[0] - means[1], result.Difference.Estimate, Close.Fitted, "difference");
        Close.To(Math.Log(means[0] / means[1]), result.Ratio!.Log.Estimate, Close.Fitted, "log ratio");
    }

    private static double[] Outcome(OutcomeFamily family) =>
        [.. Lalonde.Outcome.Select(earned => family == OutcomeFamily.Poisson ? Math.Floor(earned / 1000) : earned + 100)];

    private static double[] ExposureOf(OutcomeFamily family) => family == OutcomeFamily.Poisson ? Exposure : [];
}
