using System.Net;
using System.Xml.Linq;
using SiOutcomeLab.Hub.Web.Markup;

namespace SiOutcomeLab.Hub.Tests.Web;

/// <summary>What holds for every page that can be reached from the first one, in both languages.</summary>
public sealed class PageCraftTests(NswHub nsw) : IClassFixture<NswHub>
{
    [Theory]
    [InlineData("sv", "/", false)]
    [InlineData("en", "/?lang=en", false)]
    [InlineData("sv", "/", true)]
    [InlineData("en", "/?lang=en", true)]
    public async Task EveryLinkFromTheFirstPage_AnswersInItsLanguage(string language, string first, bool isOwner)
    {
        var pages = await WalkAsync(first, language, isOwner);

        Assert.True(pages.Count >= 9, $"Only {pages.Count} pages were reached.");
        Assert.Equal(isOwner, pages.Keys.Any(p => p.Split('?')[0].EndsWith("/explain", StringComparison.Ordinal)));
        foreach (var (path, page) in pages)
        {
            Assert.True(page.Status == HttpStatusCode.OK, $"{path} answered {page.Status}.");
            Assert.Equal(language, page.Root.Attribute("lang")!.Value);
            Assert.All(page.Links, l => Assert.True(l == "data:," || Tags.IsWithin(l), $"{path} leads to {l}."));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EveryPage_CanBeReadWithoutSeeingIt(bool isOwner)
    {
        foreach (var (path, page) in await WalkAsync("/", "sv", isOwner))
        {
            var body = page.Root.Element("body")!;
            Assert.Equal("#main", body.Elements().First().Attribute("href")?.Value);
            Assert.Equal(["a", "header", "main", "footer"], body.Elements().Select(e => e.Name.LocalName));
            Assert.Equal("main", body.Element("main")!.Attribute("id")!.Value);
            var levels = body.Descendants().Select(e => e.Name.LocalName).Where(n => n is ['h', >= '1' and <= '6'])
                .Select(n => n[1] - '0').ToArray();
            Assert.Equal(1, levels[0]);
            Assert.True(levels.Zip(levels.Skip(1)).All(p => p.Second > 1 && p.Second <= p.First + 1), $"{path} skips a heading.");
            Assert.All(body.Descendants("th"), th => Assert.Contains(th.Attribute("scope")?.Value, (string[])["row", "col"]));
            Assert.All(body.Descendants("table"), t => Assert.False(string.IsNullOrWhiteSpace(t.Element("caption")?.Value)));
            Assert.All(body.Descendants("nav"), n => Assert.False(string.IsNullOrWhiteSpace(n.Attribute("aria-label")?.Value)));
            Assert.All(Fields(body), f => Assert.Contains(
                body.Descendants("label"), l => l.Attribute("for")?.Value == f.Attribute("id")?.Value));
            var ids = page.Root.Descendants().Attributes("id").Select(a => a.Value).ToArray();
            Assert.Equal(ids.Distinct(), ids);
            var named = page.Root.Descendants().Attributes("aria-labelledby").SelectMany(a => a.Value.Split(' '));
            Assert.All(named, id => Assert.Contains(id, ids));
            Assert.DoesNotContain(page.Root.Descendants(), e => e.Name.LocalName is "script" or "style" or "iframe" or "object");
            Assert.DoesNotContain(page.Root.Descendants().Attributes(), a =>
                a.Name.LocalName == "style" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task EveryAnswer_TellsTheBrowserToRunAndFetchNothing()
    {
        string[] paths = ["/", "/effects", "/plans", "/nothing", "/effects?status=x", StyleSheetPath(await nsw.Hub.PageAsync("/"))];
        foreach (var path in paths)
        {
            var headers = (await nsw.Hub.PageAsync(path)).Headers;
            Assert.Equal(
                "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
                Assert.Single(headers.GetValues("Content-Security-Policy")));
            Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-referrer", Assert.Single(headers.GetValues("Referrer-Policy")));
            Assert.False(headers.Contains("Set-Cookie"));
            Assert.False(headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task APage_AskedForAgain_IsNotSentAgain()
    {
        var path = await nsw.Hub.EffectPathAsync("nsw-entropy-balancing");
        var first = await nsw.Hub.PageAsync(path);
        var tag = first.Headers.ETag!.ToString();

        var again = await nsw.Hub.PageAsync(path, ifNoneMatch: tag);
        var english = await nsw.Hub.PageAsync(path + "?lang=en", ifNoneMatch: tag);

        Assert.Equal((HttpStatusCode.NotModified, string.Empty), (again.Status, again.Html));
        Assert.Equal(HttpStatusCode.OK, english.Status);
        Assert.True(first.Headers.CacheControl is { Private: true, NoCache: true });
    }

    [Fact]
    public async Task TheStyleSheet_MayBeKeptForGood()
    {
        var styles = await nsw.Hub.PageAsync(StyleSheetPath(await nsw.Hub.PageAsync("/")));

        Assert.Equal((HttpStatusCode.OK, "text/css"), (styles.Status, styles.ContentHeaders.ContentType!.MediaType));
        Assert.True(styles.Headers.CacheControl is { Public: true, MaxAge.TotalDays: 365 });
    }

    private static string StyleSheetPath(FetchedPage page) =>
        Assert.Single(page.Root.Descendants("link"), l => l.Attribute("rel")!.Value == "stylesheet").Attribute("href")!.Value;

    private static IEnumerable<XElement> Fields(XElement body) =>
        body.Descendants().Where(e => e.Name.LocalName is "select" or "input" && e.Attribute("type")?.Value != "hidden");

    // Every page in one language, by following links.
    private async Task<Dictionary<string, FetchedPage>> WalkAsync(string first, string language, bool isOwner)
    {
        var token = isOwner ? nsw.Owner[0].Value : null;
        var pages = new Dictionary<string, FetchedPage>(StringComparer.Ordinal);
        var ahead = new Queue<string>([first]);
        while (ahead.TryDequeue(out var path) && pages.Count < 100)
        {
            if (pages.ContainsKey(path)) continue;
            var page = pages[path] = await nsw.Hub.PageAsync(path, token);
            var links = page.Root.Descendants("a").Where(a => a.Attribute("hreflang") is null).Select(a => a.Attribute("href")!.Value);
            foreach (var link in links.Where(l => l.StartsWith('/')))
            {
                Assert.Equal(language == "en", link.Contains("lang=en", StringComparison.Ordinal));
                ahead.Enqueue(link.Split('#')[0]);
            }

            var switched = Assert.Single(page.Root.Descendants("a"), a => a.Attribute("hreflang") is not null);
            Assert.NotEqual(language, (await nsw.Hub.PageAsync(switched.Attribute("href")!.Value, token)).Root.Attribute("lang")!.Value);
        }

        return pages;
    }
}
