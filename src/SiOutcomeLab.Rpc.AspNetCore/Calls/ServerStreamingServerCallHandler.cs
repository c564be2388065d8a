using Grpc.Core;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>One request, many responses.</summary>
internal sealed class ServerStreamingServerCallHandler<TService, TRequest, TResponse>(
    Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task> invoke, Method<TRequest, TResponse> method, CallHost host)
    : ServerCallHandler<TService, TRequest, TResponse>(method, host)
    where TService : class
    where TRequest : class
    where TResponse : class
{
    protected override async Task InvokeAsync(HttpServerCallContext call, CallInstances<TService> instances)
    {
        var pipeline = instances.Compose<ServerStreamingServerMethod<TRequest, TResponse>>(
            (r, w, c) => invoke(instances.Service, r, w, c),
            static (interceptor, next) => (r, w, c) => interceptor.ServerStreamingServerHandler(r, w, c, next));
        var request = await call.ReadSingleAsync(Method.RequestMarshaller);
        await pipeline(request, new ResponseStreamWriter<TResponse>(call, Method.ResponseMarshaller), call);
    }
}
