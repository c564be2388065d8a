using SiOutcomeLab.Statistics.Looks;

namespace SiOutcomeLab.Statistics.Tests.Looks;

public sealed class StageWiseOrderingTests
{
    [Fact]
    public void Analyse_OneLook_IsTheUsualEstimateAndInterval()
    {
        var result = StageWiseOrdering.Analyse(GroupSequentialDesign.WangTsiatis([1], 0.5), 1, 3, 1.5);
        Assert.Equal(3, result.MedianUnbiased, 1e-8);
        Assert.Equal(3 - (1.959963984540054 * 1.5), result.Low, 1e-8);
        Assert.Equal(3 + (1.959963984540054 * 1.5), result.High, 1e-8);
        // 2(1 − Φ(2)).
        Assert.Equal(0.04550026389635842, result.PValue, 1e-12);
    }

    [Fact]
    public void Analyse_StoppedAtFirstLook_IgnoresLaterPlans()
    {
        // Stopping above at the first look is the most extreme there is, so p is the plain tail of that look.
        var design = GroupSequentialDesign.LanDeMets([0.25, 0.5, 1], AlphaSpending.PocockType, 0.025, twoSided: false);
        var result = StageWiseOrdering.Analyse(design, 1, 6, 2);
        Assert.Equal(0.0013498980316300933, result.PValueAbove, 1e-12);
        Assert.Equal(6, result.MedianUnbiased, 1e-7);
        Assert.Equal(design.Bounds[0], StageWiseOrdering.Analyse(design, 1, design.Bounds[0], 1).MedianUnbiased, 1e-7);
    }

    [Fact]
    public void Analyse_AtTheFinalBound_PIsTheErrorRate()
    {
        var design = GroupSequentialDesign.LanDeMets([0.25, 0.5, 1], AlphaSpending.OBrienFlemingType);
        var result = StageWiseOrdering.Analyse(design, 3, design.Bounds[2], 1);
        Assert.Equal(0.05, result.PValue, 1e-7);
        Assert.Equal(0, result.Low, 1e-6);
    }

    [Fact]
    public void Analyse_SimulatedTrials_MedianIsUnbiasedAndIntervalCovers()
    {
        double[] fractions = [0.4, 1];
        var design = GroupSequentialDesign.LanDeMets(fractions, AlphaSpending.PocockType);
        const double truth = 2.5;
        const int trials = 500;
        var random = new Random(77);
        int above = 0, covered = 0, naiveAbove = 0;
        for (var trial = 0; trial < trials; trial++)
        {
            double sum = 0, before = 0;
            for (var k = 0; k < 2; k++)
            {
                sum += (truth * (fractions[k] - before)) + (Math.Sqrt(fractions[k] - before) * Simulated.Normal(random));
                before = fractions[k];
                if (k == 0 && Math.Abs(sum / Math.Sqrt(before)) < design.Bounds[0]) continue;
                // The effect is the drift at full information, so its error at information t is 1/√t.
                var result = StageWiseOrdering.Analyse(design, k + 1, sum / before, 1 / Math.Sqrt(before));
                if (result.MedianUnbiased > truth) above++;
                if (sum / before > truth) naiveAbove++;
                if (result.Low <= truth && truth <= result.High) covered++;
                break;
            }
        }

        // Three simulation errors: 6.7 and 2.9 points. The naive estimate is too large in some 60 %.
        Assert.InRange(above / (double)trials, 0.433, 0.567);
        Assert.InRange(covered / (double)trials, 0.921, 0.979);
        Assert.True(naiveAbove > above);
    }

    [Fact]
    public void Analyse_BadArguments_Throws()
    {
        var design = GroupSequentialDesign.WangTsiatis([0.5, 1], 0.5);
        Assert.Throws<ArgumentOutOfRangeException>(() => StageWiseOrdering.Analyse(design, 3, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StageWiseOrdering.Analyse(design, 1, 1, 0));
        Assert.Throws<ArgumentException>(() => StageWiseOrdering.Analyse(design, 1, double.NaN, 1));
    }
}
