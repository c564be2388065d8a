using Grpc.AspNetCore.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SiOutcomeLab.Rpc.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what gRPC services need.</summary>
public static class GrpcServicesExtensions
{
    /// <summary>Adds what gRPC services need.</summary>
    /// <param name="services">The application's services.</param>
    public static IGrpcServerBuilder AddGrpc(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddRouting();
        services.AddOptions<GrpcServiceOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<GrpcMethodRegistry>();
        return new GrpcServerBuilder(services);
    }

    /// <summary>Adds what gRPC services need, with options.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configureOptions">Sets options of all services.</param>
    public static IGrpcServerBuilder AddGrpc(this IServiceCollection services, Action<GrpcServiceOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(configureOptions);
        var builder = services.AddGrpc();
        services.Configure(configureOptions);
        return builder;
    }

    /// <summary>Sets options of one service.</summary>
    /// <typeparam name="TService">The service.</typeparam>
    /// <param name="grpcBuilder">What <c>AddGrpc</c> returned.</param>
    /// <param name="configure">Sets the options.</param>
    public static IGrpcServerBuilder AddServiceOptions<TService>(
        this IGrpcServerBuilder grpcBuilder, Action<GrpcServiceOptions<TService>> configure)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(grpcBuilder);
        grpcBuilder.Services.Configure(configure);
        return grpcBuilder;
    }
}
