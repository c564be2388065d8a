using Grpc.AspNetCore.HealthChecks;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary><c>grpc.health.v1</c> over the application's health checks (gRPC's doc/health-checking.md).</summary>
internal sealed class HealthService(
    IOptions<GrpcHealthChecksOptions> options, HealthCheckService checks, HealthBoard board, IHostApplicationLifetime lifetime)
    : Grpc.Health.V1.Health.HealthBase
{
    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        var mapping = options.Value.Services.Find(request.Service)
            ?? throw new RpcException(new Status(StatusCode.NotFound, "Unknown service."));
        return new HealthCheckResponse { Status = await StatusOfAsync(mapping, context.CancellationToken) };
    }

    public override async Task<HealthListResponse> List(HealthListRequest request, ServerCallContext context)
    {
        var response = new HealthListResponse();
        foreach (var mapping in options.Value.Services)
        {
            response.Statuses[mapping.Name] = new HealthCheckResponse { Status = await StatusOfAsync(mapping, context.CancellationToken) };
        }

        return response;
    }

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        var mapping = options.Value.Services.Find(request.Service);
        var last = default(ServingStatus?);
        try
        {
            while (true)
            {
                var changed = board.Changed;
                var status = mapping is null ? ServingStatus.ServiceUnknown
                    : board.Read(mapping.Name) ?? await StatusOfAsync(mapping, ending.Token);
                if (status != last) await responseStream.WriteAsync(new HealthCheckResponse { Status = status }, CancellationToken.None);
                last = status;
                await changed.WaitAsync(ending.Token);
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
        {
            // Ends the call by ourselves: an open watch would hold the server's shutdown up to its time limit.
            if (mapping is not null && last != ServingStatus.NotServing)
            {
                await responseStream.WriteAsync(new HealthCheckResponse { Status = ServingStatus.NotServing }, CancellationToken.None);
            }
        }
    }

    private async Task<ServingStatus> StatusOfAsync(ServiceMapping mapping, CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested) return ServingStatus.NotServing;
        if (options.Value.UseHealthChecksCache && board.Read(mapping.Name) is { } published) return published;
        var report = await checks.CheckHealthAsync(check => mapping.HealthCheckPredicate(HealthBoard.ContextOf(check)), cancellationToken);
        return HealthBoard.StatusOf(report.Status);
    }
}
