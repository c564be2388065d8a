using Grpc.Core;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>One request, one response.</summary>
internal sealed class UnaryServerCallHandler<TService, TRequest, TResponse>(
    Func<TService, TRequest, ServerCallContext, Task<TResponse>> invoke, Method<TRequest, TResponse> method, CallHost host)
    : ServerCallHandler<TService, TRequest, TResponse>(method, host)
    where TService : class
    where TRequest : class
    where TResponse : class
{
    /// <summary>Interceptors and handler, without the transport.</summary>
    public Task<TResponse> RunPipelineAsync(CallInstances<TService> instances, TRequest request, ServerCallContext context) =>
        Host.Settings.Interceptors.Count == 0
            ? invoke(instances.Service, request, context)
            : instances.Compose<UnaryServerMethod<TRequest, TResponse>>(
                (r, c) => invoke(instances.Service, r, c),
                static (interceptor, next) => (r, c) => interceptor.UnaryServerHandler(r, c, next))(request, context);

    protected override async Task InvokeAsync(HttpServerCallContext call, CallInstances<TService> instances)
    {
        var request = await call.ReadSingleAsync(Method.RequestMarshaller);
        var response = await RunPipelineAsync(instances, request, call);
        await call.WriteSingleAsync(response, Method.ResponseMarshaller);
    }
}
