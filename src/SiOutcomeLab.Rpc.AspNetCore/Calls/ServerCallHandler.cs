using Grpc.Core;
using Microsoft.AspNetCore.Http;
using SiOutcomeLab.Rpc.Protocol;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>What the four call shapes share: checks, deadline, and the one place where a call's outcome is decided.</summary>
internal abstract class ServerCallHandler<TService, TRequest, TResponse>(Method<TRequest, TResponse> method, CallHost host)
    where TService : class
    where TRequest : class
    where TResponse : class
{
    protected Method<TRequest, TResponse> Method => method;

    protected CallHost Host => host;

    /// <summary>Answers one HTTP request.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        if (!RequestCheck.IsCall(http, host.Log)) return;
        await using var call = new HttpServerCallContext(http, method, host);
        http.Features.Set<Grpc.AspNetCore.Server.IServerCallContextFeature>(call);
        try
        {
            call.Open(method.Type is MethodType.ClientStreaming or MethodType.DuplexStreaming);
        }
        catch (RpcException e)
        {
            await call.EndAsync(e);
            return;
        }

        var work = RunAsync(call);
        if (call.Overdue is { } overdue && !work.IsCompleted && await Task.WhenAny(work, overdue) == overdue && !work.IsCompleted)
        {
            // The client gets its answer now; the request stays alive until the handler lets go of it.
            await call.EndOverdueAsync();
        }

        await work;
    }

    /// <summary>Reads the request or requests, runs the handler, writes its responses.</summary>
    protected abstract Task InvokeAsync(HttpServerCallContext call, CallInstances<TService> instances);

    private async Task RunAsync(HttpServerCallContext call)
    {
        // Paths are case-sensitive in gRPC and not in routing.
        if (call.HttpContext.Request.Path.Value != method.FullName)
        {
            await call.EndAsync(new RpcException(new Status(StatusCode.Unimplemented, "Method is unimplemented.")));
            return;
        }

        try
        {
            await using (var instances = new CallInstances<TService>(call.HttpContext.RequestServices, host.Settings.Interceptors))
            {
                await InvokeAsync(call, instances);
            }

            await call.EndAsync(null);
        }
        catch (Exception e)
        {
            await call.EndAsync(e);
        }
    }
}
