using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Quartz;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Economics.Reading;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Pipelines.Costing;
using SiOutcomeLab.Pipelines.Scheduling;
using SiOutcomeLab.Pipelines.Tests.Costing;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Tests.Scheduling;

/// <summary>A run takes a place in the hub's room before it reads anything, and keeps it until it is in kronor.</summary>
public sealed class EvaluationJobTests
{
    private const string Run = "11111111aaaa";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly CostingTerms Terms = new(UnitCostRegister.Shipped, ["teaching"], "kpi", 2024, DiscountRate.ThreeAndAHalfPercent);

    [Fact]
    public async Task Execute_NoRoom_WaitsAndHasReadNothing()
    {
        await using var lab = await QueuedAsync();
        var hasAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var room = new RunRoom(
            () =>
            {
                hasAsked.TrySetResult();
                return true;
            },
            TimeProvider.System);
        var other = await room.EnterAsync(TestLab.Token);
        using var cache = new FollowUpCache(1L << 30, 2);

        var work = new EvaluationJob(lab.Executor(), Costing(lab, lab.Lake, cache), room).Execute(Context(), TestLab.Token).AsTask();
        await Task.WhenAny(hasAsked.Task, work).WaitAsync(Patience, TestLab.Token);

        Assert.False(work.IsCompleted);
        Assert.Equal(RunState.Queued, (await lab.Catalogue.Runs.FindAsync(Run, TestLab.Token))!.State);
        other.Dispose();
        await work.WaitAsync(Patience, TestLab.Token);
        Assert.Equal(RunState.Succeeded, (await lab.Catalogue.Runs.FindAsync(Run, TestLab.Token))!.State);
        Assert.Single(await CostsAsync(lab));
    }

    [Fact]
    public async Task Execute_WhileARunIsWorkedOnAndPutInKronor_NobodyElseGetsIn()
    {
        await using var lab = await QueuedAsync();
        var (room, isTaken) = (new RunRoom(() => true, TimeProvider.System), new List<bool>());
        // Both read the lake: nothing that was read for the run is there for its kronor.
        var lake = new InterruptedLake(lab.Lake, Look, times: int.MaxValue);
        using FollowUpCache first = new(1L << 30, 1), second = new(1L << 30, 1);

        await new EvaluationJob(lab.Executor(lake, first), Costing(lab, lake, second), room).Execute(Context(), TestLab.Token).AsTask().WaitAsync(Patience, TestLab.Token);
        var read = isTaken.Count;
        using (var third = new FollowUpCache(1L << 30, 1))
        {
            var again = Terms with { PriceYear = 2023 };
            await new CostingJob(Costing(lab, lake, third, again), room).Execute(Context(), TestLab.Token).AsTask().WaitAsync(Patience, TestLab.Token);
        }

        // Two files for the run, two for its kronor, and two for them in other prices.
        Assert.Equal((4, 6), (read, isTaken.Count));
        Assert.DoesNotContain(false, isTaken);
        Assert.Single(await CostsAsync(lab, 2023));
        // And left: the next gets in at once.
        Assert.True(room.EnterAsync(TestLab.Token).IsCompletedSuccessfully);

        async Task Look()
        {
            using var stop = new CancellationTokenSource();
            var place = room.EnterAsync(stop.Token);
            isTaken.Add(!place.IsCompleted);
            await stop.CancelAsync();
            // Who got in leaves again, so that what follows is not kept waiting.
            if (place.IsCompletedSuccessfully) (await place).Dispose();
        }
    }

    private static async Task<TestLab> QueuedAsync()
    {
        var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(CostWorld.Draw().Delivery());
        var plan = CostWorld.Plan with { Sensitivity = [EstimatorKind.InversePropensity] };
        await lab.RegisterAsync(plan);
        await lab.EnqueueAsync(plan, Run);
        return lab;
    }

    private static RunCosting Costing(TestLab lab, ILake lake, FollowUpCache cache, CostingTerms? terms = null) =>
        new(lab.Catalogue, lake, cache, terms ?? Terms, Policies.For, lab.Time, NullLogger<RunCosting>.Instance);

    private static async Task<IReadOnlyList<string>> CostsAsync(TestLab lab, int year = 2024) =>
    [
        .. (await lab.Catalogue.Costs.ListAsync(new CostFilter(), Policies.For(Domain.Submissions.DataPolicy.Standard).Audience, null, 100, TestLab.Token))
            .Where(c => c.Value.Terms.PriceLevel.Year == year).Select(c => c.Value.Name),
    ];

    private static IJobExecutionContext Context() => DispatchProxy.Create<IJobExecutionContext, JobData>();

    /// <summary>What the scheduler hands a job, of which a job reads the data alone.</summary>
    [SuppressMessage("Performance", "CA1852", Justification = "The runtime derives from it.")]
    internal class JobData : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == "get_MergedJobDataMap" ? new JobDataMap { { EvaluationJob.RunKey, Run } } : throw new NotSupportedException(targetMethod.Name);
    }
}
