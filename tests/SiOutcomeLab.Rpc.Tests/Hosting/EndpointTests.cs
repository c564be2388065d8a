using System.ComponentModel;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using SiOutcomeLab.Rpc.Tests.Interop;
using SiOutcomeLab.Rpc.Tests.Protocol;
using SiOutcomeLab.Rpc.Tests.Server;

namespace SiOutcomeLab.Rpc.Tests.Hosting;

public sealed class EndpointTests
{
    [Fact]
    public async Task Mapped_Method_CarriesAttributesAndMethodForMiddleware()
    {
        Endpoint? endpoint = null;
        await using var server = await TestServer.StartAsync(map: app =>
        {
            app.Use((http, next) =>
            {
                endpoint = http.GetEndpoint();
                return next(http);
            });
            app.MapGrpcService<Described>().Add(e => e.Metadata.Add("by convention"));
        });
        await server.Client().EmptyCallAsync(new Empty()).ResponseAsync.Soon();
        var method = endpoint!.Metadata.GetRequiredMetadata<GrpcMethodMetadata>();
        Assert.Equal(typeof(Described), method.ServiceType);
        Assert.Equal("/grpc.testing.TestService/EmptyCall", method.Method.FullName);
        Assert.Equal(["of the class", "of the method"], endpoint.Metadata.GetOrderedMetadata<DescriptionAttribute>().Select(d => d.Description));
        Assert.Equal("by convention", endpoint.Metadata.GetMetadata<string>());
    }

    [Fact]
    public async Task Middleware_Refuses_ClientSeesTheMappedCode()
    {
        await using var server = await TestServer.StartAsync(map: app =>
        {
            app.Use((HttpContext http, RequestDelegate _) =>
            {
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Task.CompletedTask;
            });
            app.MapGrpcService<InteropService>();
        });
        Assert.Equal(StatusCode.Unauthenticated, await InteropCases.CodeOf(() => server.Client().EmptyCallAsync(new Empty()).ResponseAsync.Soon()));
    }

    [Fact]
    public async Task Http1_GrpcCall_IsUpgradeRequired()
    {
        await using var server = await TestServer.StartAsync(protocols: HttpProtocols.Http1);
        var answer = await RawCall.SendAsync(
            server, "/grpc.testing.TestService/EmptyCall", new ByteArrayContent(Frames.Of([])), [], version: new Version(1, 1));
        Assert.Equal(426, answer.HttpStatus);
        Assert.Equal(["HTTP/2"], answer.Headers["upgrade"]);
    }

    [Fact]
    public async Task Map_WithoutAddGrpc_SaysWhatIsMissing()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        Assert.Contains("AddGrpc", Assert.Throws<InvalidOperationException>(() => app.MapGrpcService<InteropService>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Map_TypeWithoutGeneratedBase_SaysSo()
    {
        var error = await Record.ExceptionAsync(() => TestServer.StartAsync(map: app => app.MapGrpcService<EndpointTests>()));
        Assert.Contains("generated service base", error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_UnknownCompression_IsRefusedAtStart()
    {
        var error = await Record.ExceptionAsync(() => TestServer.StartAsync(o => o.ResponseCompressionAlgorithm = "br"));
        Assert.Contains("\"br\"", error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_OfOneService_OverrideThoseOfAll()
    {
        await using var server = await TestServer.StartAsync(
            o => o.MaxReceiveMessageSize = 10,
            s => s.AddGrpc().AddServiceOptions<InteropService>(o => o.MaxReceiveMessageSize = null));
        var request = new SimpleRequest { Payload = new Payload { Body = Google.Protobuf.ByteString.CopyFrom(new byte[100]) } };
        await server.Client().UnaryCallAsync(request).ResponseAsync.Soon();
    }

    [Fact]
    public async Task Options_IgnoreUnknownServices_LeavesThemToOthers()
    {
        await using var server = await TestServer.StartAsync(o => o.IgnoreUnknownServices = true);
        Assert.Equal(404, (await RawCall.SendAsync(server, "/no.Service/X", Frames.Of([]))).HttpStatus);
        Assert.Equal("12", (await RawCall.SendAsync(server, "/grpc.testing.TestService/X", Frames.Of([]))).Status);
    }

    [Fact]
    public async Task TwoServices_Mapped_UnknownOnesAreStillUnambiguous()
    {
        await using var server = await TestServer.StartAsync(
            services: s =>
            {
                s.AddGrpcHealthChecks();
                s.AddGrpcReflection();
            },
            map: app =>
            {
                app.MapGrpcService<InteropService>();
                app.MapGrpcHealthChecksService();
                app.MapGrpcReflectionService();
            });
        Assert.Equal("12", (await RawCall.SendAsync(server, "/no.Service/X", Frames.Of([]))).Status);
    }

    [Description("of the class")]
    private sealed class Described : TestService.TestServiceBase
    {
        [Description("of the method")]
        public override Task<Empty> EmptyCall(Empty request, ServerCallContext context) => Task.FromResult(new Empty());
    }
}
