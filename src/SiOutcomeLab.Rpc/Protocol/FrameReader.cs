using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Compression;

namespace SiOutcomeLab.Rpc.Protocol;

/// <summary>
/// Reads length-prefixed messages from a pipe. A message is parsed where it lies in the transport's buffers; its length is held
/// against the limit before any of it is waited for.
/// </summary>
/// <param name="pipe">The body. Message and DATA frame borders are unrelated.</param>
/// <param name="maxMessageSize">Largest message in bytes, before and after decompression; null for no limit.</param>
/// <param name="compression">What <c>grpc-encoding</c> names; null for none.</param>
internal sealed class FrameReader(PipeReader pipe, int? maxMessageSize, ICompressionProvider? compression) : DeserializationContext
{
    private ReadOnlySequence<byte> _payload;

    public override int PayloadLength => (int)_payload.Length;

    /// <summary>Whether the last message came compressed.</summary>
    public bool LastWasCompressed { get; private set; }

    public override byte[] PayloadAsNewBuffer() => _payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => _payload;

    /// <summary>The next message, or null at the end of the body.</summary>
    /// <exception cref="RpcException">A broken frame, a message over the limit, or one that does not parse.</exception>
    public async ValueTask<T?> ReadAsync<T>(Func<DeserializationContext, T> deserialize, CancellationToken cancellationToken)
        where T : class
    {
        var needed = GrpcHeaders.PrefixLength;
        while (true)
        {
            var result = await pipe.ReadAtLeastAsync(needed, cancellationToken);
            if (result.IsCanceled) throw new OperationCanceledException(cancellationToken);
            var buffer = result.Buffer;
            var consumed = buffer.End;
            try
            {
                if (buffer.Length < needed)
                {
                    if (buffer.IsEmpty) return null;
                    throw ProtocolErrors.Incomplete.AsException();
                }

                var length = ReadPrefix(buffer, out var compressed);
                if (buffer.Length >= GrpcHeaders.PrefixLength + (long)length)
                {
                    var message = buffer.Slice(GrpcHeaders.PrefixLength, length);
                    consumed = message.End;
                    return Parse(message, compressed, deserialize);
                }

                consumed = buffer.Start;
                needed = GrpcHeaders.PrefixLength + length;
            }
            finally
            {
                pipe.AdvanceTo(consumed);
            }
        }
    }

    /// <summary>Whether the body ends here; false when at least one byte more came.</summary>
    public async ValueTask<bool> IsAtEndAsync(CancellationToken cancellationToken)
    {
        var result = await pipe.ReadAsync(cancellationToken);
        if (result.IsCanceled) throw new OperationCanceledException(cancellationToken);
        pipe.AdvanceTo(result.Buffer.Start);
        return result.Buffer.IsEmpty;
    }

    private int ReadPrefix(ReadOnlySequence<byte> buffer, out bool compressed)
    {
        Span<byte> prefix = stackalloc byte[GrpcHeaders.PrefixLength];
        buffer.Slice(0, GrpcHeaders.PrefixLength).CopyTo(prefix);
        if (prefix[0] > 1) throw ProtocolErrors.UnknownFlag.AsException();
        compressed = prefix[0] == 1;
        if (compressed && compression is null) throw ProtocolErrors.FlagWithoutEncoding.AsException();
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        if (length > (maxMessageSize ?? Array.MaxLength - GrpcHeaders.PrefixLength)) throw ProtocolErrors.MessageTooLarge.AsException();
        return (int)length;
    }

    private T Parse<T>(ReadOnlySequence<byte> message, bool compressed, Func<DeserializationContext, T> deserialize)
    {
        LastWasCompressed = compressed;
        using var inflated = compressed ? BoundedInflater.Inflate(message, compression!, maxMessageSize) : null;
        _payload = inflated is null ? message : new ReadOnlySequence<byte>(inflated.WrittenMemory);
        try
        {
            return deserialize(this);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new RpcException(ProtocolErrors.Unparsable with { DebugException = e });
        }
        finally
        {
            _payload = default;
        }
    }
}
