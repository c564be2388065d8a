using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Demo;

namespace SiOutcomeLab.Cli.Tests.Demo;

/// <summary>The demo's pages as a browser finds them that brings nothing: before a hub that tells what it was asked.</summary>
public sealed class DemoPagesTests : IAsyncLifetime
{
    private readonly HttpClient _browser = new(new HttpClientHandler { AllowAutoRedirect = false });
    private readonly List<string> _asked = [];
    private WebApplication _hub = null!;
    private DemoPages _pages = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_APage_IsTheHubsOwnAsTheAnalystSeesIt()
    {
        var answer = await _browser.GetAsync(_pages.Address + "/costs/%C3%A5-1?lang=en&x=1%262", Cancel);

        Assert.Equal("<p>åäö</p>", await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(["GET /costs/å-1?lang=en&x=1%262 Bearer t0ken"], _asked);
        Assert.Equal(("text/html", "\"v1\""), (answer.Content.Headers.ContentType!.MediaType, answer.Headers.ETag!.Tag));
        Assert.Equal("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.StartsWith("http://127.0.0.1:", _pages.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WhatTheBrowserHasAlready_IsNotSentAgain()
    {
        using var question = new HttpRequestMessage(HttpMethod.Get, _pages.Address + "/");
        question.Headers.TryAddWithoutValidation("If-None-Match", "\"v1\"");

        Assert.Equal(HttpStatusCode.NotModified, (await _browser.SendAsync(question, Cancel)).StatusCode);
    }

    [Fact]
    public async Task Get_WhatIsNotThere_IsAnsweredAsTheHubDoes() =>
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync(_pages.Address + "/none", Cancel)).StatusCode);

    // The analyst's token would go with it: calls that change something are not passed on, and no other site's script comes in.
    [Fact]
    public async Task Others_CallsAndForeignNames_NeverReachTheHub()
    {
        using var content = new StringContent("{}");
        var call = await _browser.PostAsync(_pages.Address + "/sioutcomelab.effects.v1.EffectService/ListEffects", content, Cancel);
        using var foreign = new HttpRequestMessage(HttpMethod.Get, _pages.Address + "/");
        foreign.Headers.Host = "example.org";
        var led = await _browser.SendAsync(foreign, Cancel);

        Assert.Equal((HttpStatusCode.MethodNotAllowed, HttpStatusCode.Forbidden), (call.StatusCode, led.StatusCode));
        Assert.Empty(_asked);
    }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        _hub = builder.Build();
        _hub.Run(AnswerAsync);
        await _hub.StartAsync(Cancel);
        _pages = await DemoPages.StartAsync(_hub.Urls.Single(), new HubTls(null, null), "t0ken", Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _pages.DisposeAsync();
        await _hub.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var (request, response) = (http.Request, http.Response);
        _asked.Add($"{request.Method} {request.Path.Value}{request.QueryString} {request.Headers.Authorization}");
        if (request.Path == "/none")
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        response.Headers.ETag = "\"v1\"";
        response.Headers.ContentSecurityPolicy = "default-src 'none'";
        response.Headers.StrictTransportSecurity = "max-age=1";
        if (request.Headers.IfNoneMatch == "\"v1\"")
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "text/html; charset=utf-8";
        await response.WriteAsync("<p>åäö</p>", http.RequestAborted);
    }
}
