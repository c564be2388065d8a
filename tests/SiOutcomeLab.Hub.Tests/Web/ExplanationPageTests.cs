using System.Diagnostics;
using System.Net;
using System.Xml.Linq;
using Grpc.Core;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Protos.Costs.V1;
using SiOutcomeLab.Protos.Explanations.V1;
using SiOutcomeLab.Protos.Plans.V1;
using SiOutcomeLab.Protos.Runs.V1;
using Role = SiOutcomeLab.Domain.Identity.Role;

namespace SiOutcomeLab.Hub.Tests.Web;

/// <summary>The chain behind an effect as a page: what the call says, to those whom it answers, and to nobody else.</summary>
public sealed class ExplanationPageTests(NswHub nsw) : IClassFixture<NswHub>
{
    private const string Headline = "nsw-entropy-balancing";
    private const string Hostile = "</h1><script>alert(1)</script>\"'&<img src=x onerror=alert(1)>";

    private string Owner => nsw.Owner[0].Value;

    [Theory]
    [InlineData(Headline, 1, "")]
    [InlineData(Headline, 1, "?lang=en")]
    [InlineData(Headline, 2, "?lang=en")]
    [InlineData("nsw-nearest-neighbour", 1, "")]
    public async Task ThePage_SaysWhatTheCallSays_LinkByLink(string plan, int ordinal, string query)
    {
        await KronorAsync(plan);
        var path = await nsw.Hub.EffectPathAsync(plan, ordinal);

        var answer = await Client.ExplainEffectAsync(new ExplainEffectRequest { Name = path[1..] }, nsw.Owner);
        var page = await nsw.Hub.PageAsync(path + "/explain" + query, Owner);

        Assert.Equal((HttpStatusCode.OK, query.Length == 0 ? "sv" : "en"), (page.Status, page.Root.Attribute("lang")!.Value));
        Assert.StartsWith(query.Length == 0 ? "Från rader till kronor: Arbetsträning" : "From rows to kronor: ", page.Heading, StringComparison.Ordinal);
        var sections = page.Root.Descendants("section").ToArray();
        Assert.Equal(answer.Steps.Count, sections.Length);
        foreach (var (step, section) in answer.Steps.Zip(sections))
        {
            var heading = ChainLinks.HeadingOf((ChainLink)step.Link)!;
            Assert.Equal($"{(int)step.Link}. {(query.Length == 0 ? heading.Sv : heading.En)}", section.Element("h2")!.Value);
            Assert.Equal(query.Length == 0 ? step.TextSv : step.TextEn, Told(section));
        }
    }

    [Fact]
    public void TheChain_IsNumberedAsOnTheWire() => Assert.Equal(
        Enum.GetValues<ExplanationLink>().Skip(1).Select(l => ($"{l}", (int)l)), ChainLinks.All.Select(l => ($"{l}", (int)l)));

    [Fact]
    public async Task Kronor_OfTheRun_AreLedToEachByItsName()
    {
        await KronorAsync(Headline);
        var page = await PageAsync(Headline);

        var section = Assert.Single(page.Root.Descendants("section"), s => s.Attribute("aria-labelledby")!.Value == "kronor");
        var links = section.Descendants("a").Select(a => (a.Attribute("href")!.Value, "/" + a.Value)).ToArray();
        Assert.Equal(new CostingOptions().UnitCostSets.Count, links.Length);
        Assert.All(links, l => Assert.Equal(l.Item2, l.Item1));
        foreach (var (href, _) in links) Assert.Equal(HttpStatusCode.OK, (await nsw.Hub.PageAsync(href, Owner)).Status);
    }

    [Fact]
    public async Task Kronor_OfAnEstimateBeside_AreSaidToBeTheHeadlines()
    {
        await KronorAsync(Headline);
        var page = await nsw.Hub.PageAsync(await nsw.Hub.EffectPathAsync(Headline, 2) + "/explain", Owner);

        Assert.Contains("Kronor räknas på körningens huvudresultat", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Inga kronor", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Headline, "")]
    [InlineData(Headline, "?lang=en")]
    [InlineData("nsw-nearest-neighbour", "")]
    public async Task EveryLink_LeadsToAPageThatHasThePart(string plan, string query)
    {
        var page = await PageAsync(plan, query);

        var links = page.Root.Descendants("main").Descendants("a").Select(a => a.Attribute("href")!.Value).ToArray();
        Assert.Contains(links, l => l.EndsWith("#lineage", StringComparison.Ordinal));
        Assert.Contains(links, l => l.EndsWith("#how", StringComparison.Ordinal));
        Assert.Contains(links, l => l.EndsWith("#balance", StringComparison.Ordinal));
        foreach (var link in links.Distinct())
        {
            Assert.Equal(query.Length > 0, link.Contains("lang=en", StringComparison.Ordinal));
            var there = await nsw.Hub.PageAsync(link.Split('#')[0], Owner);
            Assert.True(there.Status == HttpStatusCode.OK, link);
            if (link.Contains('#')) Assert.True(there.Root.Descendants().Attributes("id").Any(i => i.Value == link.Split('#')[1]), link);
        }
    }

    [Fact]
    public async Task WhoMayNot_IsAnsweredAsForAnUnknownName_AndIsNotLedThere()
    {
        var path = await nsw.Hub.EffectPathAsync(Headline);
        string?[] others =
        [
            null, await TokenAsync("9911", Role.Analyst, Role.Submitter), await TokenAsync(TestHub.NswOrganisation, Role.Submitter),
            await TokenAsync(TestHub.NswOrganisation),
        ];

        foreach (var token in others)
        {
            var unseen = await nsw.Hub.PageAsync(path + "/explain", token);
            var nothing = await nsw.Hub.PageAsync("/effects/no-such/explain", token);
            Assert.Equal((HttpStatusCode.NotFound, "Sidan finns inte"), (unseen.Status, unseen.Heading));
            Assert.Equal(nothing.Html.Replace("/effects/no-such", path, StringComparison.Ordinal), unseen.Html);
            Assert.True(unseen.Headers.CacheControl!.NoStore);
            Assert.Null(unseen.Headers.ETag);
            var effect = await nsw.Hub.PageAsync(path, token);
            Assert.Equal(HttpStatusCode.OK, effect.Status);
            Assert.DoesNotContain(effect.Links, l => l.Contains("explain", StringComparison.Ordinal) && !l.Contains("lang=en", StringComparison.Ordinal));
        }

        foreach (var token in new[] { Owner, await TokenAsync("lab", Role.Steward) })
        {
            Assert.Equal(HttpStatusCode.OK, (await nsw.Hub.PageAsync(path + "/explain", token)).Status);
            Assert.Contains(path + "/explain", (await nsw.Hub.PageAsync(path, token)).Links);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await nsw.Hub.PageAsync(path + "/explain", "Bearer nonsense")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await nsw.Hub.PageAsync("/effects/no-such/explain", Owner)).Status);
    }

    [Fact]
    public async Task AnEarlierResult_IsNamedWithTheCommandThatDividesTheChange()
    {
        var plan = PlanMapping.ToWire(TestHub.NswPlans().Single(p => p.Id == Headline));
        plan.Id = "nsw-explained-anew";
        await nsw.Hub.Plans.RegisterPlanAsync(new RegisterPlanRequest { Plan = plan }, nsw.Owner);
        await nsw.Hub.WaitForEffectsAsync(plan.Id, nsw.Owner);
        var first = await nsw.Hub.EffectPathAsync(plan.Id);
        Assert.DoesNotContain("--since", (await nsw.Hub.PageAsync(first + "/explain", Owner)).Text, StringComparison.Ordinal);
        plan.ConfidenceLevel = 0.9;
        await nsw.Hub.Plans.AmendPlanAsync(new AmendPlanRequest { Plan = plan, Reason = "Another level." }, nsw.Owner);
        await nsw.Hub.WaitForEffectsAsync(plan.Id, nsw.Owner, version: 2);
        var second = await nsw.Hub.EffectPathAsync(plan.Id);

        var page = await nsw.Hub.PageAsync(second + "/explain", Owner);
        var section = Assert.Single(page.Root.Descendants("section"), s => s.Attribute("aria-labelledby")!.Value == "since");

        Assert.Equal($"silab effects explain {second[1..]} --since {first[1..]}", section.Descendants("code").Single().Value);
        Assert.Equal((first, first[1..]), section.Descendants("a").Select(a => (a.Attribute("href")!.Value, a.Value)).Single());
        var since = new ExplainEffectRequest { Name = second[1..], SinceEffect = first[1..] };
        Assert.NotNull((await Client.ExplainEffectAsync(since, nsw.Owner)).Change);
        var english = await nsw.Hub.PageAsync(second + "/explain?lang=en", Owner);
        Assert.Contains("The plan has an earlier result: " + first[1..], english.Text, StringComparison.Ordinal);
        // The first has none before it, and what stands beside a headline cannot be asked about.
        foreach (var without in new[] { first, await nsw.Hub.EffectPathAsync(plan.Id, 2) })
        {
            var other = await nsw.Hub.PageAsync(without + "/explain", Owner);
            Assert.Equal(HttpStatusCode.OK, other.Status);
            Assert.DoesNotContain("--since", other.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AHostileTitle_IsShownAsItIs_AndRunsNothing()
    {
        var plan = PlanMapping.ToWire(TestHub.NswPlans().Single(p => p.Id == "nsw-nearest-neighbour"));
        (plan.Id, plan.TitleSv, plan.TitleEn) = ("hostile-explained", Hostile + "\u202E", Hostile);
        await nsw.Hub.Plans.RegisterPlanAsync(new RegisterPlanRequest { Plan = plan }, nsw.Owner);
        await nsw.Hub.WaitForEffectsAsync(plan.Id, nsw.Owner);

        foreach (var path in new[] { await nsw.Hub.EffectPathAsync(plan.Id) + "/explain", "/effects/%3Cscript%3Ealert(1)%3C%2Fscript%3E/explain" })
        {
            var page = await nsw.Hub.PageAsync(path, Owner);
            Assert.Equal(page.Status == HttpStatusCode.OK, page.Heading.Contains(Hostile + "\uFFFD", StringComparison.Ordinal));
            Assert.DoesNotContain(page.Root.Descendants(), e => e.Name.LocalName is "script" or "img");
        }
    }

    [Fact]
    public async Task AskedForAgainOrByHead_ItIsNotSent()
    {
        await KronorAsync(Headline);
        var path = await nsw.Hub.EffectPathAsync(Headline) + "/explain";
        var first = await nsw.Hub.PageAsync(path, Owner);

        var again = await nsw.Hub.PageAsync(path, Owner, first.Headers.ETag!.ToString());
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Head, nsw.Hub.Running.JsonAddress.GetLeftPart(UriPartial.Authority) + path);
        request.Headers.TryAddWithoutValidation("authorization", Owner);
        using var head = await http.SendAsync(request, Cancel.Token);

        Assert.Equal((HttpStatusCode.NotModified, string.Empty), (again.Status, again.Html));
        Assert.Equal((HttpStatusCode.OK, first.ContentHeaders.ContentLength), (head.StatusCode, head.Content.Headers.ContentLength));
        Assert.Equal(first.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancel.Token));
        Assert.True(first.Headers.CacheControl is { Private: true, NoCache: true });
        // Nor does it answer whoever may not.
        Assert.Equal(HttpStatusCode.NotFound, (await nsw.Hub.PageAsync(path, ifNoneMatch: first.Headers.ETag!.ToString())).Status);
    }

    [Fact]
    public async Task SeenOrRefused_ItStandsInTheAuditLogAsItsCall()
    {
        var path = await nsw.Hub.EffectPathAsync(Headline);
        var (other, submitter) = (await TokenAsync("9912", Role.Analyst), await TokenAsync("9912", Role.Submitter));
        var steward = await TokenAsync("lab", Role.Steward);
        foreach (var token in new[] { other, submitter, steward }) await nsw.Hub.PageAsync(path + "/explain", token);
        await nsw.Hub.Running.Catalogue.Audit.FlushAsync(Cancel.Token);

        var entries = (await nsw.Hub.Running.Catalogue.Audit.ListAsync(null, 0, 1000, Cancel.Token)).Select(e => e.Entry)
            .Where(e => e.Call == "/sioutcomelab.explanations.v1.ExplanationService/ExplainEffect").ToArray();

        Assert.Equal([("", "NOT_FOUND"), ("", "PERMISSION_DENIED")],
            entries.Where(e => e.Organisation.Code == "9912").Select(e => (e.Resource, e.Outcome)));
        Assert.Contains((path[1..], "OK"), entries.Where(e => e.Organisation.Code == "lab").Select(e => (e.Resource, e.Outcome)));
    }

    private ExplanationService.ExplanationServiceClient Client => new(nsw.Hub.Channel);

    // A link's paragraph, or its list of kronor, without the links to other pages under it.
    private static string Told(XElement section)
    {
        var told = section.Elements().First(e => e.Name.LocalName is not "h2");
        return told.Name.LocalName == "p" ? told.Value : string.Join(' ', told.Elements("li").Select(l => l.Value));
    }

    private async Task<FetchedPage> PageAsync(string plan, string query = "") =>
        await nsw.Hub.PageAsync(await nsw.Hub.EffectPathAsync(plan) + "/explain" + query, Owner);

    private async Task<string> TokenAsync(string organisation, params Role[] roles) => (await nsw.Hub.HeadersAsync(organisation, roles))[0].Value;

    // Kronor come after the effects, by and by.
    private async Task KronorAsync(string plan)
    {
        var costs = new CostService.CostServiceClient(nsw.Hub.Channel);
        var asked = new ListSavingsRequest { IncludeMissing = true, Filter = new CostFilter { Plan = plan } };
        var waited = Stopwatch.StartNew();
        while ((await costs.ListSavingsAsync(asked, nsw.Owner)).Savings.Count < new CostingOptions().UnitCostSets.Count)
        {
            Assert.True(waited.Elapsed < TestHub.Timeout, "No kronor appeared.");
            await Task.Delay(100, Cancel.Token);
        }
    }
}
