using Grpc.AspNetCore.HealthChecks;
using Grpc.Health.V1;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>The last published status of every mapped service, and a signal when one changes.</summary>
internal sealed class HealthBoard(IOptions<GrpcHealthChecksOptions> options, IOptions<HealthCheckServiceOptions> checks) : IHealthCheckPublisher
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HealthCheckResponse.Types.ServingStatus> _statuses = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Completes at the next change; take it before reading a status, or a change between the two is missed.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate) return _changed.Task;
        }
    }

    public static HealthCheckResponse.Types.ServingStatus StatusOf(HealthStatus status) => status == HealthStatus.Unhealthy
        ? HealthCheckResponse.Types.ServingStatus.NotServing
        : HealthCheckResponse.Types.ServingStatus.Serving;

    public static HealthCheckMapContext ContextOf(HealthCheckRegistration check) => new(check.Name, check.Tags);

    public HealthCheckResponse.Types.ServingStatus? Read(string service)
    {
        lock (_gate) return _statuses.TryGetValue(service, out var status) ? status : null;
    }

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        var registrations = checks.Value.Registrations.ToDictionary(r => r.Name, StringComparer.Ordinal);
        var signal = default(TaskCompletionSource);
        lock (_gate)
        {
            foreach (var mapping in options.Value.Services)
            {
                var unhealthy = report.Entries.Any(e => e.Value.Status == HealthStatus.Unhealthy
                    && registrations.TryGetValue(e.Key, out var check) && mapping.HealthCheckPredicate(ContextOf(check)));
                var status = StatusOf(unhealthy ? HealthStatus.Unhealthy : HealthStatus.Healthy);
                if (_statuses.TryGetValue(mapping.Name, out var old) && old == status) continue;
                _statuses[mapping.Name] = status;
                signal ??= _changed;
            }

            if (signal is not null) _changed = NewSignal();
        }

        signal?.TrySetResult();
        return Task.CompletedTask;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
