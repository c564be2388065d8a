using SiOutcomeLab.Statistics.Power;

namespace SiOutcomeLab.Statistics.Tests.Power;

public sealed class TwoProportionsTests
{
    [Fact]
    public void Power_DocumentedExamples_GivesR()
    {
        // R's help page of power.prop.test.
        Assert.Equal(0.740, new TwoProportions().Power(50, 50, 0.5, 0.75), 5e-4);
        Assert.Equal(76.7, new TwoProportions().Treated(0.5, 0.75, 0.90), 0.05);
        Assert.Equal(0.8026, new TwoProportions().DetectableShare(50, 50, 0.5, increase: true, power: 0.90).Value(), 5e-5);
        Assert.Equal(0.90, new TwoProportions { Alpha = 0.00131 }.Power(50, 50, 0.5, 0.9), 5e-4);
        Assert.Equal(10451937, new TwoProportions { Alpha = 0.001 }.Treated(0.5, 0.501, 0.90), 0.5);
        // "you'd need a sample size of at least n = 74 to yield the desired power" (0.8) for shares 0.9 and 1.
        Assert.Equal(74, Math.Ceiling(new TwoProportions { Strict = true }.Treated(0.9, 1, 0.8)));
    }

    [Fact]
    public void Power_EqualArms_IsRsFormulaWrittenOut()
    {
        const double n = 120, p1 = 0.3, p2 = 0.42, z = 1.959963984540054;
        var upper = ((Math.Sqrt(n) * (p2 - p1)) - (z * Math.Sqrt((p1 + p2) * (1 - ((p1 + p2) / 2)))))
            / Math.Sqrt((p1 * (1 - p1)) + (p2 * (1 - p2)));
        Assert.Equal(MathNet.Numerics.Distributions.Normal.CDF(0, 1, upper), new TwoProportions().Power(n, n, p1, p2), 1e-13);
        Assert.Equal(new TwoProportions().Power(n, n, p1, p2), new TwoProportions().Power(n, n, p2, p1), 1e-15);
        Assert.True(new TwoProportions { Strict = true }.Power(n, n, p1, p1) > 1.9 * new TwoProportions().Power(n, n, p1, p1));
    }

    [Fact]
    public void Power_UnequalArms_IsWhatSimulatedSamplesHave()
    {
        const int treated = 150, comparison = 600;
        const double p1 = 0.3, p0 = 0.2;
        var simulated = SimulatedPower.Run(
            random =>
            {
                var a = Enumerable.Range(0, treated).Count(_ => random.NextBool(p1)) / (double)treated;
                var b = Enumerable.Range(0, comparison).Count(_ => random.NextBool(p0)) / (double)comparison;
                var pooled = ((a * treated) + (b * comparison)) / (treated + comparison);
                return Math.Abs(a - b) > 1.96 * Math.Sqrt(pooled * (1 - pooled) * ((1.0 / treated) + (1.0 / comparison)));
            },
            6000,
            41,
            cancellationToken: TestContext.Current.CancellationToken).Value();
        // The normal approximation is good to a point at these counts.
        Assert.Equal(new TwoProportions { Strict = true }.Power(treated, comparison, p1, p0), simulated.Power, 0.03);
        var n = new TwoProportions { Inflation = 1.7 }.Treated(p1, p0, 0.8, ratio: 4);
        Assert.Equal(0.8, new TwoProportions { Inflation = 1.7 }.Power(n, 4 * n, p1, p0), 1e-10);
        Assert.Equal(1.7, n / new TwoProportions().Treated(p1, p0, 0.8, ratio: 4), 1e-8);
    }

    [Fact]
    public void DetectableShare_BothDirections_ReachesThePowerOrRefuses()
    {
        var plan = new TwoProportions();
        var up = plan.DetectableShare(200, 400, 0.1, increase: true).Value();
        var down = plan.DetectableShare(200, 400, 0.1, increase: false).Value();
        Assert.True(up > 0.1 && down < 0.1);
        Assert.Equal(0.8, plan.Power(200, 400, up, 0.1), 1e-9);
        Assert.Equal(0.8, plan.Power(200, 400, down, 0.1), 1e-9);
        Assert.Equal(NotEstimableReason.TooFewObservations, plan.DetectableShare(20, 20, 0.1, increase: false).Refusal().Reason);
        Assert.Equal(NotEstimableReason.TooFewObservations, plan.DetectableShare(20, 20, 0, increase: false).Refusal().Reason);
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.Power(10, 10, 1.2, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.Treated(0.5, 0.5, 0.8));
        Assert.Equal(1, plan.Power(20, 20, 1, 0));
    }
}
