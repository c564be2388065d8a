using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;

namespace SiOutcomeLab.Hub.Tests.Web;

/// <summary>A page as it came over the line, read as XML: what is not well-formed does not get past here.</summary>
internal sealed record FetchedPage(HttpStatusCode Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, string Html)
{
    private XDocument? _document;

    public XElement Root => (_document ??= XDocument.Parse(Html, LoadOptions.PreserveWhitespace)).Root!;

    public string Heading => Assert.Single(Root.Descendants("h1")).Value;

    public IEnumerable<string> Links =>
        Root.Descendants().Attributes("href").Select(a =>
        a.Value).Concat(Root.Descendants("form").Attributes("action").Select(a => a.Value));

    /// <summary>Everything that the page says, spaces that cannot break as ordinary ones.</summary>
    public string Text => Plain(Root.Descendants("body").Single().Value);

    /// <summary>The cell beside what names its row, in the table with this caption.</summary>
    public string Cell(string caption, string row, int column = 1)
    {
        var table = Assert.Single(Root.Descendants("table"), t => Plain(t.Element("caption")!.Value) == caption);
        var found = Assert.Single(table.Descendants("tr"), r => Plain(r.Elements().First().Value) == row);
        return Plain(found.Elements().ElementAt(column).Value);
    }

    private static string Plain(string text) => text.Replace('\u00A0', ' ');
}

/// <summary>Reads pages of a hub as a browser would, without script and without following redirects.</summary>
internal static class PageReader
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false,
        UseCookies = false }) { Timeout = TestHub.Timeout };

    public static async Task<FetchedPage> PageAsync(this TestHub hub, string path, string? token = null, string? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, hub.Running.JsonAddress.GetLeftPart(UriPartial.Authority) + path);
        if (token is not null) request.Headers.TryAddWithoutValidation("authorization", token);
        if (ifNoneMatch is not null) request.Headers.TryAddWithoutValidation("if-none-match", ifNoneMatch);
        using var response = await Http.SendAsync(request, Cancel.Token);
        return new FetchedPage(response.StatusCode, response.Headers, response.Content.Headers,
            await response.Content.ReadAsStringAsync(Cancel.Token));
    }

    /// <summary>The address of a plan's headline, or of what stands beside it.</summary>
    public static async Task<string> EffectPathAsync(this TestHub hub, string plan, int ordinal = 1, string? token = null)
    {
        var list = await hub.PageAsync($"/effects?plan={plan}&all=1", token);
        return Assert.Single(list.Links, l => l.StartsWith($"/effects/{plan}-", StringComparison.Ordinal)
            && l.EndsWith($"-{ordinal}", StringComparison.Ordinal));
    }
}
