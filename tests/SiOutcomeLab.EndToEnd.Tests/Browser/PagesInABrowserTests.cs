using Microsoft.Playwright;

namespace SiOutcomeLab.EndToEnd.Tests.Browser;

/// <summary>Every kind of page in a real browser: on a telephone, on a desk and on paper.</summary>
[Collection(BrowserTests.Name)]
public sealed class PagesInABrowserTests(DemoSite site)
{
    private const int Telephone = 320;

    // A4 within margins of 18 mm, at 96 pixels an inch.
    private const int Paper = 657;

    [Fact]
    public async Task EveryPage_IsFetchedFromTheHubAlone_AndLogsNothing()
    {
        site.Need();
        Assert.True(site.Pages.Count >= 10, $"Only {string.Join(' ', site.Pages)} were reached.");
        await using var window = await site.WindowAsync();
        var (page, amiss) = (await window.NewPageAsync(), new List<string>());
        page.Console += (_, message) => amiss.Add($"{page.Url} logged: {message.Text}");
        page.PageError += (_, error) => amiss.Add($"{page.Url} failed: {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(site.Address + "/",
                StringComparison.Ordinal) && request.Url != "data:,") amiss.Add($"{page.Url} asked {request.Url}");
        };
        page.Response += (_, response) =>
        {
            if (response.Status != 200) amiss.Add($"{response.Url} answered {response.Status}");
        };

        foreach (var (_, path) in BothLanguages()) await page.GotoAsync(path,
            new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.Empty(amiss);
    }

    // The address that the demo tells people to open, as they have their browser: no token, and an authority that it does not know.
    [Fact]
    public async Task EveryPage_InAPlainBrowser_IsTheAnalysts()
    {
        site.Need();
        await using var plain = await site.PlainWindowAsync();
        await using var window = await site.WindowAsync();
        var (page, analysts) = (await plain.NewPageAsync(), await window.NewPageAsync());
        foreach (var (_, path) in site.Pages)
        {
            Assert.Equal(200, (await page.GotoAsync(path))!.Status);
            await analysts.GotoAsync(path);
            Assert.Equal(await analysts.InnerTextAsync("body"), await page.InnerTextAsync("body"));
        }
    }

    [Theory]
    [InlineData(Telephone)]
    [InlineData(768)]
    [InlineData(1280)]
    public async Task EveryPage_AtAnyWidth_NeedsNoScrollingSideways(int width)
    {
        site.Need();
        await using var window = await site.WindowAsync(width);
        var page = await window.NewPageAsync();
        var amiss = new List<string>();
        foreach (var (kind, path) in BothLanguages())
        {
            await page.GotoAsync(path);
            if (await page.EvaluateAsync<string>(InPage.Overhang) is { Length: > 0 } over) amiss.Add($"{path} reaches {over}");
            if (await page.EvaluateAsync<string>(InPage.Small) is { Length: > 0 } small) amiss.Add($"{path} is hard to hit: {small}");
            if (site.Pages.Any(p => p.Kind == kind) && width != 768) await Screenshots.TakeAsync(page, $"{width}-{kind}");
        }

        Assert.Empty(amiss);
    }

    [Fact]
    public async Task EveryText_StandsOutFromWhatIsBehindIt()
    {
        site.Need();
        await using var window = await site.WindowAsync();
        var page = await window.NewPageAsync();
        var amiss = new List<string>();
        foreach (var (_, path) in site.Pages)
        {
            await page.GotoAsync(path);
            if (await page.EvaluateAsync<string>(InPage.Faint) is { Length: > 0 } faint) amiss.Add($"{path} is faint: {faint}");
        }

        Assert.Empty(amiss);
    }

    [Fact]
    public async Task EveryPage_OnPaper_HasItsContentAndNothingToClick()
    {
        site.Need();
        await using var window = await site.WindowAsync(Paper);
        var page = await window.NewPageAsync();
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        var amiss = new List<string>();
        foreach (var (kind, path) in site.Pages)
        {
            await page.GotoAsync(path);
            if (await page.EvaluateAsync<string>(InPage.Overhang) is { Length: > 0 } over) amiss.Add($"{path} reaches {over}");
            if (await page.EvaluateAsync<int>(InPage.Shown,
                ".skip, nav, form, .narrow") > 0) amiss.Add($"{path} prints what belongs to the screen.");
            if (await page.EvaluateAsync<int>(InPage.Shown, "h1") != 1) amiss.Add($"{path} prints without its heading.");
            var pictures = await page.Locator(".wide").CountAsync();
            if (await page.EvaluateAsync<int>(InPage.Shown, ".wide svg") != pictures) amiss.Add($"{path} prints without its pictures.");
            await Screenshots.TakeAsync(page, $"print-{kind}");
        }

        Assert.Empty(amiss);
    }

    [Fact]
    public async Task EveryPage_ByItsLanguageLink_IsTheSamePageInTheOtherLanguage()
    {
        site.Need();
        await using var window = await site.WindowAsync();
        var page = await window.NewPageAsync();
        foreach (var (_, path) in site.Pages)
        {
            await page.GotoAsync(path);
            var swedish = await page.Locator("h1").InnerTextAsync();
            await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "English", Exact = true }).ClickAsync();
            Assert.Equal("en", await page.Locator("html").GetAttributeAsync("lang"));
            Assert.Equal(new Uri(site.Address + path).AbsolutePath, new Uri(page.Url).AbsolutePath);
            await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Svenska", Exact = true }).ClickAsync();
            Assert.Equal(("sv", swedish), (await page.Locator("html").GetAttributeAsync("lang"),
                await page.Locator("h1").InnerTextAsync()));
        }
    }

    [Fact]
    public async Task Filter_ByAMethod_LeadsFromTheListToABenchmarkAndItsMunicipalities()
    {
        site.Need();
        await using var window = await site.WindowAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Metoder", Exact = true }).ClickAsync();
        await page.GetByLabel("Metod", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync("ips");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Filtrera" }).ClickAsync();
        await page.Locator(".items h2 a").First.ClickAsync();
        Assert.StartsWith("ips: ", await page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
        await page.Locator("#municipalities ~ .scroll tbody a").First.ClickAsync();
        await page.Locator(".items h2 a").First.ClickAsync();
        await page.GetByRole(AriaRole.Link,
            new PageGetByRoleOptions { Name = "Samma metod och utfall, sammanvägt över kommuner" }).ClickAsync();

        Assert.StartsWith("ips: ", await page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anybody_WithoutAToken_SeesOnlyWhatIsReleasedToAll()
    {
        site.Need();
        await using var window = await site.WindowAsync(isAnalyst: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/benchmarks");

        Assert.Equal(1, await page.Locator(".items > li").CountAsync());
        Assert.Contains("släppt till alla", await page.Locator("footer").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(404, (await page.GotoAsync(site.Pages.Single(p => p.Kind == "benchmark-pooled").Path))!.Status);
    }

    private IEnumerable<(string Kind, string Path)> BothLanguages() => site.Pages.SelectMany(p => new[]
    {
        p, (p.Kind + "-en", p.Path + (p.Path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "lang=en"),
    });
}
