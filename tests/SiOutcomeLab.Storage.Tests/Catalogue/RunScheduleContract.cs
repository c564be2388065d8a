using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Catalogue;

/// <summary>What a run's row decides about when it is worked on: tries, cancelling, order, nights, changed data.</summary>
public abstract class RunScheduleContract : CatalogueContract
{
    private static readonly DateTimeOffset Now = SampleSubmissions.Time;

    [Theory(Timeout = Limit)]
    [InlineData(RunState.Queued)]
    [InlineData(RunState.Running)]
    [InlineData(RunState.Failed)]
    public async Task Cancel_RunThatGoesOn_CountsNothingAndIsNotClaimedUntilStartedAgain(RunState from)
    {
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs"));
        var epoch = 0L;
        if (from != RunState.Queued) epoch = (await Catalogue.Runs.ClaimAsync(run.Id, Cancel))!.Epoch;
        if (from == RunState.Failed) await Catalogue.Runs.FailAsync(run.Id, epoch, "IOException", Now.AddMinutes(1), Now, Cancel);

        var cancelled = await Catalogue.Runs.CancelAsync(run.Id, Now.AddSeconds(5), Cancel);

        Assert.Equal((RunState.Cancelled, Now.AddSeconds(5), null, true), (cancelled!.State, cancelled.FinishedAt, cancelled.NextTryAt, cancelled.HasEnded));
        Assert.Equal(cancelled, await Catalogue.Runs.CancelAsync(run.Id, Now.AddSeconds(9), Cancel));
        Assert.False(await Catalogue.Runs.SetStageAsync(run.Id, epoch, RunStage.Estimating, Cancel));
        var spent = new AlphaSpent(plan, 1, 0.05);
        Assert.False(await Catalogue.Runs.CompleteAsync(
            run.Id, epoch, new byte[] { 1 }, [SampleReleases.Of("effects/late", plan, run.Id)], Now, Cancel, spent));
        Assert.Null(await Catalogue.Releases.FindAsync("effects/late", Audience.Analyst, Cancel));
        Assert.Equal(0, await Catalogue.Runs.SpentElsewhereAsync(SamplePlans.Registered(plan with { Version = 2 }), Cancel));
        Assert.Null(await Catalogue.Runs.ClaimAsync(run.Id, Cancel));
        Assert.Empty(await Catalogue.Runs.UnfinishedAsync(Cancel));

        var again = await Catalogue.Runs.RestartAsync(run.Id, RunCause.Requested, Now.AddHours(1), Cancel);
        Assert.Equal(
            (RunState.Queued, 0, RunCause.Requested, Now.AddHours(1), null), (again!.State, again.Attempts, again.Cause, again.QueuedAt, again.FinishedAt));
        var claimed = await Catalogue.Runs.ClaimAsync(run.Id, Cancel);
        Assert.Equal((epoch + 1, 1), (claimed!.Epoch, claimed.Attempts));
        Assert.True(await Catalogue.Runs.CompleteAsync(run.Id, claimed.Epoch, new byte[] { 1 }, [], Now, Cancel, spent));
        Assert.Equal(0.05, await Catalogue.Runs.SpentElsewhereAsync(SamplePlans.Registered(plan with { Version = 2 }), Cancel), 1e-12);
    }

    [Fact(Timeout = Limit)]
    public async Task CancelAndRestart_SucceededOrUnknown_ChangeNothing()
    {
        var (_, run) = await QueueAsync(SamplePlans.Of("jobs"));
        await CompleteAsync(run);
        var done = await Catalogue.Runs.FindAsync(run.Id, Cancel);

        Assert.Equal(done, await Catalogue.Runs.CancelAsync(run.Id, Now.AddDays(1), Cancel));
        Assert.Equal(done, await Catalogue.Runs.RestartAsync(run.Id, RunCause.Requested, Now.AddDays(1), Cancel));
        Assert.Null(await Catalogue.Runs.CancelAsync("r-unknown", Now, Cancel));
        Assert.Null(await Catalogue.Runs.RestartAsync("r-unknown", RunCause.Requested, Now, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Fail_ForGood_IsNeitherClaimedNorUnfinished()
    {
        var (_, run) = await QueueAsync(SamplePlans.Of("jobs"));
        var claimed = await Catalogue.Runs.ClaimAsync(run.Id, Cancel);
        await Catalogue.Runs.FailAsync(run.Id, claimed!.Epoch, "It does not fit.", null, Now, Cancel);

        Assert.Null(await Catalogue.Runs.ClaimAsync(run.Id, Cancel));
        Assert.Empty(await Catalogue.Runs.UnfinishedAsync(Cancel));
        Assert.True((await Catalogue.Runs.FindAsync(run.Id, Cancel))!.HasEnded);
        Assert.Equal(RunState.Queued, (await Catalogue.Runs.RestartAsync(run.Id, RunCause.Requested, Now, Cancel))!.State);
    }

    [Fact(Timeout = Limit)]
    public async Task Unfinished_OfEveryCause_AreInTheOrderOfWork()
    {
        var order = new (string Plan, RunCause Cause, int Minute)[]
        {
            ("changed-early", RunCause.DataChanged, 0), ("asked", RunCause.Requested, 1), ("due-late", RunCause.LookDue, 3), ("due-early", RunCause.LookDue, 2),
        };
        foreach (var (id, cause, minute) in order)
        {
            var plan = SamplePlans.Of(id);
            await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(plan), Cancel);
            await Catalogue.Runs.EnqueueAsync(plan, await SnapshotAsync(id), 1, NewRunId(), Now.AddMinutes(minute), Cancel, cause);
        }

        await ReopenAsync();

        var unfinished = await Catalogue.Runs.UnfinishedAsync(Cancel);
        Assert.Equal(["due-early", "due-late", "asked", "changed-early"], unfinished.Select(r => r.PlanId));
        Assert.Equal([RunCause.LookDue, RunCause.LookDue, RunCause.Requested, RunCause.DataChanged], unfinished.Select(r => r.Cause));
    }

    [Fact(Timeout = Limit)]
    public async Task OfLook_OtherVersionsAndLooks_AreLeftOut()
    {
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs"));
        var later = await Catalogue.Runs.EnqueueAsync(plan, await SnapshotAsync("b"), 1, NewRunId(), Now, Cancel);
        await Catalogue.Runs.EnqueueAsync(plan, await SnapshotAsync("a"), 2, NewRunId(), Now, Cancel);
        await QueueAsync(SamplePlans.Of("jobs", version: 2), "c");

        Assert.Equal([later.Id, run.Id], (await Catalogue.Runs.OfLookAsync("jobs", 1, 1, Cancel)).Select(r => r.Id));
    }

    [Fact(Timeout = Limit)]
    public async Task Night_SetAndSetBack_KeepsTheLatest()
    {
        Assert.Null(await Catalogue.Runs.NightAsync(Cancel));
        await Catalogue.Runs.SetNightAsync(Now.AddDays(1), Cancel);
        await Catalogue.Runs.SetNightAsync(Now, Cancel);
        await ReopenAsync();

        Assert.Equal(Now.AddDays(1), await Catalogue.Runs.NightAsync(Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task OnChangedData_OnlyCurrentRunsWhoseDataAreNotAsTheyWere_AreListed()
    {
        var (_, untouched) = await QueueAsync(SamplePlans.Of("untouched"), "a");
        var (_, touched) = await QueueAsync(SamplePlans.Of("touched"), "b");
        var (_, unfinished) = await QueueAsync(SamplePlans.Of("unfinished"), "b");
        var (_, amended) = await QueueAsync(SamplePlans.Of("amended"), "b");
        foreach (var run in new[] { untouched, touched, amended }) await CompleteAsync(run);
        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(SamplePlans.Of("amended", version: 2)), Cancel);
        Assert.Empty(await Catalogue.Runs.OnChangedDataAsync(Cancel));

        var submission = (await Catalogue.Submissions.InSnapshotAsync(touched.SnapshotHash, Cancel))![0];
        await Catalogue.Submissions.WithdrawAsync(submission.Organisation, submission.Id, Now.AddDays(1), Cancel);

        Assert.Equal([touched.Id], (await Catalogue.Runs.OnChangedDataAsync(Cancel)).Select(r => r.Id));
        Assert.False(await Catalogue.Runs.IsPlanClosedAsync("touched", Cancel));
        Assert.False((await Catalogue.Runs.FindAsync(unfinished.Id, Cancel))!.HasEnded);
    }

    [Fact(Timeout = Limit)]
    public async Task OnChangedData_RowsErasedSinceTheRunWasQueued_AreListed_AndNotOfAClosedPlan()
    {
        var (_, before) = await QueueAsync(SamplePlans.Of("before"), "a", Now);
        var (_, closed) = await QueueAsync(SamplePlans.Of("closed"), "a", Now);
        var submission = (await Catalogue.Submissions.InSnapshotAsync(before.SnapshotHash, Cancel))![0];
        var files = SubmissionFiles.Of(submission);
        var proof = AuditEntry.OfHub(Now.AddDays(1), "erase", "submissions/x", "OK");
        await Catalogue.Submissions.ReplaceFilesAsync(submission.Id, files, files with { ObservationRows = 300 }, proof, Cancel);
        var (_, since) = await QueueAsync(SamplePlans.Of("since"), "a", Now.AddDays(2));
        foreach (var run in new[] { before, closed, since }) await CompleteAsync(run);
        await Catalogue.Plans.TryCloseAsync("closed", new("No more.", "bo", Now.AddDays(3)), Cancel);

        Assert.Equal([before.Id], (await Catalogue.Runs.OnChangedDataAsync(Cancel)).Select(r => r.Id));
        Assert.True(await Catalogue.Runs.IsPlanClosedAsync("closed", Cancel));
    }
}
