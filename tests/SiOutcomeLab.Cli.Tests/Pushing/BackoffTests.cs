using SiOutcomeLab.Cli.Pushing;

namespace SiOutcomeLab.Cli.Tests.Pushing;

public sealed class BackoffTests
{
    [Fact]
    public void Next_DoublesUpToTheLongest_AndStaysWithinHalfAndWhole()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), seed: 7);
        double[] whole = [1, 2, 4, 8, 10, 10, 10];

        foreach (var most in whole) Assert.InRange(backoff.Next().TotalSeconds, most / 2, most);
    }

    [Fact]
    public void Next_AfterAReset_IsShortAgain()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), seed: 7);
        for (var i = 0; i < 50; i++) backoff.Next();

        backoff.Reset();

        Assert.InRange(backoff.Next().TotalSeconds, 0.5, 1);
    }

    [Fact]
    public void Next_OfTwoSeeds_DiffersAndOfOneSeed_DoesNot()
    {
        TimeSpan[] Pauses(int seed)
        {
            var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), seed);
            return [.. Enumerable.Range(0, 5).Select(_ => backoff.Next())];
        }

        Assert.Equal(Pauses(1), Pauses(1));
        Assert.NotEqual(Pauses(1), Pauses(2));
    }
}
