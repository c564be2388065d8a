using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using SiOutcomeLab.Rpc.Tests.Interop;
using SiOutcomeLab.Rpc.Tests.Server;

namespace SiOutcomeLab.Rpc.Tests.Client;

public sealed class ChannelTests
{
    [Theory]
    [InlineData("ftp://x")]
    [InlineData("file:///x")]
    public void ForAddress_NotHttp_Throws(string address) => Assert.Throws<ArgumentException>(() => GrpcChannel.ForAddress(address));

    [Fact]
    public void ForAddress_CredentialsAgainstTheAddress_Throw()
    {
        Assert.Throws<InvalidOperationException>(() =>
            GrpcChannel.ForAddress("http://x", new GrpcChannelOptions { Credentials = ChannelCredentials.SecureSsl }));
        Assert.Throws<InvalidOperationException>(() =>
            GrpcChannel.ForAddress("https://x", new GrpcChannelOptions { Credentials = ChannelCredentials.Insecure }));
    }

    [Fact]
    public async Task Call_NobodyListens_IsUnavailableInEveryShape()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        var client = new TestService.TestServiceClient(channel);
        Assert.Equal(StatusCode.Unavailable, await InteropCases.CodeOf(() => client.EmptyCallAsync(new Empty()).ResponseAsync.Soon()));
        using var output = client.StreamingOutputCall(new StreamingOutputCallRequest());
        Assert.Equal(StatusCode.Unavailable, await InteropCases.CodeOf(() => output.ResponseStream.MoveNext().Soon()));
        Assert.Equal(StatusCode.Unavailable, await InteropCases.CodeOf(() => output.ResponseHeadersAsync.Soon()));
        using var input = client.StreamingInputCall();
        Assert.Equal(StatusCode.Unavailable, await InteropCases.CodeOf(() => input.RequestStream.WriteAsync(new StreamingInputCallRequest()).Soon()));
        Assert.Equal(StatusCode.Unavailable, await InteropCases.CodeOf(() => input.ResponseAsync.Soon()));
        using var duplex = client.FullDuplexCall();
        Assert.Equal(StatusCode.Unavailable, await InteropCases.CodeOf(() => duplex.RequestStream.WriteAsync(new StreamingOutputCallRequest()).Soon()));
    }

    [Fact]
    public async Task Call_ServerVanishesMidway_IsUnavailable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var accepting = listener.AcceptTcpClientAsync();
        using var channel = GrpcChannel.ForAddress($"http://{listener.LocalEndpoint}");
        var call = new TestService.TestServiceClient(channel).EmptyCallAsync(new Empty());
        (await accepting.Soon()).Dispose();
        Assert.Equal(StatusCode.Unavailable, await InteropCases.CodeOf(() => call.ResponseAsync.Soon()));
    }

    [Fact]
    public async Task Call_CancelledOrOverdueWithThrowOption_ThrowsOperationCanceled()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        script.Unary = async (_, context) =>
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return new SimpleResponse();
        };
        var client = server.Client(o => o.ThrowOperationCanceledOnCancellation = true);
        using var cancel = new CancellationTokenSource(50);
        await Assert.ThrowsAsync<OperationCanceledException>(() => client.UnaryCallAsync(new SimpleRequest(), cancellationToken: cancel.Token).ResponseAsync.Soon());
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            client.UnaryCallAsync(new SimpleRequest(), deadline: Deadline.In(TimeSpan.FromMilliseconds(50))).ResponseAsync.Soon());
    }

    [Fact]
    public async Task Call_LocalDeadlineOrUnsendableMetadata_ThrowsAtOnce()
    {
        await using var server = await TestServer.StartAsync();
        var client = server.Client();
        Assert.Throws<InvalidOperationException>(() => client.EmptyCallAsync(new Empty(), deadline: Deadline.In(TimeSpan.FromHours(1)).ToLocalTime()));
        Assert.Throws<ArgumentException>(() => client.EmptyCallAsync(new Empty(), new Metadata { { "x", "å" } }));
        Assert.Throws<InvalidOperationException>(() =>
            client.EmptyCallAsync(new Empty(), new Metadata { { "grpc-internal-encoding-request", "br" } }));
        Assert.Throws<InvalidOperationException>(() => new Detached().EmptyCallAsync(new Empty()));
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "Bearer channel, Bearer call")]
    public async Task CallCredentials_WithoutTls_GoOutOnlyWhenForced(bool forced, string? expected)
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        var seen = default(string);
        script.Unary = (_, context) =>
        {
            seen = context.RequestHeaders.GetValue("authorization");
            return Task.FromResult(new SimpleResponse());
        };
        var client = server.Client(o =>
        {
            o.UnsafeUseInsecureChannelCallCredentials = forced;
            o.Credentials = ChannelCredentials.Create(ChannelCredentials.Insecure, Bearer("channel"));
        });
        await client.UnaryCallAsync(new SimpleRequest(), new CallOptions(credentials: Bearer("call"))).ResponseAsync.Soon();
        Assert.Equal(expected, seen);

        static CallCredentials Bearer(string token) => CallCredentials.FromInterceptor((context, metadata) =>
        {
            Assert.EndsWith("/grpc.testing.TestService", context.ServiceUrl, StringComparison.Ordinal);
            Assert.Equal("UnaryCall", context.MethodName);
            metadata.Add("authorization", "Bearer " + token);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Streams_Misused_SayHow()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        script.Duplex = (requests, _, context) => requests.MoveNext(context.CancellationToken);
        using var call = server.Client().FullDuplexCall();
        Assert.Throws<InvalidOperationException>(() => call.GetStatus());
        Assert.Throws<InvalidOperationException>(() => call.ResponseStream.Current);
        var reading = call.ResponseStream.MoveNext();
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.ResponseStream.MoveNext().Soon());
        await call.RequestStream.CompleteAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync(new StreamingOutputCallRequest()).Soon());
        Assert.False(await reading.Soon());
        Assert.False(await call.ResponseStream.MoveNext().Soon());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Calls_ManyAtOnce_AllEnd()
    {
        await using var server = await TestServer.StartAsync();
        var client = server.Client();
        var request = new SimpleRequest { ResponseSize = 100, Payload = new Payload { Body = Google.Protobuf.ByteString.CopyFrom(new byte[100]) } };
        await Task.WhenAll(Enumerable.Range(0, 500).Select(async _ =>
            Assert.Equal(100, (await client.UnaryCallAsync(request, deadline: Deadline.In(TimeSpan.FromSeconds(60)))).Payload.Body.Length))).Soon();
    }

    [Fact]
    public async Task HttpClient_Given_IsUsed()
    {
        await using var server = await TestServer.StartAsync();
        using var http = new HttpClient();
        using var channel = GrpcChannel.ForAddress(server.Address, new GrpcChannelOptions { HttpClient = http });
        await new TestService.TestServiceClient(channel).EmptyCallAsync(new Empty()).ResponseAsync.Soon();
    }

    private sealed class Detached : TestService.TestServiceClient;
}
