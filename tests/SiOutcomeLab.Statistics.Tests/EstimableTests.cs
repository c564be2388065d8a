namespace SiOutcomeLab.Statistics.Tests;

public sealed class EstimableTests
{
    [Fact]
    public void Then_Estimated_GoesOnWithTheValue()
    {
        var answer = Estimable.Of(4).Then(value => Estimable.Of(value * 2.5)).Map(value => value + 1);
        Assert.Equal(new Estimated<double>(11), answer);
    }

    [Fact]
    public void Then_NotEstimable_KeepsReasonAndDetail()
    {
        var answer = Estimable.Not<int>(NotEstimableReason.NoOverlap, "why").Then(value => Estimable.Of(value * 2.5));
        Assert.Equal(new NotEstimable<double>(NotEstimableReason.NoOverlap, "why"), answer);
    }

    [Fact]
    public void Match_BothCases_CallsTheRightBranch()
    {
        Assert.Equal("3", Estimable.Of(3).Match(value => $"{value}", (_, _) => "none"));
        Assert.Equal("NoTreated", Estimable.Not<int>(NotEstimableReason.NoTreated, "").Match(_ => "some", (reason, _) => $"{reason}"));
    }
}
