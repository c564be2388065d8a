using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Effects;

/// <summary>
/// Analytic standard errors against stacked estimating equations solved and differentiated numerically. Central differences are good to
/// some 1e-9 relative here; 1e-6 leaves room for the inverse.
/// </summary>
public sealed class MEstimationTests
{
    private const int Rows = 400;
    private const double Relative = 1e-6;
    private static readonly Simulated Data = Simulated.Draw(Rows, 11);

    [Theory]
    [InlineData(Estimand.Treated)]
    [InlineData(Estimand.Everyone)]
    [InlineData(Estimand.Overlap)]
    public void Estimate_InversePropensity_AgreesWithNumericalJacobian(Estimand estimand)
    {
        var effect = WeightedDifference.Estimate(Data.Outcome, Data.Treated, Weights(estimand)).Value();
        Check(effect, StackedEquations.InversePropensity(Data, estimand), 6, [0, 0, 0, 0, 1, -1]);
    }

    [Fact]
    public void Estimate_EntropyBalancing_AgreesWithNumericalJacobian()
    {
        var weights = EntropyBalancing.Att(Data.X, Data.Treated, TestContext.Current.CancellationToken).Value();
        var effect = WeightedDifference.Estimate(Data.Outcome, Data.Treated, weights).Value();
        Check(effect, StackedEquations.EntropyBalancing(Data), 8, [0, 0, 0, 0, 0, 0, 1, -1]);
    }

    [Fact]
    public void Att_Augmented_AgreesWithNumericalJacobian()
    {
        var effect = AugmentedInversePropensity.Att(Data.Outcome, Data.Treated, Weights(Estimand.Treated), Data.X).Value();
        Check(effect, StackedEquations.Augmented(Data), 9, [0, 0, 0, 0, 0, 0, 0, 0, 1]);
    }

    [Fact]
    public void Att_AugmentedNormalised_AgreesWithNumericalJacobian()
    {
        var effect = AugmentedInversePropensity.Att(
            Data.Outcome, Data.Treated, Weights(Estimand.Treated), Data.X, normalised: true).Value();
        Check(effect, StackedEquations.AugmentedNormalised(Data), 10, [0, 0, 0, 0, 0, 0, 0, 0, 1, -1]);
    }

    [Fact]
    public void Att_AugmentedEntropyBalancing_IsTheWeightedDifference()
    {
        // Balanced covariates leave a linear outcome model nothing to correct, so effect and error coincide.
        var weights = EntropyBalancing.Att(Data.X, Data.Treated, TestContext.Current.CancellationToken).Value();
        var plain = WeightedDifference.Estimate(Data.Outcome, Data.Treated, weights).Value();
        var augmented = AugmentedInversePropensity.Att(Data.Outcome, Data.Treated, weights, Data.X).Value();
        Assert.Equal(plain.Estimate, augmented.Estimate, 1e-9);
        Assert.Equal(plain.StandardError, augmented.StandardError, 1e-9);
    }

    [Fact]
    public void Estimate_KnownWeights_IsHc0()
    {
        var weights = BalancingWeights.Known(Weights(Estimand.Treated).Weights.Span, Estimand.Treated);
        var effect = WeightedDifference.Estimate(Data.Outcome, Data.Treated, weights).Value();
        Assert.False(weights.AreEstimated);
        Assert.Equal(effect.Alternatives[0].Value, effect.StandardError);
    }

    private static BalancingWeights Weights(Estimand estimand)
    {
        var fit = new LogisticRegression().Fit(Data.X, Data.Treated, TestContext.Current.CancellationToken).Value();
        return InversePropensity.Weights(fit, Data.Treated, estimand).Value();
    }

    private static void Check(EffectResult effect, Func<double[], int, double[]> equations, int parameters, double[] contrast)
    {
        var theta = SlowAlgebra.Root(equations, Rows, new double[parameters]);
        var estimate = theta.Zip(contrast, (value, factor) => value * factor).Sum();
        Assert.Equal(estimate, effect.Estimate, Relative * Math.Abs(estimate));
        var error = SlowAlgebra.MEstimationError(equations, Rows, theta, contrast);
        Assert.Equal(error, effect.StandardError, Relative * error);
    }
}
