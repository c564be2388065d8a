using Microsoft.Playwright;
using SiOutcomeLab.Domain.Runs;

namespace SiOutcomeLab.EndToEnd.Tests.Sharing;

/// <summary>The pages of a hub on PostgreSQL, in Debian's Chromium: the same code on another catalogue, so one way through them.</summary>
public sealed class SharedPagesTests
{
    private const string Program = "/usr/bin/chromium";

    [Fact]
    public async Task Pages_OfAHubOnPostgres_LeadFromTheListToAnEffect()
    {
        Programs.Need(File.Exists(Program), "Debian's chromium");
        await using var shared = await SharedHubs.CreateAsync();
        var hub = await shared.StartAsync("hub-1");
        await shared.DeliverAsync(hub, "9912");
        await shared.UntilAsync(runs => runs.Count == 3 && runs.All(r => r.State == RunState.Succeeded));
        var effect = (await PublishedEffects.OfAsync(hub)).Values.First(e => e.Estimate is not null);

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions
        {
            BaseURL = hub.Json, ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {SharedHubs.TokenOf("9912")}" },
        });
        await page.GotoAsync($"/effects?plan={effect.Plan}");
        await page.Locator($"a[href*='{effect.Name}']").First.ClickAsync();

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(effect.SentenceSv);
        foreach (var path in new[] { "/", "/plans", "/benchmarks", "/costs" }) Assert.Equal(200, (await page.GotoAsync(path))!.Status);
    }
}
