using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SiOutcomeLab.Rpc.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection
{
    /// <summary>Adds the reflection service.</summary>
    public static class GrpcReflectionServiceExtensions
    {
        /// <summary>Adds the reflection service. It shows every mapped service to whoever asks: keep it off outside development.</summary>
        /// <param name="services">The application's services.</param>
        public static IServiceCollection AddGrpcReflection(this IServiceCollection services)
        {
            services.AddGrpc();
            return services;
        }
    }
}

namespace Microsoft.AspNetCore.Builder
{
    /// <summary>Maps the reflection service.</summary>
    public static class GrpcReflectionEndpointRouteBuilderExtensions
    {
        /// <summary>Maps <c>grpc.reflection.v1.ServerReflection</c>.</summary>
        /// <param name="builder">The application.</param>
        public static GrpcServiceEndpointConventionBuilder MapGrpcReflectionService(this IEndpointRouteBuilder builder) =>
            builder.MapGrpcService<ReflectionService>();
    }
}
