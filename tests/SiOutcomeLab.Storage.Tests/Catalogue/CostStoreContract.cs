using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Economics.Baselines;
using SiOutcomeLab.Economics.Costs;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Catalogue;

public abstract class CostStoreContract : CatalogueContract
{
    private static readonly CostFilter Everything = new(null, null, null, null);
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

        await Assert.ThrowsAsync<ReleaseNameTakenException>(() => Catalogue.Costs.KeepAsync(new KeptCosts(null, [9], release), Cancel));
        await Assert.ThrowsAsync<ReleaseNameTakenException>(
            () => Catalogue.Costs.KeepAsync(new KeptCosts(null, Sums, Of("ips", rate: DiscountRate.None)), Cancel));

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

    private async Task KeepAsync(params Released<ReleasedCosts>[] releases)
    {
        foreach (var release in releases) await Catalogue.Costs.KeepAsync(new KeptCosts(null, Sums, release), Cancel);
    }

    private async Task<IEnumerable<string>> NamesAsync(CostFilter filter, Audience audience) =>
        (await Catalogue.Costs.ListAsync(filter, audience, null, 100, Cancel)).Select(r => r.Value.Name);

    private static Released<ReleasedCosts> Of(
        string method,
        string group = "A1",
        string set = "teaching",
        int year = 2024,
        DataPolicy policy = DataPolicy.Standard,
        DiscountRate? rate = null)
    {
        var level = new PriceLevel(year, "kpi", new BilingualText("konsumentprisindex", "consumer price index"));
        var terms = new CostTerms(set, "register", level, new DateOnly(2026, 6, 1), rate ?? DiscountRate.ThreeAndAHalfPercent, 0.95);
        var costs = new PooledCosts(BaselineKind.TargetGroup, new BaselineScope(method, group, 2), ["a"], terms, [], [], null);
        return new CostGate(Policies.For(policy)).Release(costs, policy);
    }
}
