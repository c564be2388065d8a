using System.Reflection;
using Google.Protobuf;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>Maps the methods of one service as its generated <c>BindService</c> names them.</summary>
internal sealed class EndpointServiceBinder<TService>(IEndpointRouteBuilder builder, CallHost host, GrpcMethodRegistry registry) : ServiceBinderBase
    where TService : class
{
    private readonly List<IEndpointConventionBuilder> _endpoints = [];
    private readonly HashSet<string> _serviceNames = new(StringComparer.Ordinal);

    public IReadOnlyList<IEndpointConventionBuilder> Endpoints => _endpoints;

    public IReadOnlyCollection<string> ServiceNames => _serviceNames;

    /// <exception cref="InvalidOperationException">The type has no generated base, or overrides a method in a form that cannot be called.</exception>
    public void Bind()
    {
        var binding = FindBinding();
        var bind = binding.BindType
            .GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Single(m => m.Name == binding.BindMethodName && m.GetParameters() is [{ ParameterType: var first }, _] && first == typeof(ServiceBinderBase));
        bind.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [this, null], culture: null);
        registry.AddService(typeof(TService), binding.BindType, _serviceNames);
        Log.ServiceMapped(host.Log, typeof(TService), _endpoints.Count);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var (call, info) = Open<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>(
            method, typeof(TRequest), typeof(ServerCallContext));
        var unary = new UnaryServerCallHandler<TService, TRequest, TResponse>(call, method, host);
        var metadata = Map(method, info, unary.HandleAsync);
        if (typeof(IMessage).IsAssignableFrom(typeof(TRequest)) && typeof(IMessage).IsAssignableFrom(typeof(TResponse)))
        {
            registry.AddMethod(new GrpcUnaryMethod<TService, TRequest, TResponse>(unary, method, host, metadata));
        }
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var (call, info) = Open<Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>(
            method, typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext));
        Map(method, info, new ClientStreamingServerCallHandler<TService, TRequest, TResponse>(call, method, host).HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var (call, info) = Open<Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(
            method, typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        Map(method, info, new ServerStreamingServerCallHandler<TService, TRequest, TResponse>(call, method, host).HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var (call, info) = Open<Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(
            method, typeof(IAsyncStreamReader<TRequest>), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        Map(method, info, new DuplexStreamingServerCallHandler<TService, TRequest, TResponse>(call, method, host).HandleAsync);
    }

    private static BindServiceMethodAttribute FindBinding()
    {
        for (var type = typeof(TService); type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is { } binding) return binding;
        }

        throw new InvalidOperationException($"{typeof(TService)} does not derive from a generated service base (…Base of a *Grpc.cs file).");
    }

    /// <summary>The implementation of a method as a delegate that takes the service first.</summary>
    private static (TDelegate Call, MethodInfo Info) Open<TDelegate>(IMethod method, params Type[] parameters)
        where TDelegate : Delegate
    {
        var info = typeof(TService).GetMethod(method.Name, BindingFlags.Public | BindingFlags.Instance, parameters)
            ?? throw new InvalidOperationException($"{typeof(TService)} has no public method {method.Name} with the parameters of {method.FullName}.");
        return (info.CreateDelegate<TDelegate>(), info);
    }

    private object[] Map(IMethod method, MethodInfo info, RequestDelegate handle)
    {
        // Class before method: middleware takes the last of a kind.
        object[] metadata =
        [
            .. typeof(TService).GetCustomAttributes(inherit: true),
            .. info.GetCustomAttributes(inherit: true),
            new GrpcMethodMetadata(typeof(TService), method),
            new HttpMethodMetadata([HttpMethods.Post]),
        ];
        _serviceNames.Add(method.ServiceName);
        _endpoints.Add(builder
            .Map(RoutePatternFactory.Parse(method.FullName), handle)
            .WithDisplayName($"gRPC - {method.FullName}")
            .WithMetadata(metadata));
        return metadata;
    }
}
