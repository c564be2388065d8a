using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Effects.OutcomeModels;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Effects;

public sealed class RegressionEdgeTests
{
    // One treated person is the only one with "rare": the row has a coefficient of its own, its residual is rounding and 1 − leverage too.
    private static readonly double[] X = [0.1, 0.7, 0.3, 0.9, 0.2, 0.6, 0.4, 0.8, 0.35, 0.55, 0.15, 0.95];
    private static readonly double[] Outcome = [1.2, 2.9, 1.1, 3.8, 0.4, 2.2, 1.9, 2.5, 0.7, 2.1, 0.3, 3.3];
    private static readonly bool[] Treated = [true, true, true, true, true, true, false, false, false, false, false, false];
    private static readonly DesignMatrix WithRare = DesignMatrix.FromColumns([("x", X), ("rare", [1, .. new double[11]])]);
    private static readonly BalancingWeights Equal = BalancingWeights.Equal(12, Estimand.Everyone);

    [Fact]
    public void Additive_RowWithItsOwnCoefficient_HasNoHc2AndNoHc3()
    {
        var effect = RegressionAdjustment.Estimate(Outcome, Treated, WithRare, Equal, RegressionForm.Additive).Value();

        Assert.DoesNotContain(effect.Alternatives, other => other.Type is StandardErrorType.Hc2 or StandardErrorType.Hc3);
        Assert.Contains(effect.Alternatives, other => other.Type == StandardErrorType.Hc1);
        Assert.All(effect.Alternatives, other => Assert.True(double.IsFinite(other.Value)));
    }

    [Theory]
    [InlineData(StandardErrorType.Hc2)]
    [InlineData(StandardErrorType.Hc3)]
    public void Additive_RowWithItsOwnCoefficientAndLeverageErrorWanted_IsRefused(StandardErrorType type)
    {
        var answer = RegressionAdjustment.Estimate(Outcome, Treated, WithRare, Equal, RegressionForm.Additive, type);
        var options = new GComputationOptions { Form = RegressionForm.Additive, ErrorType = type };

        Assert.Equal(NotEstimableReason.TooFewObservations, answer.Refusal().Reason);
        Assert.Equal(
            NotEstimableReason.TooFewObservations, GComputation.Estimate(
                Outcome, Treated, WithRare, Equal, options, cancellationToken: TestContext.Current.CancellationToken).Refusal().Reason);
    }

    [Fact]
    public void WeightedDifference_ArmCarriedByOneRow_HasNoHc2AndNoHc3()
    {
        double[] weights = [1, 1e-18, 1e-18, 1e-18, 1e-18, 1e-18, 1, 1, 1, 1, 1, 1];
        var effect = WeightedDifference.Estimate(Outcome, Treated, BalancingWeights.Known(weights, Estimand.Treated)).Value();

        Assert.DoesNotContain(effect.Alternatives, other => other.Type is StandardErrorType.Hc2 or StandardErrorType.Hc3);
    }

    [Fact]
    public void Additive_AsManyRowsAsCoefficients_IsRefused()
    {
        var x = new DesignMatrix(5, ["a", "b", "c"], [0, 1, 2, 3, 1, 0, 1, 5, 2, 2, 2, 9, 7, 0, 1]);
        var answer = RegressionAdjustment.Estimate(
            [1, 5, 2, 8, 3], [true, true, true, false, false], x, BalancingWeights.Equal(5, Estimand.Treated), RegressionForm.Additive);

        Assert.Equal(NotEstimableReason.TooFewObservations, answer.Refusal().Reason);
    }

    [Fact]
    public void Estimate_ArmIsACombinationOfCovariates_IsRefused()
    {
        double[] twice = [.. Treated.Select((t, i) => (t ? 2 : 0) + (3 * X[i]))];
        var x = DesignMatrix.FromColumns([("x", X), ("twice", twice)]);
        var clusters = Enumerable.Range(0, 12).ToArray();

        Assert.Equal(
            NotEstimableReason.Collinear, ClusterRobustRegression.Estimate(Outcome, Treated, x, Equal, clusters).Refusal().Reason);
        Assert.Equal(
            NotEstimableReason.Collinear,
            GComputation.Estimate(
                Outcome, Treated, x, Equal, new() { Form = RegressionForm.Additive },
                cancellationToken: TestContext.Current.CancellationToken).Refusal().Reason);
    }
}
