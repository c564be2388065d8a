using SiOutcomeLab.Statistics.Sensitivity;

namespace SiOutcomeLab.Statistics.Tests.Sensitivity;

public sealed class EValueTests
{
    [Theory]
    [InlineData(1.2)]
    [InlineData(3.9)]
    [InlineData(0.4)]
    public void FromRiskRatio_AnyRatio_SolvesTheBoundingFactor(double ratio)
    {
        // A confounder of strength E on both sides can change a risk ratio by at most E·E/(E + E − 1) (Ding and VanderWeele 2016).
        var e = EValue.FromRiskRatio(ratio).Point;
        Assert.Equal(Math.Max(ratio, 1 / ratio), e * e / ((2 * e) - 1), 1e-12);
        Assert.Equal(e, EValue.FromRiskRatio(1 / ratio).Point, 1e-12);
    }

    [Fact]
    public void FromRiskRatio_Limits_TakesTheOneTowardsTheHypothesis()
    {
        Assert.Equal(EValue.FromRiskRatio(1.8).Point, EValue.FromRiskRatio(3.9, 1.8, 8.7).Limit);
        Assert.Equal(EValue.FromRiskRatio(0.9).Point, EValue.FromRiskRatio(0.5, 0.3, 0.9).Limit);
        Assert.Equal(1, EValue.FromRiskRatio(1.5, 0.9, 2.5).Limit);
        Assert.Equal(1, EValue.FromRiskRatio(0.8, 0.5, 1.1).Limit);
        Assert.Null(EValue.FromRiskRatio(2).Limit);
        Assert.Equal(1, EValue.FromRiskRatio(2, hypothesis: 2).Point);
    }

    [Fact]
    public void FromOtherMeasures_RareOutcome_AreRiskRatios()
    {
        Assert.Equal(EValue.FromRiskRatio(2, 1.5, 3), EValue.FromOddsRatio(2, rareOutcome: true, 1.5, 3));
        Assert.Equal(EValue.FromRiskRatio(2, 1.5, 3), EValue.FromHazardRatio(2, rareOutcome: true, 1.5, 3));
        Assert.Equal(Math.Sqrt(2), EValue.FromOddsRatio(2, rareOutcome: false, hypothesis: 4).RiskRatio, 1e-14);
        Assert.Equal(2, EValue.FromOddsRatio(2, rareOutcome: false, hypothesis: 4).NullRiskRatio, 1e-14);
        Assert.Null(EValue.FromStandardisedDifference(0.3).Low);
    }

    [Fact]
    public void FromRiskRatio_BadArguments_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => EValue.FromRiskRatio(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => EValue.FromRiskRatio(2, 2.1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => EValue.FromRiskRatio(2, 1, 1.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => EValue.FromRegression(1, 0.5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => EValue.FromStandardisedDifference(1, -0.1));
    }
}
