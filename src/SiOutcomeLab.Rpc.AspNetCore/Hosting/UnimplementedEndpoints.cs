using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using SiOutcomeLab.Rpc.Protocol;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>Answers gRPC calls of unknown methods and services with UNIMPLEMENTED; other requests on the same paths pass by.</summary>
internal static class UnimplementedEndpoints
{
    public static void MapUnknownMethods(IEndpointRouteBuilder builder, string serviceName, CallHost host) =>
        Map(builder, serviceName + "/{unimplementedMethod}", "Method is unimplemented.", host);

    public static void MapUnknownServices(IEndpointRouteBuilder builder, CallHost host) =>
        Map(builder, "{unimplementedService}/{unimplementedMethod}", "Service is unimplemented.", host);

    private static void Map(IEndpointRouteBuilder builder, string pattern, string detail, CallHost host)
    {
        var policies = new RouteValueDictionary { ["unimplementedMethod"] = new GrpcCallConstraint() };
        builder.Map(RoutePatternFactory.Parse(pattern, defaults: null, policies), http => AnswerAsync(http, detail, host))
            .WithDisplayName("gRPC - " + detail)
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Post]));
    }

    private static Task AnswerAsync(HttpContext http, string detail, CallHost host)
    {
        if (!RequestCheck.IsCall(http, host.Log)) return Task.CompletedTask;
        Log.Unimplemented(host.Log);
        http.Response.ContentType = GrpcHeaders.ContentType;
        StatusWriter.Write(http.Response.Headers, new Status(StatusCode.Unimplemented, detail), Metadata.Empty);
        return Task.CompletedTask;
    }

    private sealed class GrpcCallConstraint : IRouteConstraint
    {
        public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
            httpContext is null || GrpcHeaders.IsGrpcContentType(httpContext.Request.ContentType);
    }
}
