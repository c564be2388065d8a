using Google.Protobuf;
using Grpc.Net.Client;

namespace SiOutcomeLab.Benchmarks.Rpc;

/// <summary>Generated stubs over our own channel, with the channel's defaults.</summary>
internal sealed class StubClient : IEchoClient
{
    private readonly GrpcChannel _channel;
    private readonly Echo.EchoClient _echo;
    private readonly Chunk _payload;

    public StubClient(string address, int payloadBytes)
    {
        _channel = GrpcChannel.ForAddress(address);
        _echo = new Echo.EchoClient(_channel);
        _payload = new Chunk { Data = ByteString.CopyFrom(new byte[payloadBytes]) };
    }

    public async Task UnaryAsync(CancellationToken cancellationToken)
    {
        var reply = await _echo.UnaryAsync(_payload, cancellationToken: cancellationToken);
        if (reply.Data.Length != _payload.Data.Length) throw new InvalidDataException($"{reply.Data.Length} bytes came back.");
    }

    public async Task UploadAsync(int chunkBytes, int chunks, CancellationToken cancellationToken)
    {
        var chunk = new Chunk { Data = UnsafeByteOperations.UnsafeWrap(new byte[chunkBytes]) };
        using var call = _echo.Upload(cancellationToken: cancellationToken);
        for (var i = 0; i < chunks; i++) await call.RequestStream.WriteAsync(chunk, cancellationToken);
        await call.RequestStream.CompleteAsync();
        var reply = await call;
        if (reply.Bytes != (ulong)chunks * (ulong)chunk.CalculateSize()) throw new InvalidDataException($"{reply.Bytes} bytes arrived.");
    }

    public void Dispose() => _channel.Dispose();
}
