using SiOutcomeLab.Statistics.Effects.Survival;

namespace SiOutcomeLab.Statistics.Tests.Effects.Survival;

public sealed class KaplanMeierTests
{
    [Fact]
    public void Curve_Remission_IsThePublishedTable()
    {
        var curve = KaplanMeier.Curve(Remission.Time.AsSpan(0, 21), Remission.Happened.AsSpan(0, 21)).Value();
        Assert.Equal([6, 7, 10, 13, 16, 22, 23], curve.Times.ToArray());
        Assert.Equal([21, 17, 15, 12, 11, 7, 6], curve.AtRisk.ToArray());
        Assert.Equal([3, 1, 1, 1, 1, 1, 1], curve.Events.ToArray());
        // Survival and Greenwood's errors as R's survfit prints them, and as tables of these data do.
        double[] survival = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448];
        double[] errors = [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346];
        for (var k = 0; k < 7; k++)
        {
            Assert.Equal(survival[k], curve.Survival.Span[k], 5e-4);
            Assert.Equal(errors[k], curve.StandardErrors.Span[k], 5e-5);
        }

        Assert.Equal(23, curve.Median());
        Assert.Equal(1, curve.At(5.9));
        Assert.Equal(18 / 21.0, curve.At(6), 1e-12);
        Assert.Equal(curve.Survival.Span[6], curve.At(100));
        Assert.Equal(35, curve.LongestFollowUp);
    }

    [Fact]
    public void Curve_Unweighted_HasGreenwoodsAndAalensErrors()
    {
        var curve = KaplanMeier.Curve(Remission.Time.AsSpan(21), Remission.Happened.AsSpan(21)).Value();
        double survival = 1, greenwood = 0, hazard = 0, aalen = 0;
        for (var k = 0; k < curve.Times.Length; k++)
        {
            var (y, d) = (curve.AtRisk.Span[k], curve.Events.Span[k]);
            survival *= 1 - (d / y);
            greenwood += d / (y * (y - d));
            hazard += d / y;
            aalen += d * (y - d) / (y * y * y);
            Assert.Equal(survival, curve.Survival.Span[k], 1e-12);
            Assert.Equal(hazard, curve.CumulativeHazard.Span[k], 1e-12);
            Assert.Equal(Math.Sqrt(aalen), curve.CumulativeHazardErrors.Span[k], 1e-12);
            if (y > d) Assert.Equal(survival * Math.Sqrt(greenwood), curve.StandardErrors.Span[k], 1e-12);
            else Assert.True(double.IsNaN(curve.StandardErrors.Span[k]));
        }

        Assert.Equal(0, curve.Survival.Span[^1]);
        Assert.Equal(8, curve.Median());
    }

    [Fact]
    public void Curve_Weighted_HasTheErrorsOfItsDerivatives()
    {
        var random = new Random(4);
        double[] weights = [.. Enumerable.Range(0, 21).Select(_ => 0.3 + random.NextDouble())];
        var curve = Weighted(weights);
        var (survival, hazard) = (new double[7], new double[7]);
        for (var i = 0; i < 21; i++)
        {
            const double Step = 1e-5;
            var (up, down) = ((double[])weights.Clone(), (double[])weights.Clone());
            (up[i], down[i]) = (weights[i] + Step, weights[i] - Step);
            var (high, low) = (Weighted(up), Weighted(down));
            for (var k = 0; k < 7; k++)
            {
                survival[k] += Math.Pow(weights[i] * (high.Survival.Span[k] - low.Survival.Span[k]) / (2 * Step), 2);
                hazard[k] += Math.Pow(weights[i] * (high.CumulativeHazard.Span[k] - low.CumulativeHazard.Span[k]) / (2 * Step), 2);
            }
        }

        for (var k = 0; k < 7; k++)
        {
            Assert.Equal(Math.Sqrt(survival[k]), curve.StandardErrors.Span[k], 1e-8);
            Assert.Equal(Math.Sqrt(hazard[k]), curve.CumulativeHazardErrors.Span[k], 1e-8);
        }
    }

    [Fact]
    public void Curve_NothingToCount_IsNotEstimable()
    {
        Assert.Equal(NotEstimableReason.NoVariation, KaplanMeier.Curve([1, 2], [false, false]).Refusal().Reason);
        Assert.Equal(NotEstimableReason.TooFewObservations, KaplanMeier.Curve([1, 2], [true, true], [0, 0]).Refusal().Reason);
        Assert.Throws<ArgumentException>(() => KaplanMeier.Curve([1, -2], [true, true]));
        Assert.Throws<ArgumentException>(() => KaplanMeier.Curve([1, 2], [true, true], [1, -1]));
    }

    private static SurvivalCurve Weighted(double[] weights) =>
        KaplanMeier.Curve(Remission.Time.AsSpan(0, 21), Remission.Happened.AsSpan(0, 21), weights).Value();
}
