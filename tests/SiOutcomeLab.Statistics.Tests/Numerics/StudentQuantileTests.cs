using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Numerics;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Numerics;

public sealed class StudentQuantileTests
{
    // One degree of freedom is Cauchy's distribution and two have a closed form: witnesses at any distance.
    [Theory]
    [InlineData(0.4)]
    [InlineData(0.025)]
    [InlineData(1e-4)]
    [InlineData(1e-7)]
    [InlineData(1e-12)]
    public void StudentUpper_FewDegreesOfFreedom_IsTheClosedFormHoweverFarOut(double p)
    {
        var cauchy = 1 / Math.Tan(Math.PI * p);
        var two = (1 - (2 * p)) / Math.Sqrt(2 * p * (1 - p));

        Assert.Equal(1, Quantiles.StudentUpper(1, p) / cauchy, 1e-10);
        Assert.Equal(1, Quantiles.StudentUpper(2, p) / two, 1e-10);
    }

    [Fact]
    public void StudentUpper_AboveOneHalf_IsTheMirrorImage()
    {
        Assert.Equal(-Quantiles.StudentUpper(7, 0.1), Quantiles.StudentUpper(7, 0.9), 1e-12);
        Assert.Equal(0, Quantiles.StudentUpper(7, 0.5), 1e-12);
    }

    [Fact]
    public void ConfidenceInterval_TwoClustersAndAStrictLevel_ReachesAsFarAsCauchySays()
    {
        double[] outcome = [1, 2, 4, 3, 7, 5, 6, 9];
        bool[] treated = [true, true, false, false, true, true, false, false];
        int[] clusters = [0, 0, 0, 0, 1, 1, 1, 1];
        var effect = WeightedDifference.Estimate(
            outcome, treated, BalancingWeights.Equal(8, Estimand.Treated), clusters, level: 0.9999).Value();

        Assert.Equal(1, effect.DegreesOfFreedom);
        var reach = effect.StandardError / Math.Tan(Math.PI * 0.00005);
        Assert.Equal(1, (effect.ConfidenceHigh - effect.Estimate) / reach, 1e-9);
    }
}
