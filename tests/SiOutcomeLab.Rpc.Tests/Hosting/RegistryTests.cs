using Google.Protobuf;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SiOutcomeLab.Rpc.AspNetCore;
using SiOutcomeLab.Rpc.Tests.Interop;
using SiOutcomeLab.Rpc.Tests.Server;

namespace SiOutcomeLab.Rpc.Tests.Hosting;

/// <summary>Calling mapped methods by another door than gRPC.</summary>
public sealed class RegistryTests
{
    private const string Path = "/grpc.testing.TestService/UnaryCall";

    [Fact]
    public async Task UnaryMethods_OfAMappedService_AreListedWithTheirTypes()
    {
        await using var server = await TestServer.StartAsync();
        var registry = server.Services.GetRequiredService<GrpcMethodRegistry>();
        Assert.Equal(["/grpc.testing.TestService/EmptyCall", Path, "/grpc.testing.TestService/UnimplementedCall"], registry.UnaryMethods.Select(m => m.FullName));
        Assert.Equal(["grpc.testing.TestService"], registry.ServiceNames);
        var method = registry.Find(Path)!;
        Assert.Equal((typeof(SimpleRequest), typeof(SimpleResponse)), (method.RequestType, method.ResponseType));
        Assert.Equal(("grpc.testing.TestService", "UnaryCall"), (method.ServiceName, method.Name));
        Assert.Equal("grpc.testing.SimpleRequest", method.RequestDescriptor.FullName);
        Assert.Equal(4 << 20, method.MaxReceiveMessageSize);
        Assert.IsType<SimpleRequest>(method.RequestParser.ParseFrom(ByteString.Empty));
        Assert.Contains(method.Metadata, m => m is GrpcMethodMetadata);
        Assert.Null(registry.Find("/grpc.testing.TestService/unarycall"));
        Assert.Null(registry.Find("/grpc.testing.TestService/FullDuplexCall"));
    }

    [Fact]
    public async Task InvokeAsync_Ok_RunsInterceptorsAndHandler()
    {
        var (server, script) = await Script.StartAsync(o => o.Interceptors.Add<Marking>());
        await using var stop = server;
        script.Unary = async (request, context) =>
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "x-h", context.RequestHeaders.GetValue("x-in")! } });
            context.ResponseTrailers.Add("x-user", context.GetHttpContext().TraceIdentifier + context.Method);
            return new SimpleResponse { Payload = new Payload { Body = ByteString.CopyFromUtf8(new string('x', request.ResponseSize)) } };
        };
        using var scope = server.Services.CreateScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider, TraceIdentifier = "T" };
        var result = await Method(server)
            .InvokeAsync(http, new SimpleRequest { ResponseSize = 3 }, new Metadata { { "x-in", "v" } }, DateTime.MaxValue, CancellationToken.None).Soon();
        Assert.Equal(StatusCode.OK, result.Status.StatusCode);
        Assert.Equal(3, Assert.IsType<SimpleResponse>(result.Response).Payload.Body.Length);
        Assert.Equal("v", result.ResponseHeaders.GetValue("x-h"));
        Assert.Equal(["marked", "T" + Path], result.ResponseTrailers.Select(e => e.Value));
        Assert.Equal((1, 1), (script.ServicesMade, script.ServicesDisposed));
    }

    [Fact]
    public async Task InvokeAsync_HandlerFails_StatusAsOverGrpc()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        script.Unary = (request, _) => request.ResponseSize switch
        {
            0 => throw new InvalidOperationException("secret"),
            1 => throw new RpcException(new Status(StatusCode.NotFound, "no"), new Metadata { { "x-t", "1" } }),
            _ => Task.FromResult<SimpleResponse>(null!),
        };
        var unknown = await Invoke(server, new SimpleRequest());
        Assert.Equal((StatusCode.Unknown, "Exception was thrown by handler."), (unknown.Status.StatusCode, unknown.Status.Detail));
        Assert.Null(unknown.Response);
        var notFound = await Invoke(server, new SimpleRequest { ResponseSize = 1 });
        Assert.Equal((StatusCode.NotFound, "1"), (notFound.Status.StatusCode, notFound.ResponseTrailers.GetValue("x-t")));
        Assert.Equal(StatusCode.Unknown, (await Invoke(server, new SimpleRequest { ResponseSize = 2 })).Status.StatusCode);
    }

    [Fact]
    public async Task InvokeAsync_DeadlineOrToken_EndsTheHandler()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        script.Unary = async (_, context) =>
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return new SimpleResponse();
        };
        Assert.Equal(StatusCode.DeadlineExceeded, (await Invoke(server, new SimpleRequest(), Deadline.In(TimeSpan.FromMilliseconds(100)))).Status.StatusCode);
        using var cancel = new CancellationTokenSource(100);
        Assert.Equal(StatusCode.Cancelled, (await Invoke(server, new SimpleRequest(), token: cancel.Token)).Status.StatusCode);
    }

    [Fact]
    public async Task InvokeAsync_HandlerIgnoresTheDeadline_IsOverdueAllTheSame()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        script.Unary = async (_, _) =>
        {
            await Task.Delay(300, CancellationToken.None);
            return new SimpleResponse();
        };
        var result = await Invoke(server, new SimpleRequest(), Deadline.In(TimeSpan.FromMilliseconds(50)));
        Assert.Equal(StatusCode.DeadlineExceeded, result.Status.StatusCode);
        Assert.Null(result.Response);
    }

    [Fact]
    public async Task InvokeAsync_WrongMessageOrLocalDeadline_Throws()
    {
        await using var server = await TestServer.StartAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => Invoke(server, new Empty()));
        await Assert.ThrowsAsync<ArgumentException>(() => Invoke(server, new SimpleRequest(), Deadline.In(TimeSpan.FromHours(1)).ToLocalTime()));
    }

    private static GrpcUnaryMethod Method(TestServer server) => server.Services.GetRequiredService<GrpcMethodRegistry>().Find(Path)!;

    private static async Task<GrpcUnaryResult> Invoke(TestServer server, IMessage request, DateTime? deadline = null, CancellationToken token = default)
    {
        using var scope = server.Services.CreateScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        return await Method(server).InvokeAsync(http, request, Metadata.Empty, deadline ?? DateTime.MaxValue, token).Soon();
    }

    private sealed class Marking : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            context.ResponseTrailers.Add("x-mark", "marked");
            return continuation(request, context);
        }
    }
}
