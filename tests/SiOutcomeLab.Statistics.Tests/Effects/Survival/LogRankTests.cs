using SiOutcomeLab.Statistics.Effects.Survival;

namespace SiOutcomeLab.Statistics.Tests.Effects.Survival;

public sealed class LogRankTests
{
    [Fact]
    public void Test_Remission_IsThePublishedTest()
    {
        var result = LogRank.Test(Remission.Time, Remission.Happened, Remission.Treated).Value();
        // R's survdiff and the textbooks: observed 9 and 21, expected 19.25 and 10.75, χ² 16.79, p = 0.00004.
        Assert.Equal(9, result.ObservedTreated);
        Assert.Equal(21, result.ObservedComparison);
        Assert.Equal(19.25, result.ExpectedTreated, 0.01);
        Assert.Equal(10.75, result.ExpectedComparison, 0.01);
        Assert.Equal(16.79, result.ChiSquare, 0.005);
        Assert.Equal(4.17e-5, result.PValue, 1e-7);
    }

    [Fact]
    public void Test_Strata_AddsUpWhatEachStratumSays()
    {
        int[] strata = [.. Enumerable.Range(0, 42).Select(i => i % 5 == 4 ? -1 : i % 2)];
        var result = LogRank.Test(Remission.Time, Remission.Happened, Remission.Treated, strata).Value();
        double observed = 0, expected = 0, variance = 0;
        foreach (var stratum in new[] { 0, 1 })
        {
            int[] rows = [.. Enumerable.Range(0, 42).Where(i => strata[i] == stratum)];
            foreach (var now in rows.Where(i => Remission.Happened[i]).Select(i => Remission.Time[i]).Distinct())
            {
                double y = rows.Count(i => Remission.Time[i] >= now),
                    y1 = rows.Count(i => Remission.Time[i] >= now && Remission.Treated[i]);
                double d = rows.Count(i => Remission.Time[i] == now && Remission.Happened[i]);
                observed += rows.Count(i => Remission.Time[i] == now && Remission.Happened[i] && Remission.Treated[i]);
                expected += d * y1 / y;
                if (y > 1) variance += d * (y1 / y) * (1 - (y1 / y)) * (y - d) / (y - 1);
            }
        }

        Assert.Equal(observed, result.ObservedTreated);
        Assert.Equal(expected, result.ExpectedTreated, 1e-12);
        Assert.Equal(variance, result.Variance, 1e-12);
        Assert.Equal((observed - expected) * (observed - expected) / variance, result.ChiSquare, 1e-10);
    }

    [Fact]
    public void Test_ArmsNeverTogetherAtRisk_IsNotEstimable()
    {
        Assert.Equal(NotEstimableReason.NoVariation,
            LogRank.Test([1, 2, 5, 6], [false, false, true, true], [true, true, false, false]).Refusal().Reason);
        Assert.Equal(NotEstimableReason.NoTreated, LogRank.Test([1, 2], [true, true], [false, false]).Refusal().Reason);
    }
}
