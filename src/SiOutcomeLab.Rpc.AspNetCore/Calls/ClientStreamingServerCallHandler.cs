using Grpc.Core;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>Many requests, one response.</summary>
internal sealed class ClientStreamingServerCallHandler<TService, TRequest, TResponse>(
    Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>> invoke, Method<TRequest, TResponse> method, CallHost host)
    : ServerCallHandler<TService, TRequest, TResponse>(method, host)
    where TService : class
    where TRequest : class
    where TResponse : class
{
    protected override async Task InvokeAsync(HttpServerCallContext call, CallInstances<TService> instances)
    {
        var pipeline = instances.Compose<ClientStreamingServerMethod<TRequest, TResponse>>(
            (r, c) => invoke(instances.Service, r, c),
            static (interceptor, next) => (r, c) => interceptor.ClientStreamingServerHandler(r, c, next));
        var response = await pipeline(new RequestStreamReader<TRequest>(call, Method.RequestMarshaller), call);
        await call.WriteSingleAsync(response, Method.ResponseMarshaller);
    }
}
