using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Matching;

namespace SiOutcomeLab.Statistics.Tests.Matching;

/// <summary>Exact and coarsened strata, subclasses, and the effect within them.</summary>
public sealed class StrataTests
{
    private static readonly bool[] Treated = [true, true, false, true, false, false, false];
    private static readonly int[] Codes = [5, 5, 5, 9, 9, 9, 2];

    [Theory]
    [InlineData(Estimand.Treated, new[] { 1.0, 1, 2, 1, 0.5, 0.5, 0 })]
    [InlineData(Estimand.Untreated, new[] { 0.5, 0.5, 1, 2, 1, 1, 0 })]
    [InlineData(Estimand.Everyone, new[] { 0.75, 0.75, 1.5, 1.5, 0.75, 0.75, 0 })]
    public void Match_ThreeStrata_WeightsAsTheEstimandAsks(Estimand estimand, double[] weights)
    {
        var sets = ExactMatching.Match(Codes, Treated, estimand).Value();
        for (var i = 0; i < weights.Length; i++) Assert.Equal(weights[i], sets.Weights.Span[i], 1e-14);
        Assert.Equal([0, 0, 0, 1, 1, 1, -1], sets.Subclasses.ToArray());
        Assert.Equal([2, 1], sets.TreatedCounts);
        Assert.Equal(3, sets.ControlsMatched);
    }

    [Fact]
    public void Match_NoStratumWithBothArms_IsRefused() => Assert.Equal(
        NotEstimableReason.TooFewMatches, ExactMatching.Match([1, 1, 2, 1, 2, 2, 2], Treated).Refusal().Reason);

    [Fact]
    public void Strata_Rules_PutBoundsIntoTheBinAbove()
    {
        var x = DesignMatrix.FromColumns([("a", [0, 1, 2, 3, 4]), ("b", [0, 0, 0, 1, 1])]);
        var one = Coarsening.Bins(1);
        Assert.Equal([0, 0, 1, 1, 1], Strata(Coarsening.At(2), one));
        Assert.Equal([0, 0, 1, 1, 1], Strata(Coarsening.Bins(2), one));
        Assert.Equal([0, 0, 1, 2, 2], Strata(Coarsening.At(2), Coarsening.Sturges));
        Assert.Equal([0, 1, 2, 3, 4], Strata(Coarsening.Exact, one));
        Assert.Equal([0, 0, 1, 1, 1], Strata(Coarsening.QuantileBins(2), one));
        Assert.Throws<ArgumentException>(() => CoarsenedExactMatching.Strata(x, new Dictionary<string, Coarsening> { ["c"] = one }));

        int[] Strata(Coarsening a, Coarsening b) =>
            CoarsenedExactMatching.Strata(x, new Dictionary<string, Coarsening> { ["a"] = a, ["b"] = b });
    }

    [Fact]
    public void Subclassification_ShortSubclass_IsFilledFromItsNeighbour()
    {
        // Treated 1 … 6 in three subclasses of two; all controls lie in the lowest one.
        double[] measure = [1, 2, 3, 4, 5, 6, 0.5, 0.6, 0.7, 0.8];
        bool[] treated = [true, true, true, true, true, true, false, false, false, false];
        var sets = Subclassification.Match(measure, treated, new() { Subclasses = 3 }).Value();
        Assert.Equal([0, 0, 1, 1, 2, 2, 0, 0, 1, 2], sets.Subclasses.ToArray());
        var bare = Subclassification.Match(measure, treated, new() { Subclasses = 3, MinimumPerArm = 0 }).Value();
        Assert.Equal([0, 0, -1, -1, -1, -1, 0, 0, 0, 0], bare.Subclasses.ToArray());
        Assert.Equal(
            NotEstimableReason.TooFewMatches,
            Subclassification.Match(measure, treated, new() { Subclasses = 3, MinimumPerArm = 2 }).Refusal().Reason);
    }

    [Fact]
    public void Discard_Rules_LeaveOutWhoIsOutsideOfTheOthersRange()
    {
        double[] measure = [1, 2, 6, 0, 2.5, 4];
        bool[] treated = [true, true, true, false, false, false];
        Assert.Equal([false, false, true, true, false, false], CommonSupport.Discarded(measure, treated, Discard.Both));
        Assert.Equal([false, false, true, false, false, false], CommonSupport.Discarded(measure, treated, Discard.Treated));
        Assert.Equal([false, false, false, true, false, false], CommonSupport.Discarded(measure, treated, Discard.Comparison));
    }

    [Fact]
    public void StratifiedDifference_TwoStrata_IsTheWeightedFormula()
    {
        bool[] treated = [true, true, false, false, true, true, true, false, false];
        int[] codes = [0, 0, 0, 0, 1, 1, 1, 1, 1];
        double[] y = [5, 7, 1, 2, 4, 4, 7, 3, 1];
        var sets = ExactMatching.Match(codes, treated).Value();
        var effect = StratifiedDifference.Estimate(y, treated, sets).Value();
        Assert.Equal((0.4 * 4.5) + (0.6 * 3), effect.Estimate, 1e-14);
        var variance = (0.16 * ((2.0 / 2) + (0.5 / 2))) + (0.36 * ((3.0 / 3) + (2.0 / 2)));
        Assert.Equal(Math.Sqrt(variance), effect.StandardError, 1e-14);
        Assert.Equal(Math.Sqrt(variance), Math.Sqrt(effect.InfluenceValues.ToArray().Sum(v => v * v)), 1e-14);
        Assert.Equal(StandardErrorType.Stratified, effect.StandardErrorType);
        var single = ExactMatching.Match([0, 0, 0, 0, 1, 2, 1, 1, 2], treated).Value();
        Assert.Equal(NotEstimableReason.TooFewObservations, StratifiedDifference.Estimate(y, treated, single).Refusal().Reason);
    }
}
