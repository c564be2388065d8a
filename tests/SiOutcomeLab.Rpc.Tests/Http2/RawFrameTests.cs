using System.Buffers.Binary;
using Google.Protobuf;
using Grpc.Core;
using SiOutcomeLab.Rpc.Tests.Interop;
using SiOutcomeLab.Rpc.Tests.Protocol;
using SiOutcomeLab.Rpc.Tests.Server;

namespace SiOutcomeLab.Rpc.Tests.Http2;

/// <summary>HTTP/2 frames cut as no client library cuts them.</summary>
public sealed class RawFrameTests : IAsyncLifetime
{
    private const string Unary = "/grpc.testing.TestService/UnaryCall";
    private const string Input = "/grpc.testing.TestService/StreamingInputCall";
    private const string Duplex = "/grpc.testing.TestService/FullDuplexCall";
    private static readonly byte[] Request = Frames.Of(new SimpleRequest { ResponseSize = 1 }.ToByteArray());

    private TestServer _server = null!;
    private Http2Connection _http = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _http = await Http2Connection.OpenAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        await _http.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task EndStream_OnTheDataOfTheMessage_IsAnswered()
    {
        await _http.SendCallAsync(1, Unary);
        await _http.SendAsync(Http2Connection.Data, Http2Connection.EndStream, 1, Request);
        Assert.Equal("0", (await _http.ReadAnswerAsync(1)).Status);
    }

    [Fact]
    public async Task EndStream_OnAnEmptyDataFrame_IsAnswered()
    {
        await _http.SendCallAsync(1, Unary);
        await _http.SendAsync(Http2Connection.Data, 0, 1, Request);
        await _http.SendAsync(Http2Connection.Data, 0, 1, []);
        await _http.SendAsync(Http2Connection.Data, Http2Connection.EndStream, 1, []);
        Assert.Equal("0", (await _http.ReadAnswerAsync(1)).Status);
    }

    [Theory]
    [InlineData(Unary, "12")]
    [InlineData(Input, "0")]
    [InlineData(Duplex, "0")]
    public async Task EndStream_OnTheHeaders_IsNoMessages(string path, string status)
    {
        await _http.SendCallAsync(1, path, end: true);
        Assert.Equal(status, (await _http.ReadAnswerAsync(1)).Status);
    }

    [Fact]
    public async Task Data_PaddedAndByteByByte_IsPutTogether()
    {
        await _http.SendCallAsync(1, Unary);
        foreach (var b in Request)
        {
            await _http.SendAsync(Http2Connection.Data, Http2Connection.Padded, 1, [3, b, 0, 0, 0]);
        }

        await _http.SendAsync(Http2Connection.Data, Http2Connection.Padded | Http2Connection.EndStream, 1, [0]);
        var (status, body) = await _http.ReadAnswerAsync(1);
        Assert.Equal("0", status);
        Assert.Equal(1, SimpleResponse.Parser.ParseFrom(body.AsSpan(5)).Payload.Body.Length);
    }

    [Fact]
    public async Task Reset_FromTheClient_CancelsTheHandler()
    {
        await _http.SendCallAsync(1, Duplex);
        await _http.SendAsync(Http2Connection.Data, 0, 1, Frames.Of(new StreamingOutputCallRequest { ResponseParameters = { new ResponseParameters { Size = 1 } } }.ToByteArray()));
        while (await _http.ReadAsync() is { Type: not Http2Connection.Data })
        {
        }

        await _http.SendAsync(Http2Connection.ResetStream, 0, 1, [0, 0, 0, 8]);
        Assert.True(_server.Witness.Cancelled.TryTake(out var method, Patience.Limit));
        Assert.Equal(Duplex, method);
    }

    [Fact]
    public async Task Connection_Dropped_CancelsTheHandler()
    {
        await _http.SendCallAsync(1, Duplex);
        await _http.SendAsync(Http2Connection.Data, 0, 1, Frames.Of(new StreamingOutputCallRequest { ResponseParameters = { new ResponseParameters { Size = 1 } } }.ToByteArray()));
        while (await _http.ReadAsync() is { Type: not Http2Connection.Data })
        {
        }

        await _http.DisposeAsync();
        Assert.True(_server.Witness.Cancelled.TryTake(out _, Patience.Limit));
    }

    [Fact]
    public async Task EarlyAnswer_BodyStillOpen_EndsWithResetNoError()
    {
        // Two messages in a unary call, the stream left open: refused without waiting for the rest.
        await _http.SendCallAsync(1, Unary);
        await _http.SendAsync(Http2Connection.Data, 0, 1, Frames.Join(Request, Request));
        Assert.Equal("12", (await _http.ReadAnswerAsync(1)).Status);
        while (await _http.ReadAsync() is { } frame)
        {
            if (frame.Type != Http2Connection.ResetStream) continue;
            Assert.Equal(0, BinaryPrimitives.ReadInt32BigEndian(frame.Payload));
            return;
        }

        Assert.Fail("The server closed the connection.");
    }

    [Fact]
    public async Task Streams_Interleaved_AreAnsweredApart()
    {
        await _http.SendCallAsync(1, Input);
        await _http.SendCallAsync(3, Unary);
        await _http.SendAsync(Http2Connection.Data, 0, 1, [0, 0, 0]);
        await _http.SendAsync(Http2Connection.Data, Http2Connection.EndStream, 3, Request);
        Assert.Equal("0", (await _http.ReadAnswerAsync(3)).Status);
        await _http.SendAsync(Http2Connection.Data, Http2Connection.EndStream, 1, [0, 0]);
        Assert.Equal("0", (await _http.ReadAnswerAsync(1)).Status);
    }

    [Fact]
    public async Task RapidReset_ThousandsOfCalls_ClosesTheConnectionAndLeavesOthersAlone()
    {
        try
        {
            for (var stream = 1; stream < 20_000; stream += 2)
            {
                await _http.SendCallAsync(stream, Duplex);
                await _http.SendAsync(Http2Connection.ResetStream, 0, stream, [0, 0, 0, 8]);
            }
        }
        catch (IOException)
        {
            // The server has hung up, as it should.
        }

        // Hung up with or without a GOAWAY that still got through; a server that went on would keep this reading until the limit.
        while (await _http.ReadAsync() is { Type: not Http2Connection.GoAway })
        {
        }

        Assert.Equal(new Empty(), await _server.Client().EmptyCallAsync(new Empty()).ResponseAsync.Soon());
    }
}
