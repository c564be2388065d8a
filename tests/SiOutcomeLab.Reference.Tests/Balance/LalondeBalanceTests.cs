using SiOutcomeLab.Reference.Tests.Matching;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Balance;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Reference.Tests.Balance;

/// <summary>Balance on lalonde against MatchIt's summary and cobalt's bal.tab.</summary>
public sealed class LalondeBalanceTests
{
    private static readonly DesignMatrix AllLevels = DesignMatrix.FromColumns(
    [
        ("age", Lalonde.File.Numbers("age")), ("educ", Lalonde.File.Numbers("educ")), ("race_black", Lalonde.Dummy("black")),
        ("race_hispan", Lalonde.Dummy("hispan")), ("race_white", Lalonde.Dummy("white")), ("married", Lalonde.File.Numbers("married")),
        ("nodegree", Lalonde.File.Numbers("nodegree")), ("re74", Lalonde.File.Numbers("re74")), ("re75", Lalonde.File.Numbers("re75"))
    ]);

    [Fact]
    public void Compute_NearestNeighbour_GivesMatchItsSummary()
    {
        var table = Table(LalondeMethods.Determined["nn1"]().Weights.Span);
        for (var j = 0; j < AllLevels.Columns; j++)
        {
            // The summary's first row is the propensity score itself.
            Compare("match_nn1.matchit_summary.all", table.Covariates[j].Before, j + 2);
            Compare("match_nn1.matchit_summary.matched", table.Covariates[j].After, j + 2);
        }
    }

    [Fact]
    public void Judge_Lalonde_FailsNearestNeighbourAndPassesEntropyBalancing()
    {
        var matched = BalanceGate.Judge(Table(LalondeMethods.Determined["nn1"]().Weights.Span));
        Assert.Equal(BalanceGrade.Fail, matched.Grade);
        Assert.Contains("race_black", matched.Failed);
        var cancellation = TestContext.Current.CancellationToken;
        var balanced = Table(Lalonde.Value(EntropyBalancing.Att(Lalonde.Covariates, Lalonde.Treated, cancellation)).Weights.Span);
        Assert.Equal(BalanceGrade.Pass, BalanceGate.Judge(balanced).Grade);
        Assert.True(balanced.LargestSmdAfter < 1e-9);
    }

    private static BalanceTable Table(ReadOnlySpan<double> weights) =>
        Lalonde.Value(BalanceTable.Compute(AllLevels, Lalonde.Treated, weights, new BalanceOptions { MeanEcdfDifference = true }));

    private static void Compare(string block, ArmComparison arm, int row)
    {
        Near($"{block}.Means Treated{row}", arm.MeanTreated);
        Near($"{block}.Means Control{row}", arm.MeanComparison);
        Near($"{block}.Std. Mean Diff.{row}", arm.Smd);
        Near($"{block}.eCDF Max{row}", arm.KolmogorovSmirnov);
        Near($"{block}.eCDF Mean{row}", arm.MeanEcdfDifference!.Value);
        if (arm.VarianceRatio is { } ratio) Near($"{block}.Var. Ratio{row}", ratio);
        else Assert.True(double.IsNaN(FlatValues.Lalonde[$"{block}.Var. Ratio{row}"]));
    }

    // cobalt's weights came from glm at its default epsilon, so an SMD is open in its ninth decimal.
    private static void Near(string id, double actual) =>
        Assert.True(
            Math.Abs(FlatValues.Lalonde[id] - actual) <= 1e-8 * Math.Max(1, Math.Abs(actual)),
            $"{id}: expected {FlatValues.Lalonde[id]:R}, got {actual:R}.");
}
