using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using SiOutcomeLab.Rpc.Tests.Interop;
using SiOutcomeLab.Rpc.Tests.Protocol;
using SiOutcomeLab.Rpc.Tests.Server;

namespace SiOutcomeLab.Rpc.Tests.Client;

/// <summary>What our client makes of answers that break the rules.</summary>
public sealed class ResponseTests
{
    private static readonly byte[] Message = Frames.Of(new SimpleResponse { Payload = new Payload { Body = ByteString.CopyFromUtf8("x") } }.ToByteArray());

    [Theory]
    [InlineData(404, StatusCode.Unimplemented)]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(403, StatusCode.PermissionDenied)]
    [InlineData(429, StatusCode.Unavailable)]
    [InlineData(503, StatusCode.Unavailable)]
    [InlineData(500, StatusCode.Unknown)]
    public async Task HttpStatus_WithoutGrpcStatus_IsMapped(int http, StatusCode code) => await Ends(code, context =>
    {
        context.Response.StatusCode = http;
        return Task.CompletedTask;
    });

    [Fact]
    public async Task HttpStatus_WithGrpcStatus_TheLatterCounts() => await Ends(StatusCode.NotFound, context =>
    {
        context.Response.StatusCode = 503;
        context.Response.Headers["grpc-status"] = "5";
        return Task.CompletedTask;
    });

    [Fact]
    public async Task ContentType_Html_IsUnknown() => await Ends(StatusCode.Unknown, context =>
    {
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync("<p>proxy</p>");
    });

    [Theory]
    [InlineData(null, StatusCode.Unknown)]
    [InlineData("abc", StatusCode.Unknown)]
    [InlineData("", StatusCode.Unknown)]
    [InlineData("17", StatusCode.Unknown)]
    [InlineData("-1", StatusCode.Unknown)]
    [InlineData("9", StatusCode.FailedPrecondition)]
    public async Task GrpcStatus_InTrailers_DecidesEvenWithAMessage(string? status, StatusCode code) =>
        await Ends(code, HandMadeServer.Answer(Message, status));

    [Theory]
    [InlineData(0, StatusCode.Unimplemented)]
    [InlineData(1, StatusCode.OK)]
    [InlineData(2, StatusCode.Unimplemented)]
    public async Task Unary_NotExactlyOneMessage_IsUnimplemented(int count, StatusCode code) =>
        await Ends(code, HandMadeServer.Answer(Frames.Join([.. Enumerable.Repeat(Message, count)])));

    [Fact]
    public async Task Unary_MessageCutShort_IsInternal() => await Ends(StatusCode.Internal, HandMadeServer.Answer(Message[..^1]));

    [Fact]
    public async Task Unary_UnknownFlag_IsInternal() => await Ends(StatusCode.Internal, HandMadeServer.Answer(Frames.Of([], 2)));

    [Fact]
    public async Task Unary_BytesThatDoNotParse_IsInternal() => await Ends(StatusCode.Internal, HandMadeServer.Answer(Frames.Of([0xff, 0xff])));

    [Fact]
    public async Task Unary_EncodingNotOffered_IsInternal() =>
        await Ends(StatusCode.Internal, HandMadeServer.Answer(Message, more: c => c.Response.Headers["grpc-encoding"] = "snappy"));

    [Fact]
    public async Task Unary_GzipBomb_IsResourceExhausted() => await Ends(
        StatusCode.ResourceExhausted,
        HandMadeServer.Answer(Frames.Of(Frames.Gzip(new byte[64 << 20]), 1), more: c => c.Response.Headers["grpc-encoding"] = "gzip"));

    [Theory]
    [InlineData(0x0, StatusCode.Internal)]
    [InlineData(0x2, StatusCode.Internal)]
    [InlineData(0x8, StatusCode.Cancelled)]
    [InlineData(0xB, StatusCode.ResourceExhausted)]
    [InlineData(0xC, StatusCode.PermissionDenied)]
    public async Task Reset_Code_IsMapped(int reset, StatusCode code) => await Ends(code, HandMadeServer.Reset(reset));

    [Fact]
    public async Task Reset_AfterHeaders_EndsTheStreamWithTheMappedCode()
    {
        await using var server = await HandMadeServer.StartAsync(async http =>
        {
            http.Response.ContentType = "application/grpc";
            await http.Response.BodyWriter.WriteAsync(Message);
            await Task.Delay(100);
            await HandMadeServer.Reset(0xB)(http);
        });
        using var call = server.Client.StreamingOutputCall(new StreamingOutputCallRequest());
        Assert.True(await call.ResponseStream.MoveNext().Soon());
        Assert.Equal(StatusCode.ResourceExhausted, await InteropCases.CodeOf(() => call.ResponseStream.MoveNext().Soon()));
    }

    [Fact]
    public async Task Message_MalformedPercentEncoding_IsShownAsItIs()
    {
        await using var server = await HandMadeServer.StartAsync(HandMadeServer.Answer([], "3", "50% of%zz %C3%A5"));
        var error = await Assert.ThrowsAsync<RpcException>(() => server.Client.UnaryCallAsync(new SimpleRequest()).ResponseAsync.Soon());
        Assert.Equal("50% of%zz å", error.Status.Detail);
    }

    [Fact]
    public async Task Trailers_BinaryPaddedAndJoined_AreTakenApart()
    {
        await using var server = await HandMadeServer.StartAsync(async http =>
        {
            await HandMadeServer.Answer([], "3")(http);
            http.Response.AppendTrailer("x-bin", new[] { "AQ==,Ag", "AwM" });
            http.Response.AppendTrailer("x-text", "a, b");
        });
        var error = await Assert.ThrowsAsync<RpcException>(() => server.Client.UnaryCallAsync(new SimpleRequest()).ResponseAsync.Soon());
        Assert.Equal([[1], [2], [3, 3]], error.Trailers.GetAll("x-bin").Select(e => e.ValueBytes));
        Assert.Equal("a, b", error.Trailers.GetValue("x-text"));
    }

    [Fact]
    public async Task Trailers_BinaryNotBase64_IsInternal() => await Ends(StatusCode.Internal, async http =>
    {
        await HandMadeServer.Answer(Message)(http);
        http.Response.AppendTrailer("x-bin", "!");
    });

    [Fact]
    public async Task Server_NeverAnswers_ClientEndsTheCallByItself()
    {
        await using var server = await HandMadeServer.StartAsync(http => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        var watch = Stopwatch.StartNew();
        var error = await Assert.ThrowsAsync<RpcException>(() =>
            server.Client.UnaryCallAsync(new SimpleRequest(), deadline: Deadline.In(TimeSpan.FromMilliseconds(200))).ResponseAsync.Soon());
        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        Assert.InRange(watch.ElapsedMilliseconds, 150, 60_000);
    }

    [Fact]
    public async Task Request_OnTheWire_HasWhatTheProtocolAsks()
    {
        var headers = new Dictionary<string, string>();
        await using var server = await HandMadeServer.StartAsync(http =>
        {
            foreach (var (name, value) in http.Request.Headers) headers[name.ToLowerInvariant()] = value.ToString();
            headers[":method"] = http.Request.Method;
            return HandMadeServer.Answer(Message)(http);
        });
        var own = new Metadata { { "x-own-bin", [1] }, { "grpc-timeout", "1H" }, { "te", "x" }, { "grpc-internal-encoding-request", "gzip" } };
        await server.Client.UnaryCallAsync(new SimpleRequest(), own, deadline: Deadline.In(TimeSpan.FromSeconds(90))).ResponseAsync.Soon();
        Assert.Equal("POST", headers[":method"]);
        Assert.Equal("application/grpc", headers["content-type"]);
        Assert.Equal("trailers", headers["te"]);
        Assert.Equal("identity,gzip", headers["grpc-accept-encoding"]);
        Assert.Equal("gzip", headers["grpc-encoding"]);
        Assert.Equal("AQ", headers["x-own-bin"]);
        Assert.Matches("^[3-9][0-9]{7}u$", headers["grpc-timeout"]);
        Assert.StartsWith("silab-rpc/", headers["user-agent"], StringComparison.Ordinal);
        Assert.False(headers.ContainsKey("grpc-internal-encoding-request"));
    }

    private static async Task Ends(StatusCode code, RequestDelegate answer)
    {
        await using var server = await HandMadeServer.StartAsync(answer);
        using var call = server.Client.UnaryCallAsync(new SimpleRequest());
        var error = await Record.ExceptionAsync(() => call.ResponseAsync.Soon());
        Assert.Equal(code, (error as RpcException)?.StatusCode ?? StatusCode.OK);
        Assert.Equal(code, call.GetStatus().StatusCode);
    }
}
