using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Catalogue;

public abstract class PlanCatalogueContract : CatalogueContract
{
    private static readonly Intervention JobSupport = new(
        SampleSubmissions.Umea, new InterventionCode("job-support"), "ips", new BilingualText("Jobbstöd", "Job support"), 81_250.50m, 2025);

    [Fact(Timeout = Limit)]
    public async Task RegisterIntervention_Twice_ChangesNothing()
    {
        Assert.True(await Catalogue.Plans.TryRegisterInterventionAsync(JobSupport, Cancel));
        Assert.True(await Catalogue.Plans.TryRegisterInterventionAsync(JobSupport, Cancel));
        await ReopenAsync();

        Assert.Equal(JobSupport, await Catalogue.Plans.FindInterventionAsync(JobSupport.Organisation, JobSupport.Code, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task RegisterIntervention_OtherUnderSameCode_IsRefused()
    {
        await Catalogue.Plans.TryRegisterInterventionAsync(JobSupport, Cancel);

        Assert.False(await Catalogue.Plans.TryRegisterInterventionAsync(JobSupport with { CostPerParticipantSek = 1m }, Cancel));
        Assert.True(await Catalogue.Plans.TryRegisterInterventionAsync(JobSupport with { Organisation = SampleSubmissions.Lund }, Cancel));
        Assert.Equal(JobSupport, await Catalogue.Plans.FindInterventionAsync(JobSupport.Organisation, JobSupport.Code, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task ListInterventions_OfOneOrAll_IsByCode()
    {
        var free = new Intervention(
            SampleSubmissions.Lund, new InterventionCode("family"), "mst", new BilingualText("Familj", "Family"), null, null);
        await Catalogue.Plans.TryRegisterInterventionAsync(JobSupport, Cancel);
        await Catalogue.Plans.TryRegisterInterventionAsync(free, Cancel);

        Assert.Equal([free, JobSupport], await Catalogue.Plans.ListInterventionsAsync(null, Cancel));
        Assert.Equal([JobSupport], await Catalogue.Plans.ListInterventionsAsync(SampleSubmissions.Umea, Cancel));
        Assert.Null(await Catalogue.Plans.FindInterventionAsync(SampleSubmissions.Umea, free.Code, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task RegisterPlan_New_KeepsThePlanToTheByte()
    {
        var plan = SamplePlans.Registered(SamplePlans.Of("jobs"));

        await Catalogue.Plans.TryRegisterPlanAsync(plan, Cancel);
        await ReopenAsync();
        var found = await Catalogue.Plans.FindPlanAsync("jobs", Cancel);

        Assert.NotNull(found);
        Assert.Equal(PlanHash.CanonicalJson(plan.Plan), PlanHash.CanonicalJson(found.Plan));
        Assert.Equal(plan, found with { Plan = plan.Plan });
    }

    [Fact(Timeout = Limit)]
    public async Task RegisterPlan_SameAgain_ReturnsTheFirstRegistration()
    {
        var plan = SamplePlans.Of("jobs");
        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(plan, "anna"), Cancel);

        var again = await Catalogue.Plans.TryRegisterPlanAsync(
            SamplePlans.Registered(plan, "bertil", SampleSubmissions.Time.AddDays(1)), Cancel);

        Assert.Equal("anna", again?.RegisteredBy);
        Assert.Equal(SampleSubmissions.Time, again?.RegisteredAt);
    }

    [Fact(Timeout = Limit)]
    public async Task RegisterPlan_OtherUnderSameVersion_IsRefused()
    {
        var first = SamplePlans.Registered(SamplePlans.Of("jobs", seed: 1));
        await Catalogue.Plans.TryRegisterPlanAsync(first, Cancel);

        Assert.Null(await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(SamplePlans.Of("jobs", seed: 2)), Cancel));
        Assert.Equal(first.Hash, (await Catalogue.Plans.FindPlanAsync("jobs", 1, Cancel))?.Hash);
    }

    [Fact(Timeout = Limit)]
    public async Task RegisterPlan_NextVersionByAnotherOrganisation_IsRefused()
    {
        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(SamplePlans.Of("jobs")), Cancel);

        var taken = SamplePlans.Registered(SamplePlans.Of("jobs", 2, SampleSubmissions.Lund));
        Assert.Null(await Catalogue.Plans.TryRegisterPlanAsync(taken, Cancel));
        Assert.Equal(1, (await Catalogue.Plans.FindPlanAsync("jobs", Cancel))?.Plan.Version);
    }

    [Fact(Timeout = Limit)]
    public async Task RegisterPlan_WithAnotherPlansHash_IsMisuse()
    {
        var plan = SamplePlans.Registered(SamplePlans.Of("jobs")) with { Hash = SampleSubmissions.Sha256("other") };

        await Assert.ThrowsAsync<ArgumentException>(() => Catalogue.Plans.TryRegisterPlanAsync(plan, Cancel));
        Assert.Null(await Catalogue.Plans.FindPlanAsync("jobs", Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task FindPlan_SeveralVersions_GivesTheLatestOrTheOneAskedFor()
    {
        foreach (var version in (int[])[1, 2, 10])
        {
            await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(SamplePlans.Of("jobs", version)), Cancel);
        }

        Assert.Equal(10, (await Catalogue.Plans.FindPlanAsync("jobs", Cancel))?.Plan.Version);
        Assert.Equal(2, (await Catalogue.Plans.FindPlanAsync("jobs", 2, Cancel))?.Plan.Version);
        Assert.Null(await Catalogue.Plans.FindPlanAsync("jobs", 3, Cancel));
        Assert.Null(await Catalogue.Plans.FindPlanAsync("other", Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task ListPlans_InPages_GivesEachLatestVersionOnce()
    {
        foreach (var id in (string[])["e", "a", "c", "b", "d"])
        {
            await Catalogue.Plans.TryRegisterPlanAsync(
                SamplePlans.Registered(SamplePlans.Of(id, 1, id == "d" ? SampleSubmissions.Lund : null)), Cancel);
        }

        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(SamplePlans.Of("b", 2)), Cancel);

        var first = await Catalogue.Plans.ListPlansAsync(null, null, 2, Cancel);
        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(SamplePlans.Of("aa")), Cancel);
        var rest = await Catalogue.Plans.ListPlansAsync(null, first[^1].Plan.Id, 10, Cancel);
        var own = await Catalogue.Plans.ListPlansAsync(SampleSubmissions.Lund, null, 10, Cancel);

        Assert.Equal([("a", 1), ("b", 2)], first.Select(p => (p.Plan.Id, p.Plan.Version)));
        Assert.Equal(["c", "d", "e"], rest.Select(p => p.Plan.Id));
        Assert.Equal(["d"], own.Select(p => p.Plan.Id));
    }

    [Fact(Timeout = Limit)]
    public async Task Due_ByDay_LeavesOutTheFutureAndOldVersions()
    {
        var today = new DateOnly(2026, 3, 1);
        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(SamplePlans.Of("today", due: today)), Cancel);
        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(SamplePlans.Of("past", due: today.AddDays(-40))), Cancel);
        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(SamplePlans.Of("future", due: today.AddDays(1))), Cancel);
        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(SamplePlans.Of("amended", due: today)), Cancel);
        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(SamplePlans.Of("amended", 2, due: today.AddDays(9))), Cancel);

        Assert.Equal(["past", "today"], (await Catalogue.Plans.DueAsync(today, Cancel)).Select(p => p.Registered.Plan.Id));
    }

    [Fact(Timeout = Limit)]
    public async Task Due_AfterSuccessOnly_IsNoLongerDue()
    {
        var today = new DateOnly(2026, 3, 1);
        var (_, run) = await QueueAsync(SamplePlans.Of("jobs", due: today));
        Assert.Single(await Catalogue.Plans.DueAsync(today, Cancel));

        var claimed = await Catalogue.Runs.ClaimAsync(run.Id, Cancel);
        await Catalogue.Runs.FailAsync(run.Id, claimed!.Epoch, "The disk was full.", SampleSubmissions.Time, SampleSubmissions.Time, Cancel);
        Assert.Single(await Catalogue.Plans.DueAsync(today, Cancel));

        await CompleteAsync(run);
        Assert.Empty(await Catalogue.Plans.DueAsync(today, Cancel));

        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(SamplePlans.Of("jobs", 2, due: today)), Cancel);
        Assert.Equal(2, Assert.Single(await Catalogue.Plans.DueAsync(today, Cancel)).Registered.Plan.Version);
    }

    [Fact(Timeout = Limit)]
    public async Task Due_WithInterimLooks_GivesTheFirstThatHasNotSucceeded()
    {
        var today = new DateOnly(2026, 3, 1);
        var last = SamplePlans.Of("jobs", due: today);
        var plan = last with { InterimLooks = [new InterimLook(today.AddDays(-30), last.LastIndex.Plus(-1), 0.5)] };
        Assert.Empty(await Catalogue.Plans.DueAsync(today.AddDays(-31), Cancel));
        var (_, first) = await QueueAsync(plan);

        Assert.Equal(1, Assert.Single(await Catalogue.Plans.DueAsync(today.AddDays(-30), Cancel)).Look);
        Assert.Equal(1, Assert.Single(await Catalogue.Plans.DueAsync(today, Cancel)).Look);
        await CompleteAsync(first);

        Assert.Empty(await Catalogue.Plans.DueAsync(today.AddDays(-1), Cancel));
        Assert.Equal(2, Assert.Single(await Catalogue.Plans.DueAsync(today, Cancel)).Look);
    }
}
