using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;
using SiOutcomeLab.Cli.Calls;

namespace SiOutcomeLab.Cli.Demo;

/// <summary>
/// The demo's pages for a plain browser on this computer, which knows neither the demo's authority nor a token: each page is asked of the hub
/// as the demo's analyst, and given on as it came. Pages alone, to be read, under this computer's own address, for as long as the demo stays.
/// </summary>
internal sealed class DemoPages : IAsyncDisposable
{
    private static readonly string[] Asked = ["If-None-Match"];

    // What concerns the connection to the hub stays between it and us.
    private static readonly string[] NotGivenOn = ["Transfer-Encoding", "Connection", "Keep-Alive", "Strict-Transport-Security", "Alt-Svc", "Server", "Date"];

    private readonly WebApplication _app;
    private readonly HttpClient _hub;

    private DemoPages(WebApplication app, HttpClient hub) => (_app, _hub) = (app, hub);

    /// <summary>Where a browser finds them, without a slash at the end.</summary>
    public string Address => _app.Urls.Single();

    /// <param name="hubAddress">Where the hub's pages are.</param>
    /// <param name="tls">Whom to believe there.</param>
    /// <param name="token">The analyst's token.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<DemoPages> StartAsync(string hubAddress, HubTls tls, string token, CancellationToken cancellationToken)
    {
        var hub = new HttpClient(tls.Handler()) { BaseAddress = new Uri(hubAddress) };
        hub.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        app.Run(http => PassOnAsync(http, hub));
        await app.StartAsync(cancellationToken);
        return new DemoPages(app, hub);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _hub.Dispose();
    }

    private static async Task PassOnAsync(HttpContext http, HttpClient hub)
    {
        // A name that leads here from elsewhere is not this computer's own address: other sites' scripts come by such names.
        if (!IPAddress.TryParse(http.Request.Host.Host, out var host) || !IPAddress.IsLoopback(host))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        using var question = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(UriHelper.BuildRelative(default, http.Request.Path, http.Request.QueryString), UriKind.Relative));
        foreach (var name in Asked) question.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)http.Request.Headers[name]);
        using var answer = await hub.SendAsync(question, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!NotGivenOn.Contains(name, StringComparer.OrdinalIgnoreCase)) http.Response.Headers[name] = values.ToArray();
        }

        await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
