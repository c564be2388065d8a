using Grpc.AspNetCore.HealthChecks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SiOutcomeLab.Rpc.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection
{
    /// <summary>Adds the health service.</summary>
    public static class GrpcHealthChecksServiceExtensions
    {
        /// <summary>Adds the health service over the application's health checks.</summary>
        /// <param name="services">The application's services.</param>
        /// <returns>Where checks are added.</returns>
        public static IHealthChecksBuilder AddGrpcHealthChecks(this IServiceCollection services)
        {
            ArgumentNullException.ThrowIfNull(services);
            services.TryAddSingleton<HealthBoard>();
            services.AddSingleton<IHealthCheckPublisher>(s => s.GetRequiredService<HealthBoard>());
            services.AddOptions<GrpcHealthChecksOptions>();
            return services.AddHealthChecks();
        }

        /// <summary>Adds the health service over the application's health checks, with options.</summary>
        /// <param name="services">The application's services.</param>
        /// <param name="configure">Maps service names.</param>
        /// <returns>Where checks are added.</returns>
        public static IHealthChecksBuilder AddGrpcHealthChecks(this IServiceCollection services, Action<GrpcHealthChecksOptions> configure)
        {
            services.Configure(configure);
            return services.AddGrpcHealthChecks();
        }
    }
}

namespace Microsoft.AspNetCore.Builder
{
    /// <summary>Maps the health service.</summary>
    public static class GrpcHealthChecksEndpointRouteBuilderExtensions
    {
        /// <summary>Maps <c>grpc.health.v1.Health</c>.</summary>
        /// <param name="builder">The application.</param>
        public static GrpcServiceEndpointConventionBuilder MapGrpcHealthChecksService(this IEndpointRouteBuilder builder) =>
            builder.MapGrpcService<HealthService>();
    }
}
