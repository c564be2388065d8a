using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace SiOutcomeLab.EndToEnd.Tests.Browser;

/// <summary>
/// The demo's hub in a process of its own, with everything that it has computed, and Debian's Chromium to look at its pages with. Shared by
/// all tests of this folder.
/// </summary>
public sealed partial class DemoSite : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";

    private Process? _demo;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The hub's pages, without a slash at the end.</summary>
    public string Address { get; private set; } = string.Empty;

    /// <summary>The same pages for a browser that brings nothing, without a slash at the end.</summary>
    public string PlainAddress { get; private set; } = string.Empty;

    /// <summary>Each kind of page, and an address of it in Swedish.</summary>
    public IReadOnlyList<(string Kind, string Path)> Pages { get; private set; } = [];

    private string Token { get; set; } = string.Empty;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Program)) return;
        try
        {
            await StartDemoAsync();
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program });
            Pages = await WalkAsync();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Skips the test where there is no browser; with <c>SILAB_REQUIRE=all</c> it fails instead.</summary>
    public void Need() => Programs.Need(_browser is not null, "Debian's chromium");

    /// <summary>A window of a browser as anybody has it: no token, no authority, no header.</summary>
    public Task<IBrowserContext> PlainWindowAsync() => _browser!.NewContextAsync(new BrowserNewContextOptions { BaseURL = PlainAddress });

    /// <summary>A window of a browser that nobody has used before.</summary>
    /// <param name="width">Its width, in CSS pixels.</param>
    /// <param name="isAnalyst">Whether it is an analyst's; anybody's otherwise.</param>
    public async Task<IBrowserContext> WindowAsync(int width = 1280,
        bool isAnalyst = true) => await _browser!.NewContextAsync(new BrowserNewContextOptions
    {
        // The demo's authority lives as long as the demo.
        IgnoreHTTPSErrors = true,
        BaseURL = Address,
        ViewportSize = new ViewportSize { Width = width, Height = 800 },
        ExtraHTTPHeaders = isAnalyst ? new Dictionary<string, string> { ["Authorization"] = $"Bearer {Token}" } : null,
        ReducedMotion = ReducedMotion.Reduce,
    });

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_demo is not { } demo) return;
        _demo = null;
        // As Ctrl-C does: then it takes its folders with it.
        using (var interrupt = Process.Start(Programs.Start("kill", "-INT", demo.Id.ToString(CultureInfo.InvariantCulture)))!)
        {
            await interrupt.WaitForExitAsync(CancellationToken.None);
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        try
        {
            await demo.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            demo.Kill(entireProcessTree: true);
        }

        demo.Dispose();
    }

    private async Task StartDemoAsync()
    {
        _demo = Process.Start(Programs.Start("dotnet", Silab.Dll, "demo", "--keep", "--json", "--lang", "en"))!;
        _demo.BeginOutputReadLine();
        var said = new List<string>();
        while (Token.Length == 0 && await _demo.StandardError.ReadLineAsync(Cancel.Token).AsTask().WaitAsync(TimeSpan.FromMinutes(5),
            Cancel.Token) is { } line)
        {
            said.Add(line);
            if (PlainPage().Match(line) is { Success: true } plain) PlainAddress = plain.Groups[1].Value;
            if (PageAddress().Match(line) is { Success: true } address) Address = address.Groups[1].Value;
            if (TokenText().IsMatch(line)) Token = line.Trim();
        }

        Assert.True(Address.Length > 0 && Token.Length > 0, $"The demo did not come to its end: {string.Join('\n', said)}");
        // Nobody reads what it says from here on; a full pipe must not hold it up.
        _ = _demo.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    // From the first page by links, one address of each kind: the collection, and whether it is a list, one of it, or one that asks.
    private async Task<IReadOnlyList<(string Kind, string Path)>> WalkAsync()
    {
        await using var window = await WindowAsync();
        // The last thing that the demo's hub makes of its own accord.
        for (var i = 0; i < 240 && Items((await TextAsync(window, "/benchmarks")).Text,
            "/benchmarks/").Count < 4; i++) await Task.Delay(500, Cancel.Token);
        var found = new Dictionary<string, string>(StringComparer.Ordinal) { ["first"] = "/" };
        var ahead = new Queue<string>(["/"]);
        while (ahead.TryDequeue(out var path))
        {
            var (status, text) = await TextAsync(window, path);
            Assert.True(status == (int)HttpStatusCode.OK, $"{path} answered {status}.");
            foreach (var link in Items(text, "/").Where(l => !l.Contains("lang=", StringComparison.Ordinal)))
            {
                if (found.TryAdd(KindOf(link), link)) ahead.Enqueue(link);
            }
        }

        // What these look like is not left to which link comes first.
        found["benchmark-pooled"] = Items((await TextAsync(window, "/benchmarks?method=ips")).Text, "/benchmarks/").First();
        found["effect-estimated"] = Items((await TextAsync(window, "/effects?plan=nsw-entropy-balancing")).Text, "/effects/").First();
        found["effect-not-estimable"] = Items((await TextAsync(window, "/effects?plan=nsw-nearest-neighbour")).Text, "/effects/").First();
        found["effects-explain"] = found["effect-estimated"] + "/explain";
        return [.. found.Select(f => (f.Key, f.Value)).OrderBy(f => f.Key, StringComparer.Ordinal).DistinctBy(f => f.Value)];
    }

    private static async Task<(int Status, string Text)> TextAsync(IBrowserContext window, string path)
    {
        var answer = await window.APIRequest.GetAsync(path);
        return (answer.Status, await answer.TextAsync());
    }

    private static List<string> Items(string html, string start) =>
    [
        .. Href().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).Where(l => l.StartsWith(start,
            StringComparison.Ordinal)).Distinct(),
    ];

    // "effects" is the list, "effects-one" one of it, "effects-explain" what is told of one; "-asked" what is asked by the address.
    private static string KindOf(string link)
    {
        var parts = link.Split('?');
        var path = parts[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        return path.FirstOrDefault("first") + (path.Length > 2 ? "-" + path[2] : path.Length > 1 ? "-one" : string.Empty) + (parts.Length > 1 ? "-asked" : string.Empty);
    }

    [GeneratedRegex(@"^\s+(http://127\.0\.0\.1:\d+)/\?lang=en$")]
    private static partial Regex PlainPage();

    [GeneratedRegex(@"^\s+JSON\s+(https://127\.0\.0\.1:\d+)")]
    private static partial Regex PageAddress();

    [GeneratedRegex(@"^\s+[0-9a-f]{64}\s*$")]
    private static partial Regex TokenText();

    [GeneratedRegex("<a [^>]*href=\"(/[^\"]*)\"")]
    private static partial Regex Href();
}

/// <summary>The tests that look at the demo's pages.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<DemoSite>
{
    public const string Name = "browser";
}
