using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Reference.Tests.Propensity;

public sealed class ProbitRegressionTests
{
    [Fact]
    public void Fit_Lalonde_GivesGlmCoefficientsAndDeviance()
    {
        var fit = Lalonde.Value(new ProbitRegression().Fit(Lalonde.Covariates, Lalonde.Treated, TestContext.Current.CancellationToken));
        // glm stopped at its default epsilon of 1e-8 here, which leaves the coefficients' sixth digit open.
        foreach (var coefficient in fit.Coefficients)
        {
            Close.To(FlatValues.Lalonde[$"ps_probit.coef.{coefficient.Name}"], coefficient.Value, 3e-5, coefficient.Name);
        }

        Close.To(FlatValues.Lalonde["ps_probit.deviance"], fit.Deviance, 1e-9);
    }
}
