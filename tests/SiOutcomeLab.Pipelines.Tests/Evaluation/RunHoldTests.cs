using System.Reflection;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Tests.Evaluation;

/// <summary>Whether a worker notices that a run is not its own any more, and only then.</summary>
public sealed class RunHoldTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Run Claimed = new(
        "0123456789ab", "jobb", 1, new(SamplePlans.Municipality), new string('a', 64), 1, RunState.Running, RunStage.Waiting, 3, null, TestLab.Start, null);

    [Theory(Timeout = 180_000)]
    [InlineData(RunState.Running, 4)]
    [InlineData(RunState.Cancelled, 3)]
    [InlineData(RunState.Obsolete, 3)]
    public async Task Token_RunIsAnothersOrOver_EndsTheWork(RunState state, long epoch)
    {
        var runs = Runs.Telling(_ => Claimed with { State = state, Epoch = epoch });
        await using var hold = RunHold.Of(runs, Claimed, TimeProvider.System, TestLab.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(Patience, hold.Token));

        Assert.True(hold.IsLost);
    }

    [Fact(Timeout = 180_000)]
    public async Task Token_CatalogueDoesNotAnswer_IsNoLoss_UntilItSaysSo()
    {
        var asked = new TaskCompletionSource();
        var runs = Runs.Telling(time =>
        {
            if (time > 1) asked.TrySetResult();
            return time <= 2 ? throw new CatalogueUnavailableException(outcomeUnknown: false, new IOException()) : Claimed with { Epoch = 4 };
        });
        await using var hold = RunHold.Of(runs, Claimed, TimeProvider.System, TestLab.Token);

        await asked.Task.WaitAsync(Patience, TestLab.Token);
        Assert.False(hold.IsLost);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(Patience, hold.Token));
        Assert.True(hold.IsLost);
    }

    [Fact]
    public async Task Report_UnderAnothersEpoch_EndsTheWorkAtOnce()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.RegisterAsync(SamplePlans.Years);
        var run = await lab.EnqueueAsync(SamplePlans.Years);
        var mine = (await lab.Catalogue.Runs.ClaimAsync(run.Id, TestLab.Token))!;
        await using var hold = RunHold.Of(lab.Catalogue.Runs, mine, TimeProvider.System, TestLab.Token);
        await hold.ReportAsync(RunStage.BuildingCohort, hold.Token);
        Assert.False(hold.IsLost);
        await lab.Catalogue.Runs.ClaimAsync(run.Id, TestLab.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hold.ReportAsync(RunStage.Releasing, hold.Token));

        Assert.True(hold.IsLost);
        Assert.Equal(RunStage.Waiting, (await lab.Catalogue.Runs.FindAsync(run.Id, TestLab.Token))!.Stage);
    }

    /// <summary>Runs of which only the looking at one is asked.</summary>
    public class Runs : DispatchProxy
    {
        private Func<int, Run> _tell = null!;
        private int _asked;

        internal static IRunCatalogue Telling(Func<int, Run> tell)
        {
            var runs = Create<IRunCatalogue, Runs>();
            ((Runs)(object)runs)._tell = tell;
            return runs;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod?.Name != nameof(IRunCatalogue.FindAsync)) throw new NotSupportedException();
            var time = Interlocked.Increment(ref _asked);
            return Task.FromResult<Run?>(_tell(time));
        }
    }
}
