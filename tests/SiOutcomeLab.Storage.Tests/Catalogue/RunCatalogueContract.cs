using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Catalogue;

public abstract class RunCatalogueContract : CatalogueContract
{
    private static readonly byte[] Result = [0, 1, 255, 10];

    [Fact(Timeout = Limit)]
    public async Task GiveUp_ClaimedRun_IsNotTriedAgain()
    {
        var (_, run) = await QueueAsync(SamplePlans.Of("jobs"));
        var claimed = await Catalogue.Runs.ClaimAsync(run.Id, Cancel);
        Assert.False(await Catalogue.Runs.GiveUpAsync(run.Id, claimed!.Epoch + 1, "later", SampleSubmissions.Time, Cancel));
        Assert.Equal(RunState.Running, (await Catalogue.Runs.FindAsync(run.Id, Cancel))!.State);

        Assert.True(await Catalogue.Runs.GiveUpAsync(run.Id, claimed.Epoch, "its data were withdrawn", SampleSubmissions.Time, Cancel));

        var ended = await Catalogue.Runs.FindAsync(run.Id, Cancel);
        Assert.Equal((RunState.Obsolete, "its data were withdrawn"), (ended!.State, ended.Error));
        Assert.Null(await Catalogue.Runs.ClaimAsync(run.Id, Cancel));
        Assert.Empty(await Catalogue.Runs.UnfinishedAsync(Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Enqueue_New_IsQueuedAndKeepsTheSnapshot()
    {
        var plan = SamplePlans.Of("jobs");
        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(plan), Cancel);
        var a = await Catalogue.Submissions.CommitAsync(SampleSubmissions.Of("a", "2024"), Cancel);
        var b = await Catalogue.Submissions.CommitAsync(SampleSubmissions.Of("b", "2025"), Cancel);
        var snapshot = Snapshot.Of(SampleSubmissions.Project, [b.Submission, a.Submission]);

        var run = await Catalogue.Runs.EnqueueAsync(plan, snapshot, 1, "r-1", SampleSubmissions.Time, Cancel);
        await ReopenAsync();

        var expected = new Run(
            "r-1", "jobs", 1, plan.Organisation, snapshot.Hash, 1, RunState.Queued, RunStage.Waiting, 0, null,
            SampleSubmissions.Time, null);
        Assert.Equal(expected, run);
        Assert.Equal(expected, await Catalogue.Runs.FindAsync("r-1", Cancel));
        Assert.Equal([a.Submission.Id, b.Submission.Id], await Catalogue.Runs.SnapshotSubmissionsAsync(snapshot.Hash, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Enqueue_SameThreeAgain_ReturnsTheFirst()
    {
        var (plan, first) = await QueueAsync(SamplePlans.Of("jobs"));
        var snapshot = await SnapshotAsync("a");

        var again = await Catalogue.Runs.EnqueueAsync(plan, snapshot, 1, "r-2", SampleSubmissions.Time.AddHours(1), Cancel);
        var otherLook = await Catalogue.Runs.EnqueueAsync(plan, snapshot, 2, "r-3", SampleSubmissions.Time, Cancel);
        var otherSnapshot = await Catalogue.Runs.EnqueueAsync(plan, await SnapshotAsync("b"), 1, "r-4", SampleSubmissions.Time, Cancel);

        Assert.Equal(first, again);
        Assert.Equal("r-3", otherLook.Id);
        Assert.Equal("r-4", otherSnapshot.Id);
        Assert.Null(await Catalogue.Runs.FindAsync("r-2", Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Enqueue_EightTimesAtOnce_IsOneRun()
    {
        var plan = SamplePlans.Of("jobs");
        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(plan), Cancel);
        var snapshot = await SnapshotAsync("a");

        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Catalogue.Runs.EnqueueAsync(plan, snapshot, 1, NewRunId(), SampleSubmissions.Time, Cancel), Cancel)));

        Assert.Single(runs.Distinct());
        Assert.Single(await Catalogue.Runs.UnfinishedAsync(Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Enqueue_UnregisteredOrAlteredPlan_IsMisuse()
    {
        var snapshot = await SnapshotAsync("a");
        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(SamplePlans.Of("jobs", seed: 1)), Cancel);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Catalogue.Runs.EnqueueAsync(SamplePlans.Of("other"), snapshot, 1, "r-1", SampleSubmissions.Time, Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Catalogue.Runs.EnqueueAsync(SamplePlans.Of("jobs", seed: 2), snapshot, 1, "r-1", SampleSubmissions.Time, Cancel));
        Assert.Null(await Catalogue.Runs.SnapshotSubmissionsAsync(snapshot.Hash, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task SnapshotSubmissions_EmptyOrUnknown_AreToldApart()
    {
        var plan = SamplePlans.Of("jobs");
        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(plan), Cancel);
        var empty = Snapshot.Of(SampleSubmissions.Project, []);
        await Catalogue.Runs.EnqueueAsync(plan, empty, 1, "r-1", SampleSubmissions.Time, Cancel);

        Assert.Equal([], await Catalogue.Runs.SnapshotSubmissionsAsync(empty.Hash, Cancel));
        Assert.Null(await Catalogue.Runs.SnapshotSubmissionsAsync(SampleSubmissions.Sha256("other"), Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Claim_Again_GivesANewEpochAndFencesTheFirstHolder()
    {
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs"));
        var first = await Catalogue.Runs.ClaimAsync(run.Id, Cancel);
        var second = await Catalogue.Runs.ClaimAsync(run.Id, Cancel);
        Assert.True(second!.Epoch > first!.Epoch);
        Assert.Equal(RunState.Running, second.State);

        await Catalogue.Runs.SetStageAsync(run.Id, first.Epoch, RunStage.Estimating, Cancel);
        Assert.False(await Catalogue.Runs.FailAsync(run.Id, first.Epoch, "late", null, SampleSubmissions.Time, Cancel));
        var late = await Catalogue.Runs.CompleteAsync(
            run.Id, first.Epoch, Result, [SampleReleases.Of("effects/late", plan, run.Id)], SampleSubmissions.Time, Cancel);

        Assert.False(late);
        Assert.Equal(second, await Catalogue.Runs.FindAsync(run.Id, Cancel));
        Assert.Null(await Catalogue.Runs.ResultAsync(run.Id, Cancel));
        Assert.Null(await Catalogue.Releases.FindAsync("effects/late", Disclosure.Audience.Analyst, Cancel));
        Assert.True(await Catalogue.Runs.CompleteAsync(run.Id, second.Epoch, Result, [], SampleSubmissions.Time, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Claim_SucceededOrUnknown_IsNull()
    {
        var (_, run) = await QueueAsync(SamplePlans.Of("jobs"));
        await CompleteAsync(run);

        Assert.Null(await Catalogue.Runs.ClaimAsync(run.Id, Cancel));
        Assert.Null(await Catalogue.Runs.ClaimAsync("r-unknown", Cancel));
        Assert.Equal(RunState.Succeeded, (await Catalogue.Runs.FindAsync(run.Id, Cancel))?.State);
    }

    [Fact(Timeout = Limit)]
    public async Task Complete_UnderTheClaim_StoresResultReleasesAndEnd()
    {
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs"));
        var claimed = await Catalogue.Runs.ClaimAsync(run.Id, Cancel);
        await Catalogue.Runs.SetStageAsync(run.Id, claimed!.Epoch, RunStage.Balancing, Cancel);
        Assert.Equal(RunStage.Balancing, (await Catalogue.Runs.FindAsync(run.Id, Cancel))?.Stage);

        var ended = SampleSubmissions.Time.AddMinutes(3);
        var counts = await Catalogue.Runs.CompleteAsync(
            run.Id, claimed.Epoch, Result, [SampleReleases.Of("effects/one", plan, run.Id)], ended, Cancel);
        await ReopenAsync();

        Assert.True(counts);
        var expected = claimed with { State = RunState.Succeeded, Stage = RunStage.Done, FinishedAt = ended };
        Assert.Equal(expected, await Catalogue.Runs.FindAsync(run.Id, Cancel));
        Assert.Equal(Result, await Catalogue.Runs.ResultAsync(run.Id, Cancel));
        Assert.NotNull(await Catalogue.Releases.FindAsync("effects/one", Disclosure.Audience.Public, Cancel));
        Assert.Empty(await Catalogue.Runs.UnfinishedAsync(Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Complete_Twice_CountsOnce()
    {
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs"));
        var claimed = await Catalogue.Runs.ClaimAsync(run.Id, Cancel);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(
            () => Catalogue.Runs.CompleteAsync(
                run.Id, claimed!.Epoch, new[] { (byte)i }, [SampleReleases.Of($"effects/{i}", plan, run.Id)],
                SampleSubmissions.Time, Cancel),
            Cancel)));

        Assert.Single(answers, a => a);
        var released = Assert.Single(
            await Catalogue.Releases.ListAsync(ReleaseStoreContract.Everything, Disclosure.Audience.Public, null, 10, Cancel));
        var result = await Catalogue.Runs.ResultAsync(run.Id, Cancel);
        Assert.Equal($"effects/{result![0]}", released.Value.Name);
    }

    [Theory(Timeout = Limit)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Complete_WithANameThatIsTaken_StoresNothing(bool takenByAnotherRun)
    {
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs"));
        var (otherPlan, other) = await QueueAsync(SamplePlans.Of("other"));
        if (takenByAnotherRun) await CompleteAsync(other, SampleReleases.Of("effects/taken", otherPlan, other.Id));
        var claimed = await Catalogue.Runs.ClaimAsync(run.Id, Cancel);
        var releases = new[]
        {
            SampleReleases.Of("effects/new", plan, run.Id),
            SampleReleases.Of(takenByAnotherRun ? "effects/taken" : "effects/new", plan, run.Id),
        };

        var refused = await Assert.ThrowsAsync<ReleaseNameTakenException>(
            () => Catalogue.Runs.CompleteAsync(run.Id, claimed!.Epoch, Result, releases, SampleSubmissions.Time, Cancel));

        Assert.Equal(releases[1].Value.Name, refused.Name);
        Assert.Equal(claimed, await Catalogue.Runs.FindAsync(run.Id, Cancel));
        Assert.Null(await Catalogue.Runs.ResultAsync(run.Id, Cancel));
        Assert.Null(await Catalogue.Releases.FindAsync("effects/new", Disclosure.Audience.Analyst, Cancel));
        Assert.True(await Catalogue.Runs.CompleteAsync(run.Id, claimed!.Epoch, Result, [releases[0]], SampleSubmissions.Time, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Fail_UnderTheClaim_IsToldAndMayBeClaimedAgain()
    {
        var (_, run) = await QueueAsync(SamplePlans.Of("jobs"));
        var claimed = await Catalogue.Runs.ClaimAsync(run.Id, Cancel);
        Assert.True(await Catalogue.Runs.FailAsync(run.Id, claimed!.Epoch, "The disk was full.", SampleSubmissions.Time.AddMinutes(1), SampleSubmissions.Time, Cancel));

        var failed = await Catalogue.Runs.FindAsync(run.Id, Cancel);
        Assert.Equal((RunState.Failed, "The disk was full.", SampleSubmissions.Time), (failed!.State, failed.Error, failed.FinishedAt));
        Assert.False(await Catalogue.Runs.CompleteAsync(run.Id, claimed.Epoch, Result, [], SampleSubmissions.Time, Cancel));
        Assert.Equal([run.Id], (await Catalogue.Runs.UnfinishedAsync(Cancel)).Select(r => r.Id));

        var again = await Catalogue.Runs.ClaimAsync(run.Id, Cancel);
        Assert.Equal((RunState.Running, RunStage.Waiting, null, null), (again!.State, again.Stage, again.Error, again.FinishedAt));
    }

    [Fact(Timeout = Limit)]
    public async Task List_InPagesWhileOthersQueue_IsNewestFirstStableAndComplete()
    {
        List<Run> queued = [];
        for (var i = 0; i < 7; i++)
        {
            // Pairs queued at the same moment: the identifier tells them apart.
            queued.Add((await QueueAsync(SamplePlans.Of($"p{i}"), at: SampleSubmissions.Time.AddMinutes(i / 2))).Run);
        }

        List<Run> seen = [];
        while (true)
        {
            var before = seen.Count == 0 ? null : new RunCursor(seen[^1].QueuedAt, seen[^1].Id);
            var page = await Catalogue.Runs.ListAsync(null, null, before, 2, Cancel);
            if (page.Count == 0) break;
            seen.AddRange(page);
            await QueueAsync(SamplePlans.Of($"later{seen.Count}"), at: SampleSubmissions.Time.AddDays(seen.Count));
        }

        Assert.Equal(
            queued.OrderByDescending(r => r.QueuedAt).ThenByDescending(r => r.Id, StringComparer.Ordinal).Select(r => r.Id),
            seen.Select(r => r.Id));
    }

    [Fact(Timeout = Limit)]
    public async Task List_OfOneOrganisationOrPlan_LeavesOutTheOthers()
    {
        var (_, own) = await QueueAsync(SamplePlans.Of("own"));
        var (_, lund) = await QueueAsync(SamplePlans.Of("lund", organisation: SampleSubmissions.Lund));

        Assert.Equal([lund.Id], (await Catalogue.Runs.ListAsync(SampleSubmissions.Lund, null, null, 9, Cancel)).Select(r => r.Id));
        Assert.Equal([own.Id], (await Catalogue.Runs.ListAsync(null, "own", null, 9, Cancel)).Select(r => r.Id));
        Assert.Empty(await Catalogue.Runs.ListAsync(SampleSubmissions.Lund, "own", null, 9, Cancel));
    }
}
