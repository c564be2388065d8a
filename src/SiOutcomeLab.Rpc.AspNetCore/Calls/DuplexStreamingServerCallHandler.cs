using Grpc.Core;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>Many requests and many responses.</summary>
internal sealed class DuplexStreamingServerCallHandler<TService, TRequest, TResponse>(
    Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task> invoke,
    Method<TRequest, TResponse> method,
    CallHost host)
    : ServerCallHandler<TService, TRequest, TResponse>(method, host)
    where TService : class
    where TRequest : class
    where TResponse : class
{
    protected override Task InvokeAsync(HttpServerCallContext call, CallInstances<TService> instances)
    {
        var pipeline = instances.Compose<DuplexStreamingServerMethod<TRequest, TResponse>>(
            (r, w, c) => invoke(instances.Service, r, w, c),
            static (interceptor, next) => (r, w, c) => interceptor.DuplexStreamingServerHandler(r, w, c, next));
        return pipeline(
            new RequestStreamReader<TRequest>(call, Method.RequestMarshaller),
            new ResponseStreamWriter<TResponse>(call, Method.ResponseMarshaller),
            call);
    }
}
