using System.Text.Json;
using Microsoft.Playwright;

namespace SiOutcomeLab.EndToEnd.Tests.Browser;

/// <summary>Every kind of page without a mouse and without seeing it.</summary>
[Collection(BrowserTests.Name)]
public sealed class KeyboardAndReaderTests(DemoSite site)
{
    private static readonly string[] Named =
    [
        "navigation", "region", "table", "image", "img", "combobox", "textbox", "checkbox", "button", "link", "form", "heading", "main",
    ];

    [Fact]
    public async Task EveryPage_ByTab_ReachesEverythingInOrderAndShowsWhereItIs()
    {
        site.Need();
        await using var window = await site.WindowAsync(768);
        var page = await window.NewPageAsync();
        foreach (var (_, path) in site.Pages)
        {
            await page.GotoAsync(path);
            var expected = await page.EvaluateAsync<int>(InPage.Reachable);
            var last = -1;
            for (var reached = 0; reached < expected; reached++)
            {
                var stop = await NextStopAsync(page);
                Assert.True(stop is not null, $"{path}: {reached} of {expected} were reached.");
                Assert.True(stop.At > last, $"{path}: {stop.What} comes after what stands below it.");
                Assert.True(stop.IsSeen, $"{path}: {stop.What} has the focus and is out of sight.");
                Assert.True(stop.Outline >= 2, $"{path}: {stop.What} does not show that it has the focus.");
                last = stop.At;
            }

            // Out of the page, or round to its first stop where the browser has nothing around the page.
            Assert.True(await NextStopAsync(page) is null or { What: "A #main" }, $"{path}: there is no way out at the end.");
        }
    }

    [Fact]
    public async Task EveryPage_BySkipLink_GoesToItsContent()
    {
        site.Need();
        await using var window = await site.WindowAsync();
        var page = await window.NewPageAsync();
        foreach (var (_, path) in site.Pages)
        {
            await page.GotoAsync(path);
            await page.Keyboard.PressAsync("Tab");
            Assert.Equal("#main", await page.EvaluateAsync<string>("() => document.activeElement.getAttribute('href')"));
            await page.Keyboard.PressAsync("Enter");
            Assert.Equal("main", await page.EvaluateAsync<string>("() => document.activeElement.id"));
            await page.Keyboard.PressAsync("Tab");
            Assert.True(await page.EvaluateAsync<bool>(
                "() => document.activeElement.closest('main') !== null || document.activeElement === document.body"),
                $"{path}: the next stop is not in the content.");
        }
    }

    [Fact]
    public async Task EveryPage_ToAScreenReader_HasItsLandmarksAndANameForEverything()
    {
        site.Need();
        await using var window = await site.WindowAsync();
        var page = await window.NewPageAsync();
        var session = await window.NewCDPSessionAsync(page);
        foreach (var (_, path) in site.Pages)
        {
            await page.GotoAsync(path);
            var nodes = Nodes((await session.SendAsync("Accessibility.getFullAXTree"))!.Value);
            foreach (var landmark in new[] { "banner", "main", "contentinfo" })
            {
                Assert.True(nodes.Count(n => n.Role == landmark) == 1, $"{path}: {nodes.Count(n => n.Role == landmark)} × {landmark}.");
            }

            Assert.Contains(nodes, n => n is { Role: "navigation", Name: "Sidor" });
            var nameless = nodes.Where(n => n.Role != "main" && Named.Contains(n.Role) && string.IsNullOrWhiteSpace(n.Name)).Select(n => n.Role);
            Assert.True(!nameless.Any(), $"{path}: no name for {string.Join(", ", nameless)}.");
            foreach (var role in new[] { "navigation", "region" })
            {
                var names = nodes.Where(n => n.Role == role).Select(n => n.Name).ToArray();
                Assert.True(names.Distinct().Count() == names.Length, $"{path}: two of {role} have one name: {string.Join(", ", names)}.");
            }
        }
    }

    // Null when the focus has left the page.
    private static async Task<Stop?> NextStopAsync(IPage page)
    {
        await page.Keyboard.PressAsync("Tab");
        var answer = await page.EvaluateAsync<JsonElement?>(InPage.Focus);
        return answer is { ValueKind: JsonValueKind.Object } e
            ? new Stop(
                e.GetProperty("at").GetInt32(),
                e.GetProperty("what").GetString()!,
                e.GetProperty("isSeen").GetBoolean(),
                e.GetProperty("outline").GetDouble())
            : null;
    }

    private static List<(string Role, string Name)> Nodes(JsonElement tree) =>
    [
        .. tree.GetProperty("nodes").EnumerateArray().Where(n => !n.GetProperty("ignored").GetBoolean())
            .Select(n => (Text(n, "role"), Text(n, "name"))),
    ];

    private static string Text(JsonElement node, string property) =>
        node.TryGetProperty(property, out var p) && p.TryGetProperty("value",
            out var value) ? value.GetString() ?? string.Empty : string.Empty;

    private sealed record Stop(int At, string What, bool IsSeen, double Outline);
}
