using Google.Protobuf;
using Grpc.Core;
using SiOutcomeLab.Rpc.Tests.Interop;

namespace SiOutcomeLab.Rpc.Tests.Server;

/// <summary>An upload that is refused or answered while the client still sends.</summary>
public sealed class EarlyAnswerTests
{
    private static readonly StreamingInputCallRequest Chunk = new() { Payload = new Payload { Body = ByteString.CopyFrom(new byte[1 << 20]) } };

    [Fact]
    public async Task Upload_RefusedAfterTheFirstChunk_TellsTheSenderWhyEachTime()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        script.Input = async (requests, context) =>
        {
            await requests.MoveNext(context.CancellationToken);
            throw new RpcException(new Status(StatusCode.InvalidArgument, "row 1: bad birth_year"));
        };
        var client = server.Client();
        for (var i = 0; i < 50; i++)
        {
            using var call = client.StreamingInputCall();
            var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            {
                for (var n = 0; n < 1000; n++)
                {
                    await call.RequestStream.WriteAsync(Chunk).Soon();
                }
            });
            Assert.True(failure.StatusCode == StatusCode.InvalidArgument, failure.ToString());
            Assert.Equal("row 1: bad birth_year", failure.Status.Detail);
            Assert.Equal(StatusCode.InvalidArgument, await InteropCases.CodeOf(() => call.ResponseAsync.Soon()));
        }

        // The connection is still good.
        await client.UnaryCallAsync(new SimpleRequest()).ResponseAsync.Soon();
    }

    [Fact]
    public async Task Upload_AnsweredEarly_GivesTheResponse()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        script.Input = async (requests, context) =>
        {
            await requests.MoveNext(context.CancellationToken);
            return new StreamingInputCallResponse { AggregatedPayloadSize = 7 };
        };
        using var call = server.Client().StreamingInputCall();
        await call.RequestStream.WriteAsync(Chunk).Soon();
        Assert.Equal(7, (await call.ResponseAsync.Soon()).AggregatedPayloadSize);
        Assert.Equal(StatusCode.OK, (await Assert.ThrowsAsync<RpcException>(async () =>
        {
            for (var n = 0; n < 1000; n++)
            {
                await call.RequestStream.WriteAsync(Chunk).Soon();
            }
        })).StatusCode);
    }

    [Fact]
    public async Task Duplex_EndedByTheServer_StatusIsAtTheEndOfTheResponses()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        script.Duplex = async (requests, responses, context) =>
        {
            await requests.MoveNext(context.CancellationToken);
            await responses.WriteAsync(new StreamingOutputCallResponse(), context.CancellationToken);
            throw new RpcException(new Status(StatusCode.Aborted, "enough"));
        };
        using var call = server.Client().FullDuplexCall();
        await call.RequestStream.WriteAsync(new StreamingOutputCallRequest()).Soon();
        Assert.True(await call.ResponseStream.MoveNext().Soon());
        Assert.Equal(StatusCode.Aborted, await InteropCases.CodeOf(() => call.ResponseStream.MoveNext().Soon()));
        Assert.Equal(StatusCode.Aborted, call.GetStatus().StatusCode);
    }
}
