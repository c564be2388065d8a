using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Catalogue;

/// <summary>Drafts, where plans stand, and their end.</summary>
public abstract class PlanLifeContract : CatalogueContract
{
    private static readonly DateOnly Due = new(2026, 3, 1);

    private static readonly PlanClosing Closing = new("No more participants.", "bo", SampleSubmissions.Time.AddDays(3));

    [Fact(Timeout = Limit)]
    public async Task SaveDraft_Twice_KeepsTheLast_AndOtherOrganisationsTheirOwn()
    {
        var draft = Draft("jobs", "{}");
        await Catalogue.Plans.SaveDraftAsync(draft, Cancel);
        await Catalogue.Plans.SaveDraftAsync(draft with { Organisation = SampleSubmissions.Lund, Content = "{\"b\":2}" }, Cancel);
        await Catalogue.Plans.SaveDraftAsync(draft with { Content = "{\"a\":1}", SavedBy = "bo" }, Cancel);
        await ReopenAsync();

        Assert.Equal(draft with { Content = "{\"a\":1}", SavedBy = "bo" }, await Catalogue.Plans.FindDraftAsync(draft.Organisation, "jobs", Cancel));
        Assert.Equal("{\"b\":2}", (await Catalogue.Plans.FindDraftAsync(SampleSubmissions.Lund, "jobs", Cancel))?.Content);
        Assert.Null(await Catalogue.Plans.FindDraftAsync(draft.Organisation, "other", Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task ListDrafts_InPages_GivesTheOrganisationsOwnById()
    {
        foreach (var id in (string[])["c", "a", "b"]) await Catalogue.Plans.SaveDraftAsync(Draft(id, "{}"), Cancel);
        await Catalogue.Plans.SaveDraftAsync(Draft("aa", "{}") with { Organisation = SampleSubmissions.Lund }, Cancel);

        var first = await Catalogue.Plans.ListDraftsAsync(SampleSubmissions.Umea, null, 2, Cancel);
        var rest = await Catalogue.Plans.ListDraftsAsync(SampleSubmissions.Umea, first[^1].Id, 2, Cancel);

        Assert.Equal(["a", "b"], first.Select(d => d.Id));
        Assert.Equal(["c"], rest.Select(d => d.Id));
    }

    [Fact(Timeout = Limit)]
    public async Task DiscardDraft_OfAnother_LeavesIt()
    {
        await Catalogue.Plans.SaveDraftAsync(Draft("jobs", "{}"), Cancel);

        Assert.False(await Catalogue.Plans.TryDiscardDraftAsync(SampleSubmissions.Lund, "jobs", Cancel));
        Assert.NotNull(await Catalogue.Plans.FindDraftAsync(SampleSubmissions.Umea, "jobs", Cancel));
        Assert.True(await Catalogue.Plans.TryDiscardDraftAsync(SampleSubmissions.Umea, "jobs", Cancel));
        Assert.False(await Catalogue.Plans.TryDiscardDraftAsync(SampleSubmissions.Umea, "jobs", Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task RegisterPlan_FromADraft_TakesTheDraftWithIt()
    {
        var draft = Draft("jobs", "{}");
        await Catalogue.Plans.SaveDraftAsync(draft, Cancel);

        Assert.NotNull(await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(SamplePlans.Of("jobs")), draft, Cancel));

        Assert.Null(await Catalogue.Plans.FindDraftAsync(draft.Organisation, "jobs", Cancel));
        Assert.NotNull(await Catalogue.Plans.FindPlanAsync("jobs", Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task RegisterPlan_FromADraftSavedAnew_RegistersNothing()
    {
        var draft = Draft("jobs", "{}");
        await Catalogue.Plans.SaveDraftAsync(draft with { Content = "{\"a\":1}" }, Cancel);

        await Assert.ThrowsAsync<DraftChangedException>(() =>
            Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(SamplePlans.Of("jobs")), draft, Cancel));

        Assert.Null(await Catalogue.Plans.FindPlanAsync("jobs", Cancel));
        Assert.NotNull(await Catalogue.Plans.FindDraftAsync(draft.Organisation, "jobs", Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task State_FollowsLooksAndRuns()
    {
        var plan = SamplePlans.Of("jobs", due: Due);
        plan = plan with { InterimLooks = [new InterimLook(Due.AddDays(-30), plan.LastIndex.Plus(-1), 0.5)] };
        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(plan), Cancel);
        Assert.Equal(PlanState.Registered, await StateAsync());

        var (_, first) = await QueueAsync(plan);
        Assert.Equal(PlanState.Running, await StateAsync());

        await CompleteAsync(first);
        Assert.Equal(PlanState.Interim, await StateAsync());

        var final = await Catalogue.Runs.EnqueueAsync(plan, await SnapshotAsync("b"), 2, NewRunId(), SampleSubmissions.Time, Cancel);
        Assert.Equal(PlanState.Interim, await StateAsync());
        await CompleteAsync(final);
        Assert.Equal(PlanState.Final, await StateAsync());

        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(plan with { Version = 2 }), Cancel);
        Assert.Equal(PlanState.Registered, await StateAsync());
        Assert.Equal(PlanState.Replaced, (await Catalogue.Plans.FindStandingAsync("jobs", 1, Cancel))?.State);

        async Task<PlanState?> StateAsync()
        {
            var listed = Assert.Single(await Catalogue.Plans.ListStandingsAsync(null, null, null, 10, Cancel)).State;
            Assert.Equal(listed, (await Catalogue.Plans.FindStandingAsync("jobs", null, Cancel))?.State);
            return listed;
        }
    }

    [Fact(Timeout = Limit)]
    public async Task State_AfterARunThatIsObsolete_IsRegisteredAgain()
    {
        var (_, run) = await QueueAsync(SamplePlans.Of("jobs"));
        var claimed = await Catalogue.Runs.ClaimAsync(run.Id, Cancel);
        await Catalogue.Runs.GiveUpAsync(run.Id, claimed!.Epoch, "Its data were taken back.", SampleSubmissions.Time, Cancel);

        Assert.Equal(PlanState.Registered, (await Catalogue.Plans.FindStandingAsync("jobs", null, Cancel))?.State);
    }

    [Fact(Timeout = Limit)]
    public async Task ListStandings_InAState_PagesOverThoseAlone()
    {
        foreach (var id in (string[])["a", "b", "c", "d"]) await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(SamplePlans.Of(id)), Cancel);
        foreach (var id in (string[])["a", "c", "d"]) await Catalogue.Plans.TryCloseAsync(id, Closing, Cancel);

        var first = await Catalogue.Plans.ListStandingsAsync(null, PlanState.Closed, null, 2, Cancel);
        var rest = await Catalogue.Plans.ListStandingsAsync(null, PlanState.Closed, first[^1].Registered.Plan.Id, 2, Cancel);

        Assert.Equal(["a", "c"], first.Select(p => p.Registered.Plan.Id));
        Assert.Equal(["d"], rest.Select(p => p.Registered.Plan.Id));
        Assert.Equal(["b"], (await Catalogue.Plans.ListStandingsAsync(null, PlanState.Registered, null, 9, Cancel)).Select(p => p.Registered.Plan.Id));
        Assert.Empty(await Catalogue.Plans.ListStandingsAsync(SampleSubmissions.Lund, PlanState.Closed, null, 9, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Close_Plan_EndsItsRunsAndItsDueLooks_AndKeepsTheFirstReason()
    {
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs", due: Due));
        var claimed = await Catalogue.Runs.ClaimAsync(run.Id, Cancel);

        Assert.True(await Catalogue.Plans.TryCloseAsync("jobs", Closing, Cancel));
        Assert.True(await Catalogue.Plans.TryCloseAsync("jobs", Closing with { Reason = "Another." }, Cancel));

        Assert.Equal((PlanState.Closed, Closing), ((await Catalogue.Plans.FindStandingAsync("jobs", null, Cancel)) is { } s ? (s.State, s.Closing) : default));
        Assert.Empty(await Catalogue.Plans.DueAsync(Due, Cancel));
        Assert.False(await Catalogue.Runs.CompleteAsync(run.Id, claimed!.Epoch, new byte[] { 1 }, [], SampleSubmissions.Time, Cancel));
        Assert.Equal(RunState.Obsolete, (await Catalogue.Runs.FindAsync(run.Id, Cancel))?.State);
        var late = await Catalogue.Runs.EnqueueAsync(plan, await SnapshotAsync("b"), 1, NewRunId(), SampleSubmissions.Time, Cancel);
        Assert.Null(await Catalogue.Runs.ClaimAsync(late.Id, Cancel));
        Assert.Empty(await Catalogue.Runs.UnfinishedAsync(Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Close_Plan_LeavesWhatSucceeded()
    {
        var (_, run) = await QueueAsync(SamplePlans.Of("jobs"));
        await CompleteAsync(run);

        await Catalogue.Plans.TryCloseAsync("jobs", Closing, Cancel);

        Assert.Equal(RunState.Succeeded, (await Catalogue.Runs.FindAsync(run.Id, Cancel))?.State);
        Assert.NotNull(await Catalogue.Runs.ResultAsync(run.Id, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task RegisterPlan_OfAClosedPlan_IsRefused_AndTheSameAgainIsNot()
    {
        var plan = SamplePlans.Registered(SamplePlans.Of("jobs"));
        await Catalogue.Plans.TryRegisterPlanAsync(plan, Cancel);
        await Catalogue.Plans.TryCloseAsync("jobs", Closing, Cancel);

        await Assert.ThrowsAsync<PlanClosedException>(() =>
            Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(SamplePlans.Of("jobs", 2)), Cancel));
        Assert.NotNull(await Catalogue.Plans.TryRegisterPlanAsync(plan, Cancel));
        Assert.Equal(1, (await Catalogue.Plans.FindPlanAsync("jobs", Cancel))?.Plan.Version);
    }

    [Fact(Timeout = Limit)]
    public async Task Close_UnknownPlan_IsTold() => Assert.False(await Catalogue.Plans.TryCloseAsync("nothing", Closing, Cancel));

    [Fact(Timeout = Limit)]
    public async Task AlphaEntries_OfAQuestion_AddUpToWhatOthersSpent()
    {
        var first = await SpendAsync(SamplePlans.Of("jobs"), 0.01);
        var second = await SpendAsync(SamplePlans.Of("jobs", 2), 0.02);
        await SpendAsync(SamplePlans.Of("work"), 0.004);
        await SpendAsync(SamplePlans.Of("other", measure: "days"), 0.03);
        await SpendAsync(SamplePlans.Of("elsewhere", organisation: SampleSubmissions.Lund), 0.006);
        await SpendAsync(SamplePlans.Of("another") with { Intervention = new("fft") }, 0.007);
        var late = await SpendAsync(SamplePlans.Of("late"), 0.005, PlanTiming.Retrospective);

        var entries = await Catalogue.Runs.AlphaEntriesAsync(second, Cancel);

        Assert.Equal(
            [new AlphaEntry("jobs", 1, 1, 0.01), new AlphaEntry("jobs", 2, 1, 0.02), new AlphaEntry("work", 1, 1, 0.004)], entries);
        Assert.Equal(0.014, await Catalogue.Runs.SpentElsewhereAsync(second, Cancel), 1e-15);
        Assert.Equal(0.024, await Catalogue.Runs.SpentElsewhereAsync(first, Cancel), 1e-15);
        // What came after its data decides nothing: it neither costs the others nor they it.
        Assert.Equal(0, await Catalogue.Runs.SpentElsewhereAsync(late, Cancel));
        Assert.Equal(["late"], (await Catalogue.Runs.AlphaEntriesAsync(late, Cancel)).Select(e => e.PlanId));
    }

    // The same look again, on data that have changed: the error was spent when it was first looked.
    [Fact(Timeout = Limit)]
    public async Task AlphaEntries_OfALookMadeAgain_AreSpentOnce()
    {
        var plan = await SpendAsync(SamplePlans.Of("jobs"), 0.01);
        var again = await Catalogue.Runs.EnqueueAsync(plan.Plan, await SnapshotAsync("again"), 1, NewRunId(), SampleSubmissions.Time, Cancel);
        var claimed = await Catalogue.Runs.ClaimAsync(again.Id, Cancel);
        Assert.True(await Catalogue.Runs.CompleteAsync(
            again.Id, claimed!.Epoch, new byte[] { 2 }, [], SampleSubmissions.Time, Cancel, new AlphaSpent(plan.Plan, 1, 0.01)));

        Assert.Equal([new AlphaEntry("jobs", 1, 1, 0.01)], await Catalogue.Runs.AlphaEntriesAsync(plan, Cancel));
    }

    private async Task<RegisteredPlan> SpendAsync(EvaluationPlan plan, double spent, PlanTiming timing = PlanTiming.Prospective)
    {
        var registered = SamplePlans.Registered(plan) with { Timing = timing };
        await Catalogue.Plans.TryRegisterPlanAsync(registered, Cancel);
        var run = await Catalogue.Runs.EnqueueAsync(
            plan, await SnapshotAsync($"{plan.Id}-{plan.Version}"), 1, NewRunId(), SampleSubmissions.Time, Cancel);
        var claimed = await Catalogue.Runs.ClaimAsync(run.Id, Cancel);
        await Catalogue.Runs.CompleteAsync(
            run.Id, claimed!.Epoch, new byte[] { 1 }, [], SampleSubmissions.Time, Cancel, new AlphaSpent(plan, 1, spent));
        return registered;
    }

    private static PlanDraft Draft(string id, string content) => new(SampleSubmissions.Umea, id, content, "anna", SampleSubmissions.Time);
}
