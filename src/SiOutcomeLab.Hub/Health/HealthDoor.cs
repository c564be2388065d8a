using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SiOutcomeLab.Hub.Health;

/// <summary>
/// Liveness and readiness over HTTP, for whatever keeps the process running and sends it traffic. The answers name checks, and nobody's data.
/// The same checks stand behind <c>grpc.health.v1</c>.
/// </summary>
internal static class HealthDoor
{
    public const string Live = "/healthz/live";
    public const string Ready = "/healthz/ready";

    public static void AddReadiness(this IServiceCollection services)
    {
        services.AddSingleton<StartState>();
        services.AddSingleton<CatalogueCheck>();
        services.AddGrpcHealthChecks()
            .AddCheck<StartCheck>(StartCheck.Name)
            .AddCheck<DiskCheck>(DiskCheck.Name)
            .AddCheck<CatalogueCheck>(CatalogueCheck.Name);
    }

    public static void MapReadiness(this WebApplication app)
    {
        app.MapHealthChecks(Live, new HealthCheckOptions { Predicate = _ => false, ResponseWriter = (http, _) => http.Response.WriteAsync("alive\n") });
        app.MapHealthChecks(Ready, new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext http, HealthReport report)
    {
        var failing = report.Entries.Where(e => e.Value.Status == HealthStatus.Unhealthy).Select(e => e.Key).Order(StringComparer.Ordinal).ToArray();
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(failing.Length == 0 ? "ready\n" : $"not ready: {string.Join(", ", failing)}\n");
    }
}
