using System.Globalization;
using System.Net;
using System.Xml.Linq;
using SiOutcomeLab.Hub.Tests.Benchmarks;
using SiOutcomeLab.Hub.Web.Markup;
using Role = SiOutcomeLab.Domain.Identity.Role;

namespace SiOutcomeLab.Hub.Tests.Web;

/// <summary>What the pages say of a method over municipalities, and to whom.</summary>
public sealed class BenchmarkPageTests(BenchmarkHub world) : IClassFixture<BenchmarkHub>
{
    private const string Municipalities = "Effekt och 95 % intervall, månader";
    private const string Numbers = "Kommunerna sammanvägda";

    [Fact]
    public async Task BenchmarkPage_Pooled_TellsItInWordsNumbersAndPictures()
    {
        var page = await PageAsync(world.Pooled);

        Assert.Equal("ips: Månader med lön från arbete, sammanlagt över 4 kvartal efter starten", page.Heading);
        Assert.StartsWith("Bättre. Sammanvägt över 5 kommuner.", Lead(page), StringComparison.Ordinal);
        Assert.Contains("En ny liknande kommun kan vänta sig en effekt", page.Text, StringComparison.Ordinal);
        Assert.Equal("5", page.Cell(Numbers, "Kommuner"));
        Assert.Equal("455", page.Cell(Numbers, "Deltagare"));
        Assert.EndsWith(" månader", page.Cell(Numbers, "Väntat i en ny kommun, 95 %"), StringComparison.Ordinal);
        Assert.StartsWith("2,10 (0,73 till 3,47)", page.Cell(Municipalities, "Malmö", 1), StringComparison.Ordinal);
        Assert.Matches(@"^1,\d\d \(\d,\d\d till \d,\d\d\)$", page.Cell(Municipalities, "Malmö", 3));
        Assert.Matches(@"^sannolikhet \d\d %$", page.Cell(Municipalities, "Malmö", 4));
        Assert.Matches(@"^\d+,\d\d \(", page.Cell("Medlet utan en kommun i taget, månader", "Malmö"));
        Assert.Equal("0,01", page.Cell("Skillnad mellan grupperna före starten, medel över kommunerna, i standardavvikelser",
            "Födelseår, 1 kvartal före start", 2));
        Assert.Contains("Knivsta: har inte tillåtit sammanvägning", page.Text, StringComparison.Ordinal);
        Assert.Equal(["forest-wide", "forest-narrow", "funnel-wide", "funnel-narrow", "love-wide", "love-narrow"], Pictures(page));
        Assert.Contains("Väntat i en ny kommun", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("krympt", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("rang", page.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task BenchmarkPage_WithAMunicipalityThatMayNotBeShown_HoldsNoNumberOfIt()
    {
        var page = await PageAsync(world.Pooled);

        const string Row = "Upplands Väsby (inte med i medlet)";
        Assert.Equal("visas inte: vilar på för få personer", page.Cell(Municipalities, Row));
        Assert.Equal("visas inte: vilar på för få personer", page.Cell(Municipalities, Row, 2));
        Assert.Equal(["ingen", "ingen", "ingen"], [page.Cell(Municipalities, Row, 3), page.Cell(Municipalities, Row, 4),
            page.Cell(Municipalities, Row, 5)]);
        Assert.DoesNotContain(SampleBenchmarks.Canary.ToString(CultureInfo.InvariantCulture), page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("8\u00A06", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BenchmarkPage_InEnglish_TellsTheSame()
    {
        var page = await PageAsync(world.Pooled, "?lang=en");

        Assert.StartsWith("Better. Pooled over 5 municipalities.", Lead(page), StringComparison.Ordinal);
        Assert.Equal("455", page.Cell("The municipalities pooled", "Participants"));
        Assert.All(page.Links.Where(l => l.StartsWith('/') && !l.StartsWith("/pages-", StringComparison.Ordinal)
            && !l.EndsWith(world.Pooled, StringComparison.Ordinal)), l => Assert.Contains("lang=en", l, StringComparison.Ordinal));
    }

    [Fact]
    public async Task BenchmarkPage_ByOneLikelihood_TellsToReadTheRatioFirst()
    {
        var page = await PageAsync(world.OneStage);

        Assert.Contains("läs i första hand oddskvoten", page.Text, StringComparison.Ordinal);
        Assert.Matches(@"^\d+,\d\d$", page.Cell(Numbers, "Oddskvot, räknad i ett steg"));
        Assert.Matches(@"^\d+,\d\d till \d+,\d\d$", page.Cell(Numbers, "Dess intervall, 95 %"));
        Assert.EndsWith("av 100 personer", page.Cell(Numbers, "Sammanvägd effekt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BenchmarkPage_WithoutAPool_TellsWhyAndDrawsTheMunicipalitiesAlone()
    {
        var withheld = await PageAsync(world.Withheld);
        var nothing = await PageAsync(world.NotPoolable);

        Assert.StartsWith("Visas inte.", Lead(withheld), StringComparison.Ordinal);
        Assert.Contains("De sammanvägda talen finns men visas inte.", withheld.Text, StringComparison.Ordinal);
        Assert.StartsWith("Går inte att väga samman.", Lead(nothing), StringComparison.Ordinal);
        Assert.Contains("Det finns inga sammanvägda tal.", nothing.Text, StringComparison.Ordinal);
        foreach (var page in new[] { withheld, nothing })
        {
            Assert.Equal(["forest-wide", "forest-narrow"], Pictures(page));
            Assert.DoesNotContain(page.Root.Descendants("caption"), c => c.Value == Numbers);
        }
    }

    [Theory]
    [InlineData("", 5)]
    [InlineData("?method=ips", 3)]
    [InlineData("?method=mst&measure=employment_months", 1)]
    [InlineData("?horizon=8", 1)]
    [InlineData("?method=no-such", 0)]
    public async Task BenchmarkList_Filtered_ShowsWhatFitsAndKeepsTheQuestion(string query, int expected)
    {
        var page = await world.Hub.PageAsync("/benchmarks" + query, await AnalystAsync());

        Assert.Equal(expected, page.Links.Count(l => l.StartsWith("/benchmarks/", StringComparison.Ordinal)));
        if (expected == 0) Assert.Contains("Ingen sammanvägning som du får se passar filtret.", page.Text, StringComparison.Ordinal);
        var form = Assert.Single(page.Root.Descendants("form"));
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')))
        {
            var field = Assert.Single(form.Descendants(), f => f.Attribute("name")?.Value == pair[0]);
            var chosen = field.Name.LocalName == "select" ? field.Elements().Single(o => o.Attribute("selected") is not null) : field;
            Assert.Equal(pair[1], chosen.Attribute("value")!.Value);
        }
    }

    [Fact]
    public async Task BenchmarkList_PageByPage_ShowsEachOnceAndKeepsTheFilter()
    {
        var seen = new List<string>();
        var path = "/benchmarks?method=ips&size=1";
        for (var i = 0; i < 10 && path is not null; i++)
        {
            var page = await world.Hub.PageAsync(path, await AnalystAsync());
            seen.AddRange(page.Links.Where(l => l.StartsWith("/benchmarks/", StringComparison.Ordinal)));
            path = page.Root.Descendants("a").SingleOrDefault(a => a.Attribute("rel")?.Value == "next")?.Attribute("href")!.Value;
            if (path is not null) Assert.Contains("method=ips&size=1&", path, StringComparison.Ordinal);
        }

        Assert.Equal(3, seen.Distinct().Count());
        Assert.Equal(3, seen.Count);
    }

    [Theory]
    [InlineData("/benchmarks?horizon=soon")]
    [InlineData("/benchmarks?horizon=0")]
    [InlineData("/benchmarks?page=x")]
    [InlineData("/benchmarks?size=-1")]
    public async Task AQuestionThatCannotBeRead_IsToldAsThat(string path) =>
        Assert.Equal((HttpStatusCode.BadRequest, "Frågan går inte att läsa"), await world.Hub.PageAsync(path) is var p ? (p.Status,
            p.Heading) : default);

    [Fact]
    public async Task ABenchmarkReleasedToAnalysts_IsNotThereForAnybodyElse()
    {
        var submitter = (await world.Hub.HeadersAsync("0180", Role.Submitter))[0].Value;
        var nothing = await world.Hub.PageAsync("/benchmarks/no-such");

        foreach (var token in new[] { null, submitter })
        {
            var unseen = await world.Hub.PageAsync("/" + world.Pooled, token);
            Assert.Equal(HttpStatusCode.NotFound, unseen.Status);
            Assert.Equal(nothing.Html.Replace("/benchmarks/no-such", "/" + world.Pooled, StringComparison.Ordinal), unseen.Html);
            var listed = (await world.Hub.PageAsync("/benchmarks", token)).Links.ToArray();
            Assert.DoesNotContain("/" + world.Pooled, listed);
            Assert.Contains("/" + world.Open, listed);
        }

        Assert.Contains("släppt till analytiker", (await PageAsync(world.Pooled)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await world.Hub.PageAsync("/" + world.Pooled, "Bearer nonsense")).Status);
    }

    [Theory]
    [InlineData("/benchmarks?method=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&measure=%3Cimg%20src=x%3E")]
    [InlineData("/benchmarks/%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    public async Task AHostileQuestion_IsAnsweredWithAPageOfTheHubsOwnMarkup(string path)
    {
        var page = await world.Hub.PageAsync(path);

        Assert.True(page.Status is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{page.Status}");
        Assert.DoesNotContain(page.Root.Descendants(), e => e.Name.LocalName is "script" or "img");
        Assert.DoesNotContain(page.Root.Descendants().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.All(page.Links.Where(l => l != "data:,"), l => Assert.True(Tags.IsWithin(l), l));
    }

    [Fact]
    public async Task AnEarlierBenchmark_LeadsToTheLaterOne()
    {
        await using var hub = await TestHub.StartAsync();
        var earlier = await SampleBenchmarks.StoreAsync(hub.Running.Catalogue, SampleBenchmarks.Five, newestRun: 1);
        var later = await SampleBenchmarks.StoreAsync(hub.Running.Catalogue, SampleBenchmarks.Five, newestRun: 2);
        var analyst = (await hub.HeadersAsync("0180", Role.Analyst))[0].Value;

        Assert.Contains("/" + later, (await hub.PageAsync("/" + earlier, analyst)).Links);
        Assert.DoesNotContain("Det finns en senare sammanvägning", (await hub.PageAsync("/" + later, analyst)).Text,
            StringComparison.Ordinal);
    }

    private async Task<string> AnalystAsync() => (await world.Hub.HeadersAsync("9911", Role.Analyst))[0].Value;

    private async Task<FetchedPage> PageAsync(string name, string query = "") => await world.Hub.PageAsync($"/{name}{query}",
        await AnalystAsync());

    private static string Lead(FetchedPage page) => page.Root.Descendants("p").Single(p => p.Attribute("class")?.Value == "lead").Value;

    private static string[] Pictures(FetchedPage page) =>
    [
        .. page.Root.Descendants().Where(e => e.Name.LocalName == "svg")
            .Select(e => e.Elements().First().Attribute("id")!.Value.Replace("-title", string.Empty, StringComparison.Ordinal)),
    ];
}
