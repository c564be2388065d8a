using SiOutcomeLab.Statistics.Balance;

namespace SiOutcomeLab.Statistics.Tests.Balance;

public sealed class OverlapTests
{
    [Fact]
    public void Compute_SmallSample_IsTheHandComputation()
    {
        double[] scores = [0.1, 0.3, 0.6, 1.0, 0.05, 0.3, 0.35, 0.6];
        bool[] treated = [true, true, true, true, false, false, false, false];
        var overlap = Overlap.Compute(scores, treated, bins: 4).Value();
        Assert.Equal([0.25, 0.25, 0.25, 0.25], overlap.TreatedShares);
        Assert.Equal([0.25, 0.5, 0.25, 0], overlap.ComparisonShares);
        Assert.Equal(0.75, overlap.Coefficient, 1e-14);
        // Equal arms make the preference score the score itself: 0.3, 0.6, 0.3, 0.35, 0.6 are in [0.3, 0.7].
        Assert.Equal(5 / 8.0, overlap.Equipoise, 1e-14);
        Assert.Equal(1 / 4.0, overlap.TreatedOutside);
        Assert.Equal(1 / 4.0, overlap.ComparisonOutside);
    }

    [Fact]
    public void Compute_RareTreatment_PreferenceScoreCorrectsForTheShare()
    {
        // With 10 % treated a score of 0.1 is a preference of one half.
        double[] scores = [.. Enumerable.Repeat(0.1, 10)];
        bool[] treated = [true, .. Enumerable.Repeat(false, 9)];
        Assert.Equal(1, Overlap.Compute(scores, treated).Value().Equipoise);
        Assert.Equal(1, Overlap.Compute(scores, treated).Value().Coefficient);
    }

    [Fact]
    public void Compute_DisjointArms_IsZero()
    {
        var overlap = Overlap.Compute([0.9, 0.8, 0.1, 0.2], [true, true, false, false]).Value();
        Assert.Equal(0, overlap.Coefficient);
        Assert.Equal(1, overlap.TreatedOutside);
        Assert.Equal(1, overlap.ComparisonOutside);
    }

    [Fact]
    public void Compute_BadArguments_Throws()
    {
        Assert.Throws<ArgumentException>(() => Overlap.Compute([1.1, 0.2], [true, false]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Overlap.Compute([0.1, 0.2], [true, false], bins: 1));
        Assert.Equal(NotEstimableReason.NoTreated, Overlap.Compute([0.1], [false]).Refusal().Reason);
    }
}
