using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Hub.Health;

/// <summary>Not ready before the start is over, nor once the end has begun.</summary>
internal sealed class StartCheck(StartState state, IHostApplicationLifetime lifetime) : IHealthCheck
{
    public const string Name = "start";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        state.IsStarted && !lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
}

/// <summary>Not ready while the disk of the data folder has less room than the hub wants, or cannot be asked.</summary>
internal sealed class DiskCheck(HubOptions options) : IHealthCheck
{
    public const string Name = "disk";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var free = new DriveInfo(Path.GetFullPath(options.DataFolder)).AvailableFreeSpace;
            return Task.FromResult(free >= options.Health.MinimumFreeBytes ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy(exception: e));
        }
    }
}

/// <summary>Not ready while the catalogue does not answer. Asked at most once a second, however often somebody probes.</summary>
internal sealed class CatalogueCheck(IAccessTokens tokens, HubOptions options, TimeProvider time) : IHealthCheck
{
    public const string Name = "catalogue";

    private static readonly string NoToken = new('0', 64);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<HealthCheckResult>? _asked;
    private long _askedAt;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_asked is null || (_asked.IsCompleted && time.GetElapsedTime(_askedAt) >= Fresh))
            {
                _askedAt = time.GetTimestamp();
                _asked = AskAsync();
            }

            return _asked.WaitAsync(cancellationToken);
        }
    }

    private async Task<HealthCheckResult> AskAsync()
    {
        using var limit = new CancellationTokenSource(options.Health.CatalogueTimeout, time);
        try
        {
            await tokens.FindAsync(NoToken, time.GetUtcNow(), limit.Token).WaitAsync(limit.Token);
            return HealthCheckResult.Healthy();
        }
#pragma warning disable CA1031 // Whatever keeps the catalogue from answering makes the hub not ready; the call that needs it tells why.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return HealthCheckResult.Unhealthy(exception: e);
        }
    }
}
