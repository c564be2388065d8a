using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Tests.Samples;

namespace SiOutcomeLab.Pipelines.Tests.Scheduling;

public sealed class DueRunsTests
{
    private static readonly EvaluationPlan Plan = SamplePlans.Years with { LookDueOn = new DateOnly(2026, 6, 1) };

    [Fact]
    public async Task Find_BeforeTheDayInSweden_QueuesNothing()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        await lab.RegisterAsync(Plan);
        lab.Time.Now = new DateTimeOffset(2026, 5, 31, 21, 59, 59, TimeSpan.Zero);
        Assert.Empty(await FindAsync(lab));

        lab.Time.Now = new DateTimeOffset(2026, 5, 31, 22, 0, 0, TimeSpan.Zero);
        var run = Assert.Single(await FindAsync(lab));

        Assert.Equal((Plan.Id, 1, RunState.Queued, 1), (run.PlanId, run.PlanVersion, run.State, run.Look));
        Assert.Equal(32, run.Id.Length);
    }

    [Fact]
    public async Task Find_FollowUpOfTheOwnOrganisationMissing_Waits()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.RegisterAsync(Plan);
        // Until 2023 only; the last index period's horizon is 2024. Another organisation has sent it all.
        await lab.CommitAsync(new FollowUp().Years(0, 2021, 30, "woman", 1, 2, 3).Start(0, SamplePlans.Code, "2022-03-01"));
        await lab.CommitAsync(SampleWorlds.Yearly(), SamplePlans.Other);
        Assert.Empty(await FindAsync(lab));

        await lab.CommitAsync(new FollowUp().Years(0, 2024, 33, "woman", 4));

        Assert.Single(await FindAsync(lab));
    }

    [Fact]
    public async Task Find_AfterAWithdrawal_QueuesARunOnWhatRemains()
    {
        await using var lab = await TestLab.OpenAsync();
        var first = await lab.CommitAsync(SampleWorlds.Yearly());
        await lab.RegisterAsync(Plan);
        var old = Assert.Single(await FindAsync(lab));
        await lab.Catalogue.Submissions.WithdrawAsync(first.Organisation, first.Id, lab.Time.Now, TestLab.Token);
        await lab.Executor().ExecuteAsync(old.Id, TestLab.Token);
        Assert.Empty(await FindAsync(lab));

        await lab.CommitAsync(SampleWorlds.Yearly());

        var renewed = Assert.Single(await FindAsync(lab));
        Assert.NotEqual(old.Id, renewed.Id);
        Assert.Equal(RunState.Obsolete, (await lab.Catalogue.Runs.FindAsync(old.Id, TestLab.Token))!.State);
    }

    [Fact]
    public async Task Find_Again_ListsTheSameRunUntilItHasSucceeded()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        await lab.RegisterAsync(Plan);
        var queued = Assert.Single(await FindAsync(lab));
        Assert.Equal(queued.Id, Assert.Single(await FindAsync(lab)).Id);

        // New data make another snapshot, and must not queue a second run beside an unfinished one.
        await lab.CommitAsync(new FollowUp().Years(0, 2025, 34, "woman", 5));
        Assert.Equal(queued.Id, Assert.Single(await FindAsync(lab)).Id);

        await lab.Catalogue.Runs.ClaimAsync(queued.Id, TestLab.Token);
        Assert.Equal(RunState.Running, Assert.Single(await FindAsync(lab)).State);

        await lab.Executor().ExecuteAsync(queued.Id, TestLab.Token);
        Assert.Empty(await FindAsync(lab));
        Assert.Single(await lab.Catalogue.Runs.ListAsync(null, null, null, 10, TestLab.Token));
    }

    [Fact]
    public async Task Find_FailingRun_IsListedUntilTheLastAttempt()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        await lab.RegisterAsync(Plan);
        var run = Assert.Single(await FindAsync(lab));
        var lake = new InterruptedLake(lab.Lake, () => throw new IOException("full"), times: int.MaxValue);
        var waits = new List<double>();
        for (var attempt = 1; attempt <= RetryRule.MaximumAttempts; attempt++)
        {
            Assert.Equal(run.Id, Assert.Single(await FindAsync(lab)).Id);
            await lab.Executor(lake).ExecuteAsync(run.Id, TestLab.Token);
            Assert.Empty(await FindAsync(lab));
            var failed = await lab.Catalogue.Runs.FindAsync(run.Id, TestLab.Token);
            Assert.Equal((RunState.Failed, attempt), (failed!.State, failed.Attempts));
            if (failed.NextTryAt is not { } next) continue;
            waits.Add((next - lab.Time.Now).TotalSeconds);
            lab.Time.Now = next;
        }

        // Four waits, each four times the one before, the first from 15 s and up to a quarter more.
        Assert.Equal(4, waits.Count);
        Assert.InRange(waits[0], 15, 18.75);
        Assert.All(waits.Zip(waits.Skip(1)), w => Assert.Equal(4, w.Second / w.First, 1e-6));
        lab.Time.Now = lab.Time.Now.AddDays(400);
        Assert.Empty(await FindAsync(lab));
        Assert.Single(await lab.Catalogue.Runs.ListAsync(null, null, null, 10, TestLab.Token));
    }

    [Fact]
    public async Task Find_NewVersionOfAPlan_QueuesThatOne()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        await lab.RegisterAsync(Plan);
        await lab.Executor().ExecuteAsync(Assert.Single(await FindAsync(lab)).Id, TestLab.Token);

        await lab.RegisterAsync(Plan with { Version = 2 });

        Assert.Equal(2, Assert.Single(await FindAsync(lab)).PlanVersion);
    }

    private static Task<IReadOnlyList<Run>> FindAsync(TestLab lab) =>
        lab.Due().FindAsync(TestLab.Token);
}
