using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Tests.Evaluation;

public sealed class RetryRuleTests
{
    private static readonly DateTimeOffset Now = TestLab.Start;

    public static TheoryData<Exception, bool> Failures => new()
    {
        { new IOException(), true },
        { new TimeoutException(), true },
        { new OutOfMemoryException(), true },
        { new CatalogueUnavailableException(outcomeUnknown: true, new IOException()), true },
        { new LakeObjectMissingException(new string('a', 64)), true },
        { new InvalidOperationException(), false },
        { new ArithmeticException(), false },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void NextTry_WhatMayPassByItself_IsTriedAgain_AndNothingElse(Exception failure, bool isTriedAgain) =>
        Assert.Equal(isTriedAgain, RetryRule.NextTry(Of("0123456789ab", 1), failure, Now) is not null);

    [Theory]
    [InlineData(1, 15)]
    [InlineData(2, 60)]
    [InlineData(3, 240)]
    [InlineData(4, 960)]
    public void NextTry_AfterEachAttempt_WaitsFourTimesLonger_UpToAQuarterMore(int attempts, double seconds)
    {
        string[] runs = [.. Enumerable.Range(0, 40).Select(i => $"{i * 7919:x12}")];

        double[] waits = [.. runs.Select(r => (RetryRule.NextTry(Of(r, attempts), new IOException(), Now)!.Value - Now).TotalSeconds)];

        Assert.All(waits, w => Assert.InRange(w, seconds, 1.25 * seconds));
        // Runs that failed together do not come back together, and each comes back when it did before.
        Assert.True(waits.Max() - waits.Min() > 0.1 * seconds);
        Assert.Equal(waits[7], (RetryRule.NextTry(Of(runs[7], attempts), new IOException(), Now)!.Value - Now).TotalSeconds);
    }

    [Fact]
    public void NextTry_AfterTheLastAttempt_IsNone() =>
        Assert.Null(RetryRule.NextTry(Of("0123456789ab", RetryRule.MaximumAttempts), new IOException(), Now));

    private static Run Of(string id, int attempts) => new(
        id, "jobb", 1, new(SamplePlans.Municipality), new string('a', 64), 1, RunState.Running, RunStage.Waiting, attempts, null, Now, null) { Attempts = attempts };
}
