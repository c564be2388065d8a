using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Pipelines.Scheduling;
using SiOutcomeLab.Pipelines.Tests.Samples;

namespace SiOutcomeLab.Pipelines.Tests.Scheduling;

public sealed class RunStartsTests
{
    private static readonly EvaluationPlan Early = SamplePlans.Years with { LookDueOn = new DateOnly(2027, 1, 1) };

    [Fact]
    public async Task Start_ProspectiveBeforeItsDay_IsRefused_AndFromThatDayStarts()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        var plan = await lab.RegisterAsync(Early);

        Assert.Equal(RunStartProblem.LookNotDue, (await StartAsync(lab, plan)).Problem);
        lab.Time.Now = new DateTimeOffset(2026, 12, 31, 23, 0, 0, TimeSpan.Zero);
        var run = (await StartAsync(lab, plan)).Run;

        Assert.Equal((RunState.Queued, RunCause.LookDue, 1), (run!.State, run.Cause, run.Look));
        Assert.Equal(run, (await StartAsync(lab, plan)).Run);
        Assert.Equal(run.Id, Assert.Single(await lab.Due().FindAsync(TestLab.Token)).Id);
    }

    [Fact]
    public async Task Start_RetrospectiveBeforeItsDay_Starts()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        var plan = await lab.RegisterAsync(Early, PlanTiming.Retrospective);

        Assert.Equal(RunCause.Requested, (await StartAsync(lab, plan)).Run!.Cause);
    }

    [Fact]
    public async Task Start_OwnFollowUpMissing_IsRefused()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly(), SamplePlans.Other);
        var plan = await lab.RegisterAsync(SamplePlans.Years);

        Assert.Equal(RunStartProblem.FollowUpMissing, (await StartAsync(lab, plan)).Problem);
    }

    [Fact]
    public async Task Start_ResultStands_GivesItOnTheSameDataAndANewRunOnNewer()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        var plan = await lab.RegisterAsync(SamplePlans.Years);
        var first = (await StartAsync(lab, plan)).Run!;
        await lab.Executor().ExecuteAsync(first.Id, TestLab.Token);

        Assert.Equal((first.Id, RunState.Succeeded), ((await StartAsync(lab, plan)).Run!.Id, (await StartAsync(lab, plan)).Run!.State));
        await lab.CommitAsync(new FollowUp().Years(0, 2025, 34, "woman", 5));
        var second = (await StartAsync(lab, plan)).Run!;

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal((RunState.Queued, RunCause.Requested), (second.State, second.Cause));
    }

    [Fact]
    public async Task Start_AfterCancelling_QueuesTheSameRunAnew_AndTheScheduleAloneDoesNot()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        var plan = await lab.RegisterAsync(SamplePlans.Years);
        var run = Assert.Single(await lab.Due().FindAsync(TestLab.Token));
        await lab.Catalogue.Runs.CancelAsync(run.Id, lab.Time.Now, TestLab.Token);
        Assert.Empty(await lab.Due().FindAsync(TestLab.Token));
        await lab.CommitAsync(new FollowUp().Years(0, 2025, 34, "woman", 5));
        Assert.Empty(await lab.Due().FindAsync(TestLab.Token));

        var again = (await StartAsync(lab, plan)).Run!;

        Assert.Equal(RunState.Queued, again.State);
        await lab.Executor().ExecuteAsync(again.Id, TestLab.Token);
        Assert.Equal(RunState.Succeeded, (await lab.Catalogue.Runs.FindAsync(again.Id, TestLab.Token))!.State);
    }

    [Fact]
    public async Task Start_LooksOutOfOrder_AreRefused()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        var interim = new InterimLook(new DateOnly(2025, 1, 1), SamplePlans.Year(2022), 0.5);
        var plan = await lab.RegisterAsync(SamplePlans.Years with { InterimLooks = [interim], Spending = AlphaSpendingKind.OBrienFleming });

        Assert.Equal(RunStartProblem.LookNotDue, (await StartAsync(lab, plan, 2)).Problem);
        var first = (await StartAsync(lab, plan)).Run!;
        Assert.Equal(1, first.Look);
        await lab.Executor().ExecuteAsync(first.Id, TestLab.Token);
        var final = (await StartAsync(lab, plan)).Run!;
        Assert.Equal(2, final.Look);
        await lab.Executor().ExecuteAsync(final.Id, TestLab.Token);

        Assert.Equal(RunStartProblem.LookNotDue, (await StartAsync(lab, plan, 1)).Problem);
        Assert.Equal(final.Id, (await StartAsync(lab, plan, 2)).Run!.Id);
    }

    [Fact]
    public async Task Find_FailedForGood_WaitsForOtherDataOrSomebody()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        var plan = await lab.RegisterAsync(SamplePlans.Years);
        var run = Assert.Single(await lab.Due().FindAsync(TestLab.Token));
        var lake = new InterruptedLake(lab.Lake, () => throw new InvalidOperationException("row 17 holds 12345"));
        await lab.Executor(lake).ExecuteAsync(run.Id, TestLab.Token);

        var failed = await lab.Catalogue.Runs.FindAsync(run.Id, TestLab.Token);
        Assert.Equal((RunState.Failed, null, 1), (failed!.State, failed.NextTryAt, failed.Attempts));
        Assert.Equal("InvalidOperationException; the hub's log tells more under this run.", failed.Error);
        lab.Time.Now = lab.Time.Now.AddDays(2);
        Assert.Empty(await lab.Due().FindAsync(TestLab.Token));
        await lab.CommitAsync(new FollowUp().Years(0, 2025, 34, "woman", 5));
        Assert.NotEqual(run.Id, Assert.Single(await lab.Due().FindAsync(TestLab.Token)).Id);
        Assert.NotNull((await StartAsync(lab, plan)).Run);
    }

    private static Task<RunStart> StartAsync(TestLab lab, RegisteredPlan plan, int? look = null) =>
        new RunStarts(lab.Catalogue, lab.Time).StartAsync(plan, look, TestLab.Token);
}
