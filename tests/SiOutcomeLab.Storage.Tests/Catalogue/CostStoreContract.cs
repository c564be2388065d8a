using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Economics.Costs;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Catalogue;

public abstract class CostStoreContract : CatalogueContract
{
    private static readonly CostFilter Everything = new();
    private static readonly byte[] Sums = [1, 2, 3];

    [Fact(Timeout = Limit)]
    public async Task Find_Kept_IsTheReleaseToTheByteAndTheSumsStayBeside()
    {
        var (_, run) = await QueueAsync(SamplePlans.Of("jobs"));
        var release = Of("ips");
        await Catalogue.Costs.KeepAsync(new KeptCosts(run.Id, Sums, release), Cancel);
        await ReopenAsync();

        var found = await Catalogue.Costs.FindAsync(release.Value.Name, Audience.Analyst, Cancel);

        Assert.Equal(CostReleaseCodec.Encode(release), CostReleaseCodec.Encode(found!));
        Assert.Equal(Sums, await Catalogue.Costs.SummaryAsync(release.Value.Name, Cancel));
        Assert.Null(await Catalogue.Costs.SummaryAsync("costs/absent", Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Find_ByAudience_ShowsThePublicItsOwnOnly()
    {
        var (inside, open) = (Of("ips"), Of("mst", policy: DataPolicy.OpenData));
        await KeepAsync(inside, open);

        Assert.Null(await Catalogue.Costs.FindAsync(inside.Value.Name, Audience.Public, Cancel));
        Assert.NotNull(await Catalogue.Costs.FindAsync(open.Value.Name, Audience.Public, Cancel));
        Assert.Equal([open.Value.Name], await NamesAsync(Everything, Audience.Public));
        Assert.Equal([inside.Value.Name, open.Value.Name], await NamesAsync(Everything, Audience.Analyst));
    }

    [Fact(Timeout = Limit)]
    public async Task Keep_Twice_ChangesNothingAndRefusesAnother()
    {
        var release = Of("ips");
        await KeepAsync(release, release);

        await Assert.ThrowsAsync<ReleaseNameTakenException>(() => Catalogue.Costs.KeepPoolAsync(PoolOf(release) with { Costs = [([9], release)] }, Cancel));
        await Assert.ThrowsAsync<ReleaseNameTakenException>(
            () => Catalogue.Costs.KeepPoolAsync(PoolOf(Of("ips", policy: DataPolicy.OpenData)), Cancel));

        Assert.Equal(Sums, await Catalogue.Costs.SummaryAsync(release.Value.Name, Cancel));
        Assert.Single(await NamesAsync(Everything, Audience.Analyst));
    }

    [Fact(Timeout = Limit)]
    public async Task List_Filtered_GivesWhatMatchesPageByPage()
    {
        var (a, b, c) = (Of("ips"), Of("ips", group: "B3"), Of("mst", set: "full-cost", year: 2023));
        await KeepAsync(a, b, c);

        Assert.Equal([a.Value.Name, b.Value.Name], await NamesAsync(Everything with { Subject = "ips" }, Audience.Analyst));
        Assert.Equal([b.Value.Name], await NamesAsync(Everything with { MunicipalityGroup = "B3" }, Audience.Analyst));
        Assert.Equal([c.Value.Name], await NamesAsync(Everything with { UnitCostSet = "full-cost" }, Audience.Analyst));
        Assert.Equal([c.Value.Name], await NamesAsync(Everything with { PriceYear = 2023 }, Audience.Analyst));
        var page = await Catalogue.Costs.ListAsync(Everything, Audience.Analyst, a.Value.Name, 1, Cancel);
        Assert.Equal([b.Value.Name], page.Select(p => p.Value.Name));
    }

    [Fact(Timeout = Limit)]
    public async Task List_OfRuns_ShowsThePlansCurrentRunAndItsLatestTerms()
    {
        var (plan, first) = await QueueAsync(SamplePlans.Of("jobs"), "a");
        var (_, second) = await QueueAsync(plan, "b");
        await CompleteAsync(first);
        await KeepAsync(SampleCosts.Of("costs/1-old", plan, first.Id, rate: DiscountRate.None), first.Id);
        await KeepAsync(SampleCosts.Of("costs/1-new", plan, first.Id), first.Id);
        await KeepAsync(SampleCosts.Of("costs/1-other", plan, first.Id, set: "full-cost"), first.Id);
        Assert.Equal(["costs/1-new", "costs/1-other"], await NamesAsync(Everything, Audience.Analyst));

        await CompleteAsync(second);
        Assert.Empty(await NamesAsync(Everything, Audience.Analyst));
        Assert.NotNull(await Catalogue.Costs.FindAsync("costs/1-new", Audience.Analyst, Cancel));

        await KeepAsync(SampleCosts.Of("costs/2", plan, second.Id), second.Id);
        Assert.Equal(["costs/2"], await NamesAsync(Everything, Audience.Analyst));
    }

    [Fact(Timeout = Limit)]
    public async Task OfRun_AnEarlierRun_GivesAllItsKronorAndWhichStand()
    {
        var (plan, first) = await QueueAsync(SamplePlans.Of("jobs"), "a");
        var (_, second) = await QueueAsync(plan, "b");
        await KeepAsync(SampleCosts.Of("costs/1-old", plan, first.Id, rate: DiscountRate.None), first.Id);
        await KeepAsync(SampleCosts.Of("costs/1-new", plan, first.Id), first.Id);
        await KeepAsync(SampleCosts.Of("costs/1-other", plan, first.Id, set: "full-cost"), first.Id);
        await KeepAsync(SampleCosts.Of("costs/2", plan, second.Id), second.Id);
        await CompleteAsync(first);
        await CompleteAsync(second);

        var found = await Catalogue.Costs.OfRunAsync(first.Id, Audience.Analyst, Cancel);

        Assert.Equal([("costs/1-new", true), ("costs/1-old", false), ("costs/1-other", true)], found.Select(f => (f.Release.Value.Name, f.Stands)));
        Assert.Empty(await Catalogue.Costs.OfRunAsync(first.Id, Audience.Public, Cancel));
        Assert.Empty(await Catalogue.Costs.OfRunAsync("absent", Audience.Analyst, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task List_ByPlanAndPart_GivesWhatMatches()
    {
        var (jobs, a) = await QueueAsync(SamplePlans.Of("jobs"), "a");
        var (school, b) = await QueueAsync(SamplePlans.Of("school", organisation: SampleSubmissions.Lund, measure: "placement_days"), "b");
        await CompleteAsync(a);
        await CompleteAsync(b);
        await KeepAsync(SampleCosts.Of("costs/jobs", jobs, a.Id, parts: [CostPart.TargetGroup]), a.Id);
        await KeepAsync(
            SampleCosts.Of("costs/school", school, b.Id, method: "skolfam", years: 2, parts: [CostPart.Counterfactual, CostPart.Saving]), b.Id);

        foreach (var filter in new[]
        {
            Everything with { Subject = "school" },
            Everything with { Organisation = SampleSubmissions.Lund.Code },
            Everything with { Method = "skolfam" },
            Everything with { Measure = "placement_days" },
            Everything with { HorizonYears = 2 },
            Everything with { Part = CostPart.Counterfactual },
            Everything with { Part = CostPart.Saving },
        })
        {
            Assert.Equal(["costs/school"], await NamesAsync(filter, Audience.Analyst));
        }

        // A pool is nobody's plan.
        await KeepAsync(Of("ips", kind: BaselineKind.Counterfactual));
        Assert.Equal(["costs/jobs", "costs/school"], await NamesAsync(Everything with { Part = CostPart.Plan }, Audience.Analyst));
        Assert.Equal(3, (await NamesAsync(Everything, Audience.Analyst)).Count());

        Assert.Equal(["costs/jobs"], await NamesAsync(Everything with { Part = CostPart.TargetGroup }, Audience.Analyst));
    }

    [Fact(Timeout = Limit)]
    public async Task Missing_CurrentRuns_UntilKeptOnTheseTerms()
    {
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs"), "a");
        Assert.Empty(await Catalogue.Costs.MissingAsync("00000000", 5, Cancel));
        await CompleteAsync(run);
        var release = SampleCosts.Of("costs/1", plan, run.Id);
        var mark = release.Value.Terms.Mark;
        Assert.Equal([run.Id], await Catalogue.Costs.MissingAsync(mark, 5, Cancel));

        Assert.True(await Catalogue.Costs.BeginAsync(run.Id, mark, 5, Cancel));
        Assert.Equal([run.Id], await Catalogue.Costs.MissingAsync(mark, 5, Cancel));
        await KeepAsync(release, run.Id);

        Assert.Empty(await Catalogue.Costs.MissingAsync(mark, 5, Cancel));
        Assert.False(await Catalogue.Costs.BeginAsync(run.Id, mark, 5, Cancel));
        // Other unit costs, price level or rate: the same run is missing once more.
        Assert.Equal([run.Id], await Catalogue.Costs.MissingAsync("00000000", 5, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Missing_BegunTooOften_IsLeftOut()
    {
        var (_, run) = await QueueAsync(SamplePlans.Of("jobs"), "a");
        await CompleteAsync(run);

        Assert.True(await Catalogue.Costs.BeginAsync(run.Id, "00000000", 2, Cancel));
        Assert.True(await Catalogue.Costs.BeginAsync(run.Id, "00000000", 2, Cancel));
        Assert.False(await Catalogue.Costs.BeginAsync(run.Id, "00000000", 2, Cancel));
        Assert.Empty(await Catalogue.Costs.MissingAsync("00000000", 2, Cancel));

        await Catalogue.Costs.GiveUpAsync(run.Id, "11111111", 2, Cancel);
        Assert.Empty(await Catalogue.Costs.MissingAsync("11111111", 2, Cancel));
        Assert.Equal([run.Id], await Catalogue.Costs.MissingAsync("22222222", 2, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Restart_GivenUp_IsMissingAgainWithEveryTry()
    {
        var (_, run) = await QueueAsync(SamplePlans.Of("jobs"), "a");
        await CompleteAsync(run);
        await Catalogue.Costs.GiveUpAsync(run.Id, "00000000", 2, Cancel);
        await Catalogue.Costs.GiveUpAsync(run.Id, "11111111", 2, Cancel);

        Assert.Equal([run.Id], await Catalogue.Costs.GivenUpAsync([run.Id, "nobodys"], "00000000", 2, Cancel));
        Assert.Empty(await Catalogue.Costs.GivenUpAsync(["nobodys"], "00000000", 2, Cancel));
        Assert.Empty(await Catalogue.Costs.GivenUpAsync([run.Id], "22222222", 2, Cancel));
        Assert.Empty(await Catalogue.Costs.GivenUpAsync([], "00000000", 2, Cancel));
        Assert.True(await Catalogue.Costs.RestartAsync(run.Id, "00000000", 2, Cancel));
        Assert.Empty(await Catalogue.Costs.GivenUpAsync([run.Id], "00000000", 2, Cancel));

        Assert.Equal([run.Id], await Catalogue.Costs.MissingAsync("00000000", 2, Cancel));
        Assert.Empty(await Catalogue.Costs.MissingAsync("11111111", 2, Cancel));
        Assert.True(await Catalogue.Costs.BeginAsync(run.Id, "00000000", 2, Cancel));
        Assert.True(await Catalogue.Costs.BeginAsync(run.Id, "00000000", 2, Cancel));
        Assert.False(await Catalogue.Costs.BeginAsync(run.Id, "00000000", 2, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Restart_KeptUnderWayOrReplaced_ChangesNothing()
    {
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs"), "a");
        await CompleteAsync(run);
        Assert.False(await Catalogue.Costs.RestartAsync("nobodys", "00000000", 2, Cancel));

        // May still be begun: its tries are not counted anew.
        Assert.True(await Catalogue.Costs.BeginAsync(run.Id, "00000000", 2, Cancel));
        Assert.False(await Catalogue.Costs.RestartAsync(run.Id, "00000000", 2, Cancel));
        Assert.Empty(await Catalogue.Costs.GivenUpAsync([run.Id], "00000000", 2, Cancel));
        Assert.True(await Catalogue.Costs.BeginAsync(run.Id, "00000000", 2, Cancel));
        Assert.False(await Catalogue.Costs.BeginAsync(run.Id, "00000000", 2, Cancel));

        // The last try that it had has come to an end after all.
        var release = SampleCosts.Of("costs/1", plan, run.Id);
        await Catalogue.Costs.GiveUpAsync(run.Id, release.Value.Terms.Mark, 2, Cancel);
        await KeepAsync(release, run.Id);
        Assert.False(await Catalogue.Costs.RestartAsync(run.Id, release.Value.Terms.Mark, 2, Cancel));
        Assert.Empty(await Catalogue.Costs.GivenUpAsync([run.Id], release.Value.Terms.Mark, 2, Cancel));

        var (_, next) = await QueueAsync(plan, "b");
        await CompleteAsync(next);
        Assert.False(await Catalogue.Costs.RestartAsync(run.Id, "00000000", 2, Cancel));
        Assert.Empty(await Catalogue.Costs.GivenUpAsync([run.Id], "00000000", 2, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Standing_OfARunsData_FollowsThem()
    {
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs"), "a");
        await CompleteAsync(run);
        await KeepAsync(SampleCosts.Of("costs/1", plan, run.Id), run.Id);
        Assert.Equal(DataStanding.Current, (await Catalogue.Costs.StandingAsync(["costs/1", "costs/absent"], Cancel))["costs/1"]);

        var read = (await Catalogue.Submissions.InSnapshotAsync(run.SnapshotHash, Cancel))!.Single();
        await Catalogue.Submissions.WithdrawAsync(read.Organisation, read.Id, SampleSubmissions.Time, Cancel);

        Assert.Equal(DataStanding.Withdrawn, (await Catalogue.Costs.StandingAsync(["costs/1"], Cancel))["costs/1"]);
    }

    [Fact(Timeout = Limit)]
    public async Task KeepPool_Again_IsWhatStandsAndTheOldCanBeFoundByName()
    {
        var snapshot = await SnapshotAsync("a");
        var (group, without, later) = (Of("ips"), Of("ips", kind: BaselineKind.Counterfactual), Of("ips", inputs: '8'));
        Assert.Empty(await Catalogue.Costs.PoolsAsync(Cancel));
        var first = PoolOf(group, snapshot) with { Costs = [(Sums, group), (Sums, without)] };
        await Catalogue.Costs.KeepPoolAsync(first, Cancel);
        await Catalogue.Costs.KeepPoolAsync(first, Cancel);
        Assert.Equal(new CostPoolStamp("one", snapshot.Hash), (await Catalogue.Costs.PoolsAsync(Cancel))[first.Key.Canonical]);
        Assert.Equal([without.Value.Name, group.Value.Name], await NamesAsync(Everything, Audience.Analyst));

        // Another project's pool of the same method and group stands by itself.
        var elsewhere = await SnapshotAsync("b");
        await Catalogue.Costs.KeepPoolAsync(PoolOf(Of("ips", inputs: '9'), elsewhere), Cancel);
        // Made anew, without the counterfactual's.
        await Catalogue.Costs.KeepPoolAsync(PoolOf(later, snapshot, "two"), Cancel);

        Assert.Equal([later.Value.Name, Of("ips", inputs: '9').Value.Name], await NamesAsync(Everything, Audience.Analyst));
        Assert.NotNull(await Catalogue.Costs.FindAsync(without.Value.Name, Audience.Analyst, Cancel));
        Assert.Equal(["one", "two"], (await Catalogue.Costs.PoolsAsync(Cancel)).Values.Select(p => p.InputsHash).Order());

        // One of which nothing came is noted, so that it is not due for ever.
        await Catalogue.Costs.KeepPoolAsync(PoolOf(later, snapshot, "three") with { Costs = [] }, Cancel);
        Assert.Equal("three", (await Catalogue.Costs.PoolsAsync(Cancel))[first.Key.Canonical].InputsHash);
        Assert.Single(await NamesAsync(Everything, Audience.Analyst));
    }

    [Fact(Timeout = Limit)]
    public async Task Standing_OfAPoolsData_FollowsThem()
    {
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs"), "b");
        await CompleteAsync(run);
        await KeepAsync(SampleCosts.Of("costs/1", plan, run.Id), run.Id);
        var snapshot = await SnapshotAsync("a");
        var pool = Of("ips");
        await Catalogue.Costs.KeepPoolAsync(PoolOf(pool, snapshot), Cancel);
        string[] names = ["costs/1", pool.Value.Name, "costs/absent"];
        Assert.Equal([DataStanding.Current, DataStanding.Current], await StandingAsync());

        var read = snapshot.Submissions[0];
        await Catalogue.Submissions.WithdrawAsync(read.Organisation, read.Id, SampleSubmissions.Time, Cancel);

        Assert.Equal([DataStanding.Current, DataStanding.Withdrawn], await StandingAsync());

        async Task<DataStanding[]> StandingAsync()
        {
            var told = await Catalogue.Costs.StandingAsync(names, Cancel);
            Assert.Equal(2, told.Count);
            return [told[names[0]], told[names[1]]];
        }
    }

    private Task KeepAsync(Released<ReleasedCosts> release, string runId) =>
        Catalogue.Costs.KeepAsync(new KeptCosts(runId, Sums, release), Cancel);

    private async Task KeepAsync(params Released<ReleasedCosts>[] releases)
    {
        foreach (var release in releases) await Catalogue.Costs.KeepPoolAsync(PoolOf(release), Cancel);
    }

    private static KeptCostPool PoolOf(Released<ReleasedCosts> release, Snapshot? snapshot = null, string inputs = "one")
    {
        var c = release.Value;
        var project = snapshot?.Project ?? SampleSubmissions.Project;
        return new KeptCostPool(
            new CostPoolKey(project, c.Subject, c.MunicipalityGroup!, c.HorizonYears, c.Terms.UnitCostSet, c.Terms.PriceLevel.Year),
            inputs,
            snapshot ?? Snapshot.Of(project, []),
            SampleSubmissions.Time,
            [(Sums, release)]);
    }

    private async Task<IEnumerable<string>> NamesAsync(CostFilter filter, Audience audience) =>
        (await Catalogue.Costs.ListAsync(filter, audience, null, 100, Cancel)).Select(r => r.Value.Name);

    private static Released<ReleasedCosts> Of(
        string method,
        string group = "A1",
        string set = "teaching",
        int year = 2024,
        DataPolicy policy = DataPolicy.Standard,
        BaselineKind kind = BaselineKind.TargetGroup,
        char inputs = '7') => SampleCosts.Pool(method, group, set, year, policy, kind, inputs);
}
