using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using SiOutcomeLab.Rpc.AspNetCore;

namespace SiOutcomeLab.Rpc.Tests.Interop;

/// <summary>What the service saw, for tests to look at.</summary>
public sealed class ServerWitness
{
    private int _servicesMade;

    /// <summary>Methods whose reading was cancelled.</summary>
    public BlockingCollection<string> Cancelled { get; } = [];

    public int ServicesMade => _servicesMade;

    public void ServiceMade() => Interlocked.Increment(ref _servicesMade);
}

/// <summary>The interop test service.</summary>
public sealed class InteropService : TestService.TestServiceBase
{
    private readonly ServerWitness _witness;

    public InteropService(ServerWitness witness)
    {
        _witness = witness;
        witness.ServiceMade();
    }

    public override Task<Empty> EmptyCall(Empty request, ServerCallContext context) => Task.FromResult(new Empty());

    public override async Task<SimpleResponse> UnaryCall(SimpleRequest request, ServerCallContext context)
    {
        CheckCompressed(request.ExpectCompressed, context);
        await EchoMetadataAsync(context);
        EchoStatusOf(request.ResponseStatus);
        if (request.ResponseCompressed is { Value: false }) context.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
        return new SimpleResponse { Payload = Zeros(request.ResponseSize) };
    }

    public override async Task StreamingOutputCall(
        StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> responseStream, ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        EchoStatusOf(request.ResponseStatus);
        await RespondAsync(request, responseStream, context);
    }

    public override async Task<StreamingInputCallResponse> StreamingInputCall(
        IAsyncStreamReader<StreamingInputCallRequest> requestStream, ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        var size = 0;
        await foreach (var request in Watched(requestStream, context))
        {
            CheckCompressed(request.ExpectCompressed, context);
            size += request.Payload?.Body.Length ?? 0;
        }

        return new StreamingInputCallResponse { AggregatedPayloadSize = size };
    }

    public override async Task FullDuplexCall(
        IAsyncStreamReader<StreamingOutputCallRequest> requestStream,
        IServerStreamWriter<StreamingOutputCallResponse> responseStream,
        ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        await foreach (var request in Watched(requestStream, context))
        {
            EchoStatusOf(request.ResponseStatus);
            await RespondAsync(request, responseStream, context);
        }
    }

    private async IAsyncEnumerable<T> Watched<T>(IAsyncStreamReader<T> requests, ServerCallContext context)
        where T : class
    {
        while (true)
        {
            try
            {
                if (!await requests.MoveNext(context.CancellationToken)) yield break;
            }
            catch (OperationCanceledException)
            {
                _witness.Cancelled.Add(context.Method);
                throw;
            }

            yield return requests.Current;
        }
    }

    private static async Task RespondAsync(
        StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> stream, ServerCallContext context)
    {
        foreach (var parameters in request.ResponseParameters)
        {
            if (parameters.IntervalUs > 0) await Task.Delay(TimeSpan.FromMicroseconds(parameters.IntervalUs), context.CancellationToken);
            stream.WriteOptions = new WriteOptions(parameters.Compressed is { Value: false } ? WriteFlags.NoCompress : WriteFlags.None);
            await stream.WriteAsync(new StreamingOutputCallResponse { Payload = Zeros(parameters.Size) });
        }
    }

    private static void CheckCompressed(BoolValue? expected, ServerCallContext context)
    {
        if (expected is not null && expected.Value != ((HttpServerCallContext)context).LastRequestWasCompressed)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "The message's compression is not as it was said to be."));
        }
    }

    private static async Task EchoMetadataAsync(ServerCallContext context)
    {
        if (context.RequestHeaders.Get("x-grpc-test-echo-initial") is { } initial)
        {
            await context.WriteResponseHeadersAsync([initial]);
        }

        foreach (var trailing in context.RequestHeaders.GetAll("x-grpc-test-echo-trailing-bin"))
        {
            context.ResponseTrailers.Add(trailing);
        }
    }

    private static void EchoStatusOf(EchoStatus? status)
    {
        if (status is not null && status.Code != 0) throw new RpcException(new Status((StatusCode)status.Code, status.Message));
    }

    private static Payload Zeros(int size) => new() { Body = UnsafeByteOperations.UnsafeWrap(new byte[size]) };
}
