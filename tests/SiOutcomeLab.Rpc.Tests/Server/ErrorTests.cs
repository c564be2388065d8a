using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using SiOutcomeLab.Rpc.Tests.Interop;
using Status = Grpc.Core.Status;

namespace SiOutcomeLab.Rpc.Tests.Server;

public sealed class ErrorTests
{
    private const string Secret = "/srv/data/row-17";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Handler_Throws_ClientSeesTextOnlyWhenTold(bool detailed)
    {
        var (server, script) = await Script.StartAsync(o => o.EnableDetailedErrors = detailed);
        await using var stop = server;
        script.Unary = (_, _) => throw new InvalidOperationException(Secret, new IOException("inner"));
        var error = await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryCallAsync(new SimpleRequest()).ResponseAsync.Soon());
        Assert.Equal(StatusCode.Unknown, error.StatusCode);
        Assert.Equal(
            detailed
                ? $"Exception was thrown by handler. InvalidOperationException: {Secret} IOException: inner"
                : "Exception was thrown by handler.",
            error.Status.Detail);
        var line = Assert.Single(server.Log.Lines, l => l.Event == "HandlerThrew");
        Assert.Equal(LogLevel.Error, line.Level);
    }

    [Fact]
    public async Task Handler_FailsOnADisk_IsAFaultAndNoClientGoneAway()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        script.Unary = (_, _) => throw new IOException(Secret);

        var error = await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryCallAsync(new SimpleRequest()).ResponseAsync.Soon());

        Assert.Equal(StatusCode.Unknown, error.StatusCode);
        Assert.DoesNotContain(Secret, error.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(LogLevel.Error, Assert.Single(server.Log.Lines, l => l.Event == "HandlerThrew").Level);
    }

    [Fact]
    public async Task Handler_ThrowsAfterMessages_StatusIsInTrailers()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        script.Output = async (_, responses, _) =>
        {
            await responses.WriteAsync(new StreamingOutputCallResponse(), CancellationToken.None);
            throw new RpcException(new Status(StatusCode.DataLoss, "då"));
        };
        using var call = server.Client().StreamingOutputCall(new StreamingOutputCallRequest());
        Assert.True(await call.ResponseStream.MoveNext().Soon());
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().Soon());
        Assert.Equal((StatusCode.DataLoss, "då"), (error.StatusCode, error.Status.Detail));
        Assert.DoesNotContain(server.Log.Lines, l => l.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Handler_SetsStatus_ResponseIsLeftOut()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        script.Unary = (_, context) =>
        {
            context.Status = new Status(StatusCode.NotFound, "no");
            return Task.FromResult(new SimpleResponse());
        };
        Assert.Equal(StatusCode.NotFound, await InteropCases.CodeOf(() => server.Client().UnaryCallAsync(new SimpleRequest()).ResponseAsync.Soon()));
    }

    [Fact]
    public async Task Handler_ReturnsNull_IsUnknown()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        script.Unary = (_, _) => Task.FromResult<SimpleResponse>(null!);
        Assert.Equal(StatusCode.Unknown, await InteropCases.CodeOf(() => server.Client().UnaryCallAsync(new SimpleRequest()).ResponseAsync.Soon()));
    }

    [Fact]
    public async Task RichStatus_ThroughTheWire_KeepsItsDetails()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        var sent = new Google.Rpc.Status
        {
            Code = (int)StatusCode.InvalidArgument,
            Message = "Kolumnen saknas",
            Details =
            {
                Any.Pack(new ErrorInfo { Type = "COLUMN_MISSING", Domain = "example.org", Metadata = { ["column"] = "person_id" } }),
                Any.Pack(new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = "a.b", Description = "måste finnas" } } }),
                Any.Pack(new SimpleRequest()),
            },
        };
        script.Unary = (_, context) =>
        {
            context.ResponseTrailers.Add("x-own", "1");
            throw sent.ToRpcException();
        };
        var error = await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryCallAsync(new SimpleRequest()).ResponseAsync.Soon());
        Assert.Equal((StatusCode.InvalidArgument, "Kolumnen saknas"), (error.StatusCode, error.Status.Detail));
        Assert.Equal("1", error.Trailers.GetValue("x-own"));
        var got = error.GetRpcStatus();
        Assert.Equal(sent, got);
        Assert.Equal("COLUMN_MISSING", got!.GetDetail<ErrorInfo>()!.Type);
        Assert.Equal("a.b", got!.GetDetail<BadRequest>()!.FieldViolations[0].Field);
        Assert.Null(got!.GetDetail<RetryInfo>());
        Assert.Equal(2, got!.UnpackDetailMessages().Count());
    }

    [Fact]
    public void RichStatus_BytesThatDoNotParse_ThrowOrAreIgnored()
    {
        var error = new RpcException(new Status(StatusCode.Internal, ""), new Metadata { { "grpc-status-details-bin", [0xff] } });
        Assert.Throws<InvalidProtocolBufferException>(() => error.GetRpcStatus());
        Assert.Null(error.GetRpcStatus(ignoreParseError: true));
        Assert.Null(new RpcException(new Status(StatusCode.Internal, "")).GetRpcStatus());
    }

    [Fact]
    public async Task Trailers_NotSendable_AreAnInternalErrorNotAHang()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        script.Unary = (_, context) =>
        {
            context.ResponseTrailers.Add("x-own", "å\n");
            return Task.FromResult(new SimpleResponse());
        };
        Assert.Equal(StatusCode.Internal, await InteropCases.CodeOf(() => server.Client().UnaryCallAsync(new SimpleRequest()).ResponseAsync.Soon()));
    }

    [Fact]
    public async Task Metadata_DuplicateKeys_ComeBackInOrder()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        script.Unary = async (_, context) =>
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "x-a", "1" }, { "x-a", "2" }, { "x-b-bin", [3] }, { "x-b-bin", [] } });
            foreach (var entry in context.RequestHeaders.GetAll("x-c-bin")) context.ResponseTrailers.Add(entry);
            await Assert.ThrowsAsync<InvalidOperationException>(() => context.WriteResponseHeadersAsync([]));
            return new SimpleResponse();
        };
        using var call = server.Client().UnaryCallAsync(new SimpleRequest(), new Metadata { { "x-c-bin", [1] }, { "x-c-bin", [2] } });
        await call.ResponseAsync.Soon();
        var headers = await call.ResponseHeadersAsync.Soon();
        Assert.Equal(["1", "2"], headers.GetAll("x-a").Select(e => e.Value));
        Assert.Equal([[3], []], headers.GetAll("x-b-bin").Select(e => e.ValueBytes));
        Assert.Equal([[1], [2]], call.GetTrailers().GetAll("x-c-bin").Select(e => e.ValueBytes));
    }

    [Fact]
    public async Task Context_OfACall_SaysWhoAndWhat()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        var seen = new List<string?>();
        script.Unary = (_, context) =>
        {
            seen.AddRange(context.Method, context.GetHttpContext().Request.Path.Value, context.Host, context.Peer[..15]);
            seen.AddRange(context.RequestHeaders.GetValue("authorization"), context.RequestHeaders.GetValue("te"));
            Assert.False(context.AuthContext.IsPeerAuthenticated);
            return Task.FromResult(new SimpleResponse());
        };
        await server.Client().UnaryCallAsync(new SimpleRequest(), new Metadata { { "Authorization", "Bearer x" } }).ResponseAsync.Soon();
        const string method = "/grpc.testing.TestService/UnaryCall";
        Assert.Equal([method, method, $"127.0.0.1:{server.Port}", "ipv4:127.0.0.1:", "Bearer x", null], seen);
    }
}
