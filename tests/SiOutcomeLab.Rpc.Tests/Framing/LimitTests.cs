using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using SiOutcomeLab.Rpc.Tests.Interop;
using SiOutcomeLab.Rpc.Tests.Protocol;
using SiOutcomeLab.Rpc.Tests.Server;

namespace SiOutcomeLab.Rpc.Tests.Framing;

/// <summary>Runs alone: what it measures is the whole process's memory.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>Sizes at and beyond the limits, compressed and not.</summary>
[Collection(nameof(Alone))]
public sealed class LimitTests
{
    private const int Limit = 100_000;

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "8")]
    public async Task Receive_AtTheLimitAndOneOver_IsToldApart(int over, string status)
    {
        await using var server = await TestServer.StartAsync(o => o.MaxReceiveMessageSize = Limit);
        Assert.Equal(status, (await RawCall.UnaryAsync(server, Frames.Of(Message(Limit + over)))).Status);
        Assert.Equal(status, (await RawCall.UnaryAsync(server, Frames.Of(Frames.Gzip(Message(Limit + over)), 1), ("grpc-encoding", "gzip"))).Status);
    }

    [Fact]
    public async Task Receive_DefaultLimit_IsFourMebibytes()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal("0", (await RawCall.UnaryAsync(server, Frames.Of(Message(4 << 20)))).Status);
        Assert.Equal("8", (await RawCall.UnaryAsync(server, Frames.Of(Message((4 << 20) + 1)))).Status);
    }

    [Fact]
    public async Task Receive_NoLimit_TakesWhatKestrelWouldRefuse()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxReceiveMessageSize = null);
        Assert.Equal("0", (await RawCall.UnaryAsync(server, Frames.Of(Message(33_000_000)))).Status);
    }

    [Fact]
    public async Task Receive_LongStream_IsNotHeldToKestrelsBodyLimit()
    {
        await using var server = await TestServer.StartAsync();
        using var call = server.Client().StreamingInputCall();
        var message = new StreamingInputCallRequest { Payload = new Payload { Body = ByteString.CopyFrom(new byte[1 << 20]) } };
        for (var i = 0; i < 40; i++)
        {
            await call.RequestStream.WriteAsync(message).Soon();
        }

        await call.RequestStream.CompleteAsync();
        Assert.Equal(40 << 20, (await call.ResponseAsync.Soon()).AggregatedPayloadSize);
    }

    [Fact]
    public async Task Receive_GzipBomb_IsRefusedWithinBoundedMemory()
    {
        await using var server = await TestServer.StartAsync();
        // 4 MB on the wire, 4 GB inflated: gzip members of zeros one after another.
        var member = Frames.Gzip(new byte[64 << 20]);
        var bomb = Frames.Of(Frames.Join([.. Enumerable.Repeat(member, (4_000_000 / member.Length))]), 1);
        Assert.InRange(bomb.Length, 3_900_000, 4 << 20);
        Assert.Equal("8", (await RawCall.UnaryAsync(server, bomb, ("grpc-encoding", "gzip"))).Status);

        var before = Process.GetCurrentProcess().WorkingSet64;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < 5; i++)
        {
            var answer = await RawCall.UnaryAsync(server, bomb, ("grpc-encoding", "gzip"));
            Assert.Equal("8", answer.Status);
            Assert.Equal("A received message exceeds the maximum size when decompressed.", answer.Message);
        }

        // Client and server share the process: five uploads of 4 MB go through both ends' buffers.
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - allocated, 0, 100L << 20);
        using var after = Process.GetCurrentProcess();

        // None of what was allocated need have been collected yet; what the five bombs hold is 20 GB.
        Assert.InRange(after.WorkingSet64 - before, long.MinValue, 164L << 20);
    }

    [Fact]
    public async Task Send_OverTheServersLimit_IsResourceExhausted()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxSendMessageSize = 1000);
        var client = server.Client();
        Assert.Equal(900, (await client.UnaryCallAsync(new SimpleRequest { ResponseSize = 900 })).Payload.Body.Length);
        Assert.Equal(
            StatusCode.ResourceExhausted,
            await InteropCases.CodeOf(() => client.UnaryCallAsync(new SimpleRequest { ResponseSize = 1000 }).ResponseAsync.Soon()));
    }

    [Fact]
    public async Task Client_Limits_HoldBothWays()
    {
        await using var server = await TestServer.StartAsync(o => o.ResponseCompressionAlgorithm = "gzip");
        var client = server.Client(o =>
        {
            o.MaxReceiveMessageSize = 1000;
            o.MaxSendMessageSize = 1000;
        });
        Assert.Equal(
            StatusCode.ResourceExhausted,
            await InteropCases.CodeOf(() => client.UnaryCallAsync(new SimpleRequest { ResponseSize = 2000 }).ResponseAsync.Soon()));
        var large = new SimpleRequest { Payload = new Payload { Body = ByteString.CopyFrom(new byte[1000]) } };
        Assert.Equal(StatusCode.ResourceExhausted, await InteropCases.CodeOf(() => client.UnaryCallAsync(large).ResponseAsync.Soon()));
    }

    /// <summary>A request of exactly so many bytes.</summary>
    private static byte[] Message(int size)
    {
        var request = new SimpleRequest { Payload = new Payload { Body = ByteString.CopyFrom(new byte[size]) } };
        for (var body = size; request.CalculateSize() != size; body--)
        {
            request.Payload.Body = ByteString.CopyFrom(new byte[body]);
        }

        return request.ToByteArray();
    }
}
