using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Features.Audit;
using SiOutcomeLab.Hub.Features.Explaining;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Hub.Web.Benchmarks;
using SiOutcomeLab.Hub.Web.Costs;
using SiOutcomeLab.Hub.Web.Effects;
using SiOutcomeLab.Hub.Web.Plans;

namespace SiOutcomeLab.Hub.Web;

/// <summary>
/// The pages' addresses. A page is let in as the call that it shows, and shows what that call would answer: what is released to the
/// caller's audience. Pages are read only, run nothing, and set no cookie.
/// </summary>
internal static class PageDoor
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void AddPages(this IServiceCollection services)
    {
        services.AddSingleton<EffectListPage>();
        services.AddSingleton<EffectPage>();
        services.AddSingleton<ExplanationPage>();
        services.AddSingleton<GivenUpNotice>();
        services.AddSingleton<BenchmarkListPage>();
        services.AddSingleton<BenchmarkPage>();
        services.AddSingleton<CostListPage>();
        services.AddSingleton<CostPage>();
        services.AddSingleton<PlanListPage>();
        services.AddSingleton<PlanPage>();
    }

    public static void MapPages(this WebApplication app)
    {
        var services = app.Services;
        app.MapMethods(StyleSheet.Path, Reading, WriteStylesAsync);
        Map("/", "/sioutcomelab.identity.v1.IdentityService/GetCaller", (request, _) => Task.FromResult<Page?>(StartPage.Of(request)));
        Map(EffectListPage.Path, "/sioutcomelab.effects.v1.EffectService/ListEffects",
            services.GetRequiredService<EffectListPage>().ShowAsync);
        Map(EffectListPage.Path + "/{id}", "/sioutcomelab.effects.v1.EffectService/GetEffect",
            services.GetRequiredService<EffectPage>().ShowAsync);
        Map(EffectListPage.Path + "/{id}" + ExplanationPage.Path, EffectExplanations.Call, services.GetRequiredService<ExplanationPage>().ShowAsync);
        Map(BenchmarkListPage.Path, "/sioutcomelab.benchmarks.v1.BenchmarkService/ListBenchmarks",
            services.GetRequiredService<BenchmarkListPage>().ShowAsync);
        Map(BenchmarkListPage.Path + "/{id}", "/sioutcomelab.benchmarks.v1.BenchmarkService/GetBenchmark",
            services.GetRequiredService<BenchmarkPage>().ShowAsync);
        Map(CostListPage.Path, "/sioutcomelab.costs.v1.CostService/ListSavings", services.GetRequiredService<CostListPage>().ShowAsync);
        Map(CostListPage.Path + "/{id}", "/sioutcomelab.costs.v1.CostService/GetSaving", services.GetRequiredService<CostPage>().ShowAsync);
        Map(PlanListPage.Path, "/sioutcomelab.plans.v1.PlanService/ListPlans", services.GetRequiredService<PlanListPage>().ShowAsync);
        Map(PlanListPage.Path + "/{id}", "/sioutcomelab.plans.v1.PlanService/GetPlan", services.GetRequiredService<PlanPage>().ShowAsync);

        void Map(string path, string call, Func<PageRequest, CancellationToken, Task<Page?>> show) =>
            app.MapMethods(path, Reading, http => ServeAsync(http, show)).WithMetadata(new PageRule(call));
    }

    /// <summary>Answers an address that leads nowhere with a page, where a browser asks.</summary>
    public static void UsePageForNothing(this WebApplication app) => app.Use(async (http, next) =>
    {
        await next(http);
        var isUnanswered = http.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false } && http.GetEndpoint() is null;
        if (isUnanswered && Reading.Contains(http.Request.Method)) await WriteAsync(http, ProblemPages.NotFound(LanguageOf(http)), null);
    });

    /// <summary>
    /// Answers whoever was not let in. Who brings no credentials has none that could be amiss: what takes some is not there for them.
    /// </summary>
    public static Task RefuseAsync(HttpContext http, RpcException refusal)
    {
        var isAmiss = http.Request.Headers.Authorization.Count > 0 || http.Connection.ClientCertificate is not null;
        var status = refusal.StatusCode == StatusCode.Unauthenticated && !isAmiss ? StatusCode.NotFound : refusal.StatusCode;
        return WriteAsync(http, ProblemPages.Of(status, LanguageOf(http)), null);
    }

    private static async Task ServeAsync(HttpContext http, Func<PageRequest, CancellationToken, Task<Page?>> show)
    {
        var language = LanguageOf(http);
        var admission = http.Features.GetRequiredFeature<Admission>();
        var id = http.Request.RouteValues["id"] as string ?? string.Empty;
        var request = new PageRequest(language, admission.Caller, id, name => http.Request.Query[name].FirstOrDefault());
        try
        {
            var page = await show(request, http.RequestAborted);

            // Only what was found has a name of the hub's making; any other is the caller's text.
            if (page is not null && id.Length > 0) admission.Resource = NameIn(http.Request.Path);
            await RecordAsync(http, admission, page is null ? StatusCode.NotFound : StatusCode.OK);
            await WriteAsync(http, page ?? ProblemPages.NotFound(language), request.Audience);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the page any longer.
        }
        catch (Exception e) when (HubStatus.Of(e) is { } problem)
        {
            await RecordAsync(http, admission, problem.StatusCode);
            await WriteAsync(http, ProblemPages.Of(problem.StatusCode, language), request.Audience);
        }
    }

    private static Task RecordAsync(HttpContext http, Admission admission, StatusCode outcome) =>
        http.RequestServices.GetRequiredService<AuditTrail>().RecordAsync(admission, AuditTrail.OutcomeOf(outcome), isDurable: false);

    private static async Task WriteAsync(HttpContext http, Page page, Audience? audience)
    {
        var content = Encoding.UTF8.GetBytes(PageFrame.Render(page, LanguageOf(http), audience, Elsewhere(http)));
        var (request, headers) = (http.Request, http.Response.Headers);
        SecurityHeaders.Set(headers);
        http.Response.StatusCode = page.Status;
        http.Response.ContentType = "text/html; charset=utf-8";

        // Asked for anew each time, and sent only when it has changed; what one caller may see is kept for no other.
        headers.CacheControl = page.Status == StatusCodes.Status200OK ? "private, no-cache" : "no-store";
        headers.Vary = "Authorization";
        if (page.Status == StatusCodes.Status200OK)
        {
            var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"";
            headers.ETag = tag;
            if (request.Headers.IfNoneMatch.ToString().Split(',').Any(t => t.Trim() == tag))
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                http.Response.ContentType = null;
                return;
            }
        }

        http.Response.ContentLength = content.Length;
        if (HttpMethods.IsHead(request.Method)) return;
        await http.Response.Body.WriteAsync(content, http.RequestAborted);
    }

    private static async Task WriteStylesAsync(HttpContext http)
    {
        SecurityHeaders.Set(http.Response.Headers);
        http.Response.ContentType = "text/css; charset=utf-8";
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.ContentLength = StyleSheet.Content.Length;
        if (HttpMethods.IsHead(http.Request.Method)) return;
        await http.Response.Body.WriteAsync(StyleSheet.Content, http.RequestAborted);
    }

    // As calls name it: what a page says of a thing is no part of the thing's name.
    private static string NameIn(PathString path) => string.Join('/', path.Value!.Trim('/').Split('/').Take(2));

    private static PageLanguage LanguageOf(HttpContext http) => PageLanguage.Of(http.Request.Query[PageLanguage.Key]);

    // The same question in the other language; an address that would lead out of here is not repeated.
    private static string Elsewhere(HttpContext http)
    {
        var path = http.Request.Path.ToUriComponent();
        var query = http.Request.Query.Where(q => q.Key != PageLanguage.Key).Select(q => (q.Key, q.Value.FirstOrDefault()));
        return LanguageOf(http).Other is var other && Markup.Tags.IsWithin(path) ? other.Href(path, query) : other.Href("/");
    }
}
