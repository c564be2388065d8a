using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Statistics.Tests.Panel;

/// <summary>Power of pre-trend tests where it is known, and by simulation (20 000 draws: 3 standard errors are 1.1 points).</summary>
public sealed class PreTrendTests
{
    private static readonly double[,] Covariance = { { 0.04, 0.015, 0.01 }, { 0.015, 0.03, 0.012 }, { 0.01, 0.012, 0.02 } };
    private static readonly double[] Trend = [-3, -2, -1];

    [Fact]
    public void Power_IndependentEstimates_IsTheProduct()
    {
        var power = PreTrends.Power(new[,] { { 4.0, 0 }, { 0, 1.0 } }, [1.5, -0.7]).Value();
        double Inside(double mean) => Normal.CDF(0, 1, 1.959963984540054 - mean) - Normal.CDF(0, 1, -1.959963984540054 - mean);
        Assert.Equal(1 - (Inside(0.75) * Inside(-0.7)), power.Power, 1e-12);
        Assert.Equal(1 - (0.95 * 0.95), power.NullRejection, 1e-12);
        Assert.Equal((1 - power.Power) / (0.95 * 0.95), power.BayesFactorOfPassing, 1e-12);
    }

    [Fact]
    public void Power_OneEstimate_IsTheSameForBothTests()
    {
        var any = PreTrends.Power(new[,] { { 0.25 } }, [1.1]).Value();
        var joint = PreTrends.Power(new[,] { { 0.25 } }, [1.1], PreTrendCriterion.JointTest).Value();
        Assert.Equal(any.Power, joint.Power, 1e-10);
        Assert.Equal(0.05, joint.NullRejection, 1e-9);
    }

    [Theory]
    [InlineData(PreTrendCriterion.AnyEstimate, 0.5)]
    [InlineData(PreTrendCriterion.AnyEstimate, 0.8)]
    [InlineData(PreTrendCriterion.JointTest, 0.5)]
    [InlineData(PreTrendCriterion.JointTest, 0.8)]
    public void SmallestDetectable_Trend_IsSeenThatOften(PreTrendCriterion criterion, double power)
    {
        var found = PreTrends.SmallestDetectable(Covariance, Trend, power, criterion).Value();
        Assert.Equal(power, found.Power, 1e-6);
        Assert.Equal(Trend.Select(t => found.Slope * t), found.Violation);
        var inverse = SlowAlgebra.Invert(Covariance);
        // A Cholesky factor by hand: the first column, then what is left.
        var l = new double[3, 3];
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = Covariance[i, j] - Enumerable.Range(0, j).Sum(k => l[i, k] * l[j, k]);
                l[i, j] = i == j ? Math.Sqrt(rest) : rest / l[j, j];
            }
        }

        var random = new Random(21);
        var seen = 0;
        for (var draw = 0; draw < 20_000; draw++)
        {
            double[] z = [Simulated.Normal(random), Simulated.Normal(random), Simulated.Normal(random)];
            double[] b = [.. Enumerable.Range(0, 3).Select(i => found.Violation[i] + Enumerable.Range(0, i + 1).Sum(k => l[i, k] * z[k]))];
            var wald = Enumerable.Range(0, 3).Sum(i => Enumerable.Range(0, 3).Sum(j => b[i] * inverse[i, j] * b[j]));
            var any = Enumerable.Range(0, 3).Any(i => Math.Abs(b[i]) > 1.96 * Math.Sqrt(Covariance[i, i]));
            if (criterion == PreTrendCriterion.JointTest ? wald > 7.814727903251179 : any) seen++;
        }

        Assert.InRange(seen / 20_000.0, power - 0.012, power + 0.012);
    }

    [Fact]
    public void SmallestDetectableTrend_VaryingOrUniversalBase_CountsTimeFromTheBase()
    {
        var made = StaggeredPanel.Draw(500, 16);
        var stop = TestContext.Current.CancellationToken;
        var varying = CallawaySantAnna.Estimate(made.Data(), cancellationToken: stop).Value();
        var slope = varying.SmallestDetectableTrend(0.5).Value();
        Assert.All(slope.Violation, violation => Assert.Equal(slope.Slope, violation, 1e-12));
        var universal = CallawaySantAnna.Estimate(made.Data(), new() { Base = BasePeriod.Universal }, cancellationToken: stop).Value();
        var far = universal.SmallestDetectableTrend(0.5).Value();
        Assert.Equal([-5, -4, -3, -2, -1], far.Violation.Select(violation => Math.Round(violation / far.Slope)));
        // The joint test does not care from where changes are counted when all cells stand in it; the event study's averages nearly so.
        Assert.InRange(far.Slope / slope.Slope, 0.1, 1);
        Assert.True(universal.SmallestDetectableTrend(0.8).Value().Slope > far.Slope);
    }

    [Fact]
    public void SmallestDetectable_SingularOrZero_IsRefused()
    {
        var singular = new[,] { { 1.0, 1 }, { 1, 1 } };
        Assert.Equal(NotEstimableReason.Collinear, PreTrends.SmallestDetectable(singular, [1, 2]).Refusal().Reason);
        Assert.Equal(NotEstimableReason.NoVariation, PreTrends.SmallestDetectable(Covariance, [0, 0, 0]).Refusal().Reason);
        Assert.Equal(0, PreTrends.SmallestDetectable(Covariance, Trend, 0.05).Value().Slope);
    }
}
