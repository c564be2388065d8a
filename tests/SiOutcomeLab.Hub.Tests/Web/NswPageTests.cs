using System.Net;

namespace SiOutcomeLab.Hub.Tests.Web;

/// <summary>What the pages say of the NSW data. The numbers are those that <see cref="NswEvaluationTests"/> holds against R.</summary>
public sealed class NswPageTests(NswHub nsw) : IClassFixture<NswHub>
{
    [Fact]
    public async Task EffectPage_OfTheHeadline_TellsItsNumbersAsReleased()
    {
        var page = await nsw.Hub.PageAsync(await nsw.Hub.EffectPathAsync("nsw-entropy-balancing"));

        const string Table = "Effekten på deltagarna";
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("Arbetsträning och inkomst 1978, entropibalansering", page.Heading);
        Assert.StartsWith("1 273 ", page.Cell(Table, "Skattning"), StringComparison.Ordinal);
        Assert.Equal("185", page.Cell(Table, "Deltagare"));
        Assert.Equal("429", page.Cell(Table, "Jämförelsepersoner"));
        Assert.Contains("Fler personer behövs.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Indikativ:", page.Text, StringComparison.Ordinal);
        Assert.Contains("Retrospektiv:", page.Text, StringComparison.Ordinal);
        Assert.Contains("Jämförelsen är godkänd", page.Text, StringComparison.Ordinal);
        Assert.Contains("open-data-1", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EffectPage_OfTheHeadline_ShowsTheEstimatesBesideAndThePictures()
    {
        var page = await nsw.Hub.PageAsync(await nsw.Hub.EffectPathAsync("nsw-entropy-balancing"));

        const string Table = "Alla skattningar i körningen";
        Assert.StartsWith("1 273 (", page.Cell(Table, "huvudresultat: entropibalansering (denna sida)"), StringComparison.Ordinal);
        Assert.StartsWith("1 214 (", page.Cell(Table, "känslighet: IPW (invers sannolikhetsvägning)"), StringComparison.Ordinal);
        Assert.StartsWith("1 227 (", page.Cell(Table, "känslighet: AIPW (dubbelt robust)"), StringComparison.Ordinal);
        var pictures = page.Root.Descendants().Where(e => e.Name.LocalName == "svg")
            .Select(e => e.Elements().First().Attribute("id")!.Value).ToArray();
        Assert.Equal(
            ["event-study-wide-title", "event-study-narrow-title", "forest-wide-title", "forest-narrow-title", "flow-participants-title",
                "flow-comparison-title", "love-wide-title", "love-narrow-title", "overlap-wide-title", "overlap-narrow-title"], pictures);
        // Balanced on both years before: there the groups do not differ.
        const string Course = "Skillnaden period för period, dollar per period";
        Assert.StartsWith("0 (", page.Cell(Course, "1 år före (görs lika)"), StringComparison.Ordinal);
        Assert.StartsWith("1 273 (", page.Cell(Course, "2 år efter"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EffectPage_StoppedByTheBalanceGate_SaysWhyAndWhatWouldHelp()
    {
        var page = await nsw.Hub.PageAsync(await nsw.Hub.EffectPathAsync("nsw-nearest-neighbour") + "?lang=en");

        Assert.StartsWith("Not estimable.", page.Root.Descendants("p").Single(p => p.Attribute("class")?.Value == "lead").Value,
            StringComparison.Ordinal);
        Assert.Contains("What would help: Choose entropy balancing", page.Text, StringComparison.Ordinal);
        Assert.Contains("1.03 after the groups were made alike", page.Text, StringComparison.Ordinal);
        Assert.Contains("There are no numbers", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("?all=1", 4)]
    [InlineData("?organisation=9901", 2)]
    [InlineData("?organisation=9911", 0)]
    [InlineData("?method=supported-work&status=not-estimable", 1)]
    [InlineData("?measure=earnings_usd_1982&status=estimated&all=1", 3)]
    [InlineData("?measure=employment_months", 0)]
    [InlineData("?plan=nsw-nearest-neighbour", 1)]
    [InlineData("?plan=nsw-entropy-balancing&all=1", 3)]
    [InlineData("?status=withheld", 0)]
    public async Task EffectList_Filtered_ShowsWhatFitsAndKeepsTheQuestion(string query, int expected)
    {
        var page = await nsw.Hub.PageAsync("/effects" + query);

        Assert.Equal(expected, page.Links.Count(l => l.StartsWith("/effects/", StringComparison.Ordinal)));
        if (expected == 0) Assert.Contains("Ingen effekt som du får se passar filtret.", page.Text, StringComparison.Ordinal);
        var form = Assert.Single(page.Root.Descendants("form"));
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')))
        {
            var field = Assert.Single(form.Descendants(), f => f.Attribute("name")?.Value == pair[0]);
            var chosen = field.Name.LocalName == "select" ? field.Elements().Single(o => o.Attribute("selected") is not null) : field;
            Assert.Equal(pair[1], chosen.Attribute("value")!.Value);
        }
    }

    [Fact]
    public async Task EffectList_PageByPage_ShowsEachOnceAndKeepsTheFilter()
    {
        var seen = new List<string>();
        var path = "/effects?all=1&method=supported-work&all=1&size=1&lang=en";
        for (var i = 0; i < 10 && path is not null; i++)
        {
            var page = await nsw.Hub.PageAsync(path);
            seen.AddRange(page.Links.Where(l => l.StartsWith("/effects/", StringComparison.Ordinal)));
            path = page.Root.Descendants("a").SingleOrDefault(a => a.Attribute("rel")?.Value == "next")?.Attribute("href")!.Value;
            if (path is not null) Assert.Contains("method=supported-work&all=1&size=1&", path, StringComparison.Ordinal);
        }

        Assert.Equal(4, seen.Distinct().Count());
        Assert.Equal(4, seen.Count);
    }

    [Fact]
    public async Task PlanPage_TellsWhatIsLockedAndLeadsToItsEffects()
    {
        var page = await nsw.Hub.PageAsync("/plans/nsw-nearest-neighbour");

        Assert.Equal("Arbetsträning och inkomst 1978, närmaste granne", page.Heading);
        Assert.Contains(SiOutcomeLab.Domain.Plans.PlanHash.Of(TestHub.NswPlans().Single(p => p.Id == "nsw-nearest-neighbour")), page.Text,
            StringComparison.Ordinal);
        Assert.Contains("närmaste granne, 1 per deltagare", page.Text, StringComparison.Ordinal);
        Assert.Equal("1979-07-01", page.Cell("Titter på utfallet", "1, den sista"));
        Assert.Contains("/effects?plan=nsw-nearest-neighbour&all=1", page.Links);
        Assert.Equal(HttpStatusCode.OK, (await nsw.Hub.PageAsync("/plans/nsw-nearest-neighbour?version=1")).Status);
    }

    [Theory]
    [InlineData("/effects/no-such-1")]
    [InlineData("/plans/no-such")]
    [InlineData("/plans/nsw-nearest-neighbour?version=2")]
    [InlineData("/plans/nsw-nearest-neighbour?version=x")]
    [InlineData("/nothing")]
    [InlineData("//evil.example/x")]
    public async Task WhatDoesNotExist_IsOneAndTheSamePage(string path)
    {
        var page = await nsw.Hub.PageAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal("Sidan finns inte", page.Heading);
        Assert.DoesNotContain("evil.example", string.Join(' ', page.Links.Where(l => l.StartsWith("//", StringComparison.Ordinal))),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/effects?status=best")]
    [InlineData("/effects?page=x")]
    [InlineData("/plans?size=-1")]
    public async Task AQuestionThatCannotBeRead_IsToldAsThat(string path) =>
        Assert.Equal(
            (HttpStatusCode.BadRequest, "Frågan går inte att läsa"), await nsw.Hub.PageAsync(path) is var p ? (p.Status, p.Heading) : default);
}
