using SiOutcomeLab.Statistics.Sensitivity;

namespace SiOutcomeLab.Statistics.Tests.Sensitivity;

public sealed class PlaceboTestTests
{
    [Fact]
    public void Judge_OneOfEachKind_GradesByStatedSize()
    {
        var verdict = PlaceboTest.Judge(
        [
            new PlaceboEstimate("ruled out", 0.1, 0.2, 1),
            new PlaceboEstimate("too uncertain", 0.1, 2, 1),
            new PlaceboEstimate("significant but small", 0.8, 0.2, 1),
            new PlaceboEstimate("large and significant", -2, 0.3, 1),
            new PlaceboEstimate("large, not significant", 2, 1.5, 1)
        ]).Value();
        Assert.Equal(
            [PlaceboGrade.Pass, PlaceboGrade.Amber, PlaceboGrade.Amber, PlaceboGrade.Fail, PlaceboGrade.Amber],
            verdict.Estimates.Select(e => e.Grade));
        Assert.Equal(PlaceboGrade.Fail, verdict.Grade);
        // Holm: the second smallest of five p-values times four; z = 4.
        Assert.Equal(4 * 6.334248366623996e-05, verdict.Estimates[2].PValueOfZero, 1e-12);
        Assert.Equal(0.25 + 0.0025 + 16 + (4 / 0.09) + (16 / 9.0), verdict.JointStatistic, 1e-12);
        Assert.Equal(3.4e-6, PlaceboTest.Judge([new("z", 4.645, 1, 1)]).Value().JointPValue, 1e-7);
    }

    [Fact]
    public void Judge_Covariance_IsTheWaldTest()
    {
        PlaceboEstimate[] two = [new("a", 1, 1, 2), new("b", 1, 1, 2)];
        // [1 1] [1 .5; .5 1]⁻¹ [1 1]' = 4/3, and exp(−2/3) is the χ²₂ tail.
        var verdict = PlaceboTest.Judge(two, covariance: [1, 0.5, 0.5, 1]).Value();
        Assert.Equal(4 / 3.0, verdict.JointStatistic, 1e-14);
        Assert.Equal(Math.Exp(-2 / 3.0), verdict.JointPValue, 1e-14);
        Assert.Equal(NotEstimableReason.Collinear, PlaceboTest.Judge(two, covariance: [1, 1, 1, 1]).Refusal().Reason);
    }

    [Fact]
    public void Judge_FairComparison_RarelyFailsAndUnfairOneMostlyDoes()
    {
        var random = new Random(21);
        int falseAlarms = 0, alarms = 0, passes = 0;
        const int samples = 4000;
        for (var i = 0; i < samples; i++)
        {
            PlaceboEstimate Draw(double truth, double error = 0.2) => new("p", truth + (error * Simulated.Normal(random)), error, 0.3);
            if (PlaceboTest.Judge([Draw(0), Draw(0), Draw(0)]).Value().Grade == PlaceboGrade.Fail) falseAlarms++;
            if (PlaceboTest.Judge([Draw(0), Draw(1), Draw(0)]).Value().Grade == PlaceboGrade.Fail) alarms++;
            if (PlaceboTest.Judge([Draw(0.3, 0.1)]).Value().Grade == PlaceboGrade.Pass) passes++;
        }

        // At most 5 % by Holm, and a bias of exactly the stated size passes in 5 %; three simulation errors are 1.0 point.
        Assert.InRange(falseAlarms / (double)samples, 0.02, 0.061);
        Assert.InRange(alarms / (double)samples, 0.98, 1);
        Assert.InRange(passes / (double)samples, 0.02, 0.06);
    }

    [Fact]
    public void Judge_BadInput_RefusesOrThrows()
    {
        Assert.Equal(NotEstimableReason.TooFewObservations, PlaceboTest.Judge([]).Refusal().Reason);
        Assert.Throws<ArgumentException>(() => PlaceboTest.Judge([new("x", 1, 0, 1)]));
        Assert.Throws<ArgumentException>(() => PlaceboTest.Judge([new("x", double.NaN, 1, 1)]));
        Assert.Throws<ArgumentException>(() => PlaceboTest.Judge([new("x", 1, 1, 0)]));
    }
}
