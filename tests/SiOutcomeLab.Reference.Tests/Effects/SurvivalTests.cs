using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects.Survival;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Reference.Tests.Effects;

/// <summary>Survival against R's survival 3.5-3, on made times with many ties, censoring at event times among them.</summary>
public sealed class SurvivalTests
{
    private static readonly double[] Time =
        [.. Lalonde.Outcome.Zip(Lalonde.File.Numbers("educ"), (earned, school) => Math.Floor(earned / 1500) + 1 + (school % 4))];

    private static readonly bool[] Happened = [.. Lalonde.File.Numbers("age").Select(age => age % 4 != 0)];
    private static readonly double[] Weights = [.. Enumerable.Range(0, Time.Length).Select(i => 0.5 + (i * 277 % 614 / 614.0))];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Curve_OneArm_IsSurvfits(bool arm)
    {
        var (time, happened, weights) = (Of(Time, arm), Of(Happened, arm), Of(Weights, arm));
        var plain = Lalonde.Value(KaplanMeier.Curve(time, happened));
        var weighted = Lalonde.Value(KaplanMeier.Curve(time, happened, weights));
        var block = $"km_{(arm ? 1 : 0)}";
        Agree($"{block}_survival", plain.Survival.Span);
        Agree($"{block}_error", plain.StandardErrors.Span);
        Agree($"{block}_hazard", plain.CumulativeHazard.Span);
        Agree($"{block}_weighted", weighted.Survival.Span);
        Agree($"{block}_weighted_error", weighted.StandardErrors.Span);
    }

    [Fact]
    public void RestrictedMean_Difference_IsSurvfits()
    {
        var effect = Lalonde.Value(RestrictedMeanSurvival.Difference(
            Time, Happened, Lalonde.Treated, BalancingWeights.Equal(Time.Length, Estimand.Treated), 8));
        var (treated, others) = (FlatValues.Packages.Block("rmst_1"), FlatValues.Packages.Block("rmst_0"));
        Close.To(treated[0], effect.MeanTreated, Close.ClosedForm, "treated");
        Close.To(treated[0] - others[0], effect.Estimate, Close.ClosedForm, "difference");
        Close.To(Math.Sqrt((treated[1] * treated[1]) + (others[1] * others[1])), effect.StandardError, Close.ClosedForm, "error");
    }

    [Fact]
    public void LogRank_Stratified_IsSurvdiffs()
    {
        int[] strata = [.. Lalonde.File.Numbers("nodegree").Select(value => (int)value)];
        var test = Lalonde.Value(LogRank.Test(Time, Happened, Lalonde.Treated, strata));
        var expected = FlatValues.Packages.Block("logrank");
        Close.To(expected[0], test.ChiSquare, Close.ClosedForm, "chi square");
        Assert.Equal(expected[1], test.ObservedTreated);
        Close.To(expected[2], test.ExpectedTreated, Close.ClosedForm, "expected");
        Close.To(expected[3], test.Variance, Close.ClosedForm, "variance");
    }

    private static T[] Of<T>(T[] values, bool arm) => [.. values.Where((_, i) => Lalonde.Treated[i] == arm)];

    private static void Agree(string block, ReadOnlySpan<double> actual)
    {
        var expected = FlatValues.Packages.Block(block);
        Assert.Equal(expected.Length, actual.Length);
        for (var k = 0; k < expected.Length; k++)
        {
            // Once nobody is left there is no error: R writes 0/0 too.
            if (double.IsNaN(expected[k])) Assert.Equal(double.NaN, actual[k]);
            else Assert.Equal(expected[k], actual[k], 1e-12);
        }
    }
}
