using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SiOutcomeLab.Rpc.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps gRPC services to paths.</summary>
public static class GrpcEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps every method of a service. Attributes of the class and its methods become endpoint metadata, beside
    /// <see cref="GrpcMethodMetadata"/>. The service is taken from the application's services, or made, for each call.
    /// </summary>
    /// <typeparam name="TService">The implementation, derived from a generated service base.</typeparam>
    /// <param name="builder">The application.</param>
    /// <exception cref="InvalidOperationException"><c>AddGrpc</c> was not called, or the type has no generated base.</exception>
    public static GrpcServiceEndpointConventionBuilder MapGrpcService<TService>(this IEndpointRouteBuilder builder)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.ServiceProvider;
        var registry = services.GetService<GrpcMethodRegistry>()
            ?? throw new InvalidOperationException("gRPC services are not added: call services.AddGrpc() first.");
        var all = services.GetRequiredService<IOptions<GrpcServiceOptions>>().Value;
        var own = services.GetRequiredService<IOptions<GrpcServiceOptions<TService>>>().Value;
        var host = new CallHost(
            CallSettings.Resolve(all, own),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILoggerFactory>().CreateLogger("Grpc.AspNetCore.Server"));
        var binder = new EndpointServiceBinder<TService>(builder, host, registry);
        binder.Bind();
        foreach (var name in binder.ServiceNames)
        {
            if (registry.ClaimFallback(name)) UnimplementedEndpoints.MapUnknownMethods(builder, name, host);
        }

        if (all.IgnoreUnknownServices != true && registry.ClaimFallback(GrpcMethodRegistry.AnyService))
        {
            UnimplementedEndpoints.MapUnknownServices(builder, host);
        }

        return new GrpcServiceEndpointConventionBuilder(binder.Endpoints);
    }
}
