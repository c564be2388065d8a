using SiOutcomeLab.Statistics.Balance;
using SiOutcomeLab.Statistics.Effects.Resampling;
using SiOutcomeLab.Statistics.Effects.Subgroups;
using SiOutcomeLab.Statistics.Looks;
using SiOutcomeLab.Statistics.Multiplicity;
using SiOutcomeLab.Statistics.Pooling.Profiling;
using SiOutcomeLab.Statistics.Power;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Sensitivity;

namespace SiOutcomeLab.Statistics.Tests;

/// <summary>Guards name the row, never the value; and what has no answer is told.</summary>
public sealed class GuardTests
{
    [Fact]
    public void Weights_NegativeOne_IsToldByRow()
    {
        var x = new DesignMatrix(4, ["x"], [1, 2, 3, 4]);
        Names("row 2", () => VarianceInflation.FromWeights([1, 2, -31.5, 1]));
        Names("row 2", () => BalanceTable.Compute(x, [true, false, true, false], [1, 2, -31.5, 1]));
    }

    [Fact]
    public void LogOdds_NaN_IsToldByRow() =>
        Names("row 1", () => Calibration.Compute([0.1, double.NaN, 0.3, 0.2], [true, false, true, false]));

    [Fact]
    public void Shares_OutOfRange_AreToldByPlace() =>
        Names("hypothesis 1", () => GraphicalProcedure.Adjust([0.1, 0.2], [0.5, -0.25], [0, 1, 1, 0]));

    private static void Names(string place, Action call)
    {
        var thrown = Assert.ThrowsAny<ArgumentException>(call);
        Assert.Contains(place, thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("31.5", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0.25", thrown.Message, StringComparison.Ordinal);
    }

    // Seven times a tenth, summed, is not quite seven tenths: the mean of equal numbers need not be the number.
    [Theory]
    [InlineData(0.1, 7)]
    [InlineData(1 / 3.0, 10)]
    [InlineData(1e9 + 0.1, 11)]
    public void PermutationTest_OutcomeThatDoesNotVary_IsRefused(double value, int rows)
    {
        double[] outcome = [.. Enumerable.Repeat(value, rows)];
        bool[] treated = [.. Enumerable.Range(0, rows).Select(i => i % 2 == 0)];

        Assert.Equal(
            NotEstimableReason.NoVariation,
            PermutationTest.DifferenceInMeans(
                outcome, treated, new PermutationOptions { Seed = 1 },
                cancellationToken: TestContext.Current.CancellationToken).Refusal().Reason);
    }

    // Weights that leave rows of one value only: no variance, whatever the others' values were.
    [Fact]
    public void BalanceTable_RowsWithWeightDoNotVary_HasNoVarianceRatio()
    {
        var x = new DesignMatrix(8, ["x"], [0.3, 0.3, 17.1, 5.9, 0.3, 0.3, -40.7, 33.3]);
        var table = BalanceTable.Compute(
            x, [true, true, true, true, false, false, false, false], [0.7, 0.9, 0, 0, 1.1, 0.3, 0, 0]).Value();

        Assert.Null(table.Covariates[0].After.VarianceRatio);
        Assert.Equal(0, table.Covariates[0].After.DeviationTreated);
    }

    [Theory]
    [InlineData(-2000)]
    [InlineData(-30)]
    [InlineData(2000)]
    public void HwangShihDeCani_AnyShape_RisesFromNoneToAll(double shape)
    {
        var spending = AlphaSpending.HwangShihDeCani(shape);
        var half = spending.Spent(0.05, 0.5);

        Assert.InRange(half, 0, 0.05);
        Assert.InRange(spending.Spent(0.05, 0.9999), half, 0.05);
        Assert.Equal(0.05 * (1 - Math.Exp(2)) / (1 - Math.Exp(4)), AlphaSpending.HwangShihDeCani(-4).Spent(0.05, 0.5), 1e-15);
    }

    [Fact]
    public void Overdispersion_GroupsAllOnTarget_ScalesNothing()
    {
        var result = FunnelLimits.Overdispersion([5, 10, 20], [10, 20, 40], 0.5).Value();

        Assert.All(result.Multiplicative, z => Assert.Equal(0, z));
    }

    // A bias beyond what 1 − p can tell from 1: the upper bound is certain, the lower one nothing.
    [Fact]
    public void Rosenbaum_EnormousGamma_HasLimits()
    {
        var test = RosenbaumSignedScore.SignedRank([1, 2, 3, 4, 5.5]).Value();
        var bound = test.At(1e18);

        Assert.InRange(bound.PUpper, 0.49, 1);
        Assert.InRange(bound.PLower, 0, 1e-9);
    }

    [Fact]
    public void SubgroupTest_EffectsFarApart_KeepsItsDigits()
    {
        var random = new Random(2);
        int[] subgroup = [.. Enumerable.Range(0, 80).Select(i => i / 40)];
        bool[] treated = [.. Enumerable.Range(0, 80).Select(i => i % 2 == 0)];
        double[] outcome = [.. Enumerable.Range(0, 80).Select(i => random.NextDouble() + (i >= 40 && i % 2 == 0 ? 2 : 0))];
        var result = SubgroupEffects.Estimate(subgroup, treated, rows => Statistics.Effects.WeightedDifference.Estimate(
            [.. rows.ToArray().Select(i => outcome[i])], [.. rows.ToArray().Select(i => treated[i])],
            Statistics.Weighting.BalancingWeights.Equal(rows.Length, Estimand.Treated)));

        // With one degree of freedom the tail is that of the normal, both sides together.
        var test = result.Interaction.Value();
        Assert.True(test.Statistic > 80);
        Assert.Equal(1, test.PValue / MathNet.Numerics.SpecialFunctions.Erfc(Math.Sqrt(test.Statistic / 2)), 1e-9);
    }
}
