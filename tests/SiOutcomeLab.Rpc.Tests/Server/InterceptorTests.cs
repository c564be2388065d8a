using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;
using SiOutcomeLab.Rpc.Tests.Interop;

namespace SiOutcomeLab.Rpc.Tests.Server;

public sealed class InterceptorTests
{
    [Fact]
    public async Task Server_FourShapes_RunInOrderAroundTheHandler()
    {
        var trace = new List<string>();
        await using var server = await TestServer.StartAsync(
            o =>
            {
                o.Interceptors.Add<Tracing>("first");
                o.Interceptors.Add<Tracing>("second");
            },
            s => s.AddSingleton(trace).AddGrpc().AddServiceOptions<InteropService>(o => o.Interceptors.Add<Tracing>("own")));
        var client = server.Client();
        string[] expected = ["> first", "> second", "> own", "< own", "< second", "< first"];

        await client.EmptyCallAsync(new Empty()).ResponseAsync.Soon();
        Assert.Equal(expected, Take());

        using var input = client.StreamingInputCall();
        await input.RequestStream.CompleteAsync();
        await input.ResponseAsync.Soon();
        Assert.Equal(expected, Take());

        using var output = client.StreamingOutputCall(new StreamingOutputCallRequest());
        Assert.False(await output.ResponseStream.MoveNext().Soon());
        Assert.Equal(expected, Take());

        using var duplex = client.FullDuplexCall();
        await duplex.RequestStream.CompleteAsync();
        Assert.False(await duplex.ResponseStream.MoveNext().Soon());
        Assert.Equal(expected, Take());

        string[] Take()
        {
            lock (trace)
            {
                var taken = trace.ToArray();
                trace.Clear();
                return taken;
            }
        }
    }

    [Fact]
    public async Task Server_InterceptorRefuses_ServiceIsNotMade()
    {
        await using var server = await TestServer.StartAsync(o => o.Interceptors.Add<Refusing>());
        Assert.Equal(StatusCode.PermissionDenied, await InteropCases.CodeOf(() => server.Client().EmptyCallAsync(new Empty()).ResponseAsync.Soon()));
        Assert.Equal(0, server.Witness.ServicesMade);
    }

    [Fact]
    public async Task Server_InterceptorOfTheServices_IsSharedNotMadePerCall()
    {
        await using var server = await TestServer.StartAsync(o => o.Interceptors.Add<Counting>(), s => s.AddSingleton<Counting>());
        var client = server.Client();
        await client.EmptyCallAsync(new Empty()).ResponseAsync.Soon();
        await client.EmptyCallAsync(new Empty()).ResponseAsync.Soon();
        Assert.Equal(2, server.Services.GetRequiredService<Counting>().Calls);
        Assert.Equal(2, server.Witness.ServicesMade);
    }

    [Fact]
    public async Task Server_MadePerCall_IsDisposedAfterIt()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        await server.Client().UnaryCallAsync(new SimpleRequest()).ResponseAsync.Soon();
        Assert.Equal((1, 1), (script.ServicesMade, script.ServicesDisposed));
    }

    [Fact]
    public void Server_NotAnInterceptor_IsRefusedWhenAdded() =>
        Assert.Throws<ArgumentException>(() => new Grpc.AspNetCore.Server.InterceptorCollection().Add(typeof(string)));

    [Fact]
    public async Task Client_SeveralAndHeaders_FirstSeesTheCallFirst()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        var seen = new List<string>();
        script.Unary = (_, context) =>
        {
            seen.Add(context.RequestHeaders.GetValue("x-added")! + "@" + context.Host);
            return Task.FromResult(new SimpleResponse());
        };
        var trace = new List<string>();
        var invoker = server.Channel()
            .Intercept(m =>
            {
                m.Add("x-added", "yes");
                return m;
            })
            .Intercept(new ClientTracing("first", trace), new ClientTracing("second", trace));
        var client = new TestService.TestServiceClient(invoker).WithHost("other.example");
        await client.UnaryCallAsync(new SimpleRequest()).ResponseAsync.Soon();
        client.UnaryCall(new SimpleRequest());
        Assert.Equal(["first", "second", "first", "second"], trace);
        Assert.Equal(["yes@other.example", "yes@other.example"], seen);
    }

    private sealed class Tracing(string name, List<string> trace) : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
            Around(() => continuation(request, context));

        public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream,
            ServerCallContext context,
            ClientStreamingServerMethod<TRequest, TResponse> continuation) => Around(() => continuation(requestStream, context));

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            ServerStreamingServerMethod<TRequest, TResponse> continuation) => Around(() => Unit(continuation(request, responseStream, context)));

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
            Around(() => Unit(continuation(requestStream, responseStream, context)));

        private static async Task<bool> Unit(Task task)
        {
            await task;
            return true;
        }

        private async Task<T> Around<T>(Func<Task<T>> next)
        {
            lock (trace) trace.Add("> " + name);
            var result = await next();
            lock (trace) trace.Add("< " + name);
            return result;
        }
    }

    private sealed class Refusing : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
            throw new RpcException(new Status(StatusCode.PermissionDenied, ""));
    }

    private sealed class Counting : Interceptor
    {
        public int Calls { get; private set; }

        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            Calls++;
            return continuation(request, context);
        }
    }

    private sealed class ClientTracing(string name, List<string> trace) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            trace.Add(name);
            return continuation(request, context);
        }

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            trace.Add(name);
            return continuation(request, context);
        }
    }
}
