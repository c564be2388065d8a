using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace SiOutcomeLab.Rpc.Protocol;

/// <summary>
/// Writes length-prefixed messages. A serializer that announces its length writes straight into the target behind the prefix;
/// others, and compressed messages, go through a pooled buffer. One message at a time.
/// </summary>
/// <param name="maxMessageSize">Largest message in bytes before compression; null for no limit.</param>
internal sealed class FrameWriter(int? maxMessageSize) : SerializationContext, IBufferWriter<byte>
{
    private IBufferWriter<byte>? _target;
    private ICompressionProvider? _compression;
    private CompressionLevel? _level;
    private PooledBufferWriter? _buffer;
    private int? _announced;
    private int _written;
    private bool _direct;
    private bool _completed;

    /// <summary>Writes one message with its prefix into the target.</summary>
    /// <param name="target">Takes the bytes; not flushed.</param>
    /// <param name="message">The message.</param>
    /// <param name="serialize">Its serializer.</param>
    /// <param name="compression">Compresses the message; null for not.</param>
    /// <param name="level">Compression level; null for the provider's own.</param>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED: the message is over the limit.</exception>
    /// <exception cref="InvalidOperationException">The serializer broke its contract.</exception>
    public void Write<T>(
        IBufferWriter<byte> target, T message, Action<T, SerializationContext> serialize, ICompressionProvider? compression, CompressionLevel? level)
    {
        _target = target;
        _compression = compression;
        _level = level;
        _announced = null;
        _written = 0;
        _direct = false;
        _completed = false;
        try
        {
            serialize(message, this);
            if (!_completed) throw new InvalidOperationException("The serializer did not complete the message.");
        }
        finally
        {
            _buffer?.Dispose();
            _buffer = null;
            _target = null;
        }
    }

    public override void SetPayloadLength(int payloadLength)
    {
        CheckSize(payloadLength);
        _announced = payloadLength;
    }

    public override IBufferWriter<byte> GetBufferWriter()
    {
        if (_direct) return this;
        if (_compression is null && _announced is { } length)
        {
            (_target as PooledBufferWriter)?.Reserve(GrpcHeaders.PrefixLength + length);
            WritePrefix(compressed: false, length);
            _direct = true;
            return this;
        }

        return _buffer ??= new PooledBufferWriter(_announced ?? 256);
    }

    public override void Complete(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        Finish(payload);
    }

    public override void Complete()
    {
        if (!_direct)
        {
            Finish(_buffer is null ? [] : _buffer.WrittenSpan);
            return;
        }

        CheckOnce();
        if (_written != _announced)
        {
            throw new InvalidOperationException($"The serializer announced {_announced} bytes and wrote {_written}.");
        }
    }

    void IBufferWriter<byte>.Advance(int count)
    {
        _written += count;
        _target!.Advance(count);
    }

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint) => _target!.GetMemory(sizeHint);

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => _target!.GetSpan(sizeHint);

    private void Finish(ReadOnlySpan<byte> payload)
    {
        CheckOnce();
        CheckSize(payload.Length);
        // Of nothing, .NET's gzip makes no bytes at all, which is not gzip; the flag may be left out per message.
        if (_compression is null || payload.IsEmpty)
        {
            WritePrefix(compressed: false, payload.Length);
            _target!.Write(payload);
            return;
        }

        using var compressed = new PooledBufferWriter(Math.Max(payload.Length / 2, 64));
        using (var stream = _compression.CreateCompressionStream(new BufferWriterStream(compressed), _level))
        {
            stream.Write(payload);
        }

        WritePrefix(compressed: true, compressed.WrittenCount);
        _target!.Write(compressed.WrittenSpan);
    }

    private void WritePrefix(bool compressed, int length)
    {
        var prefix = _target!.GetSpan(GrpcHeaders.PrefixLength);
        prefix[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(prefix[1..], (uint)length);
        _target.Advance(GrpcHeaders.PrefixLength);
    }

    private void CheckOnce()
    {
        if (_completed) throw new InvalidOperationException("The serializer completed the message twice.");
        _completed = true;
    }

    private void CheckSize(int length)
    {
        if (length > maxMessageSize) throw ProtocolErrors.SentTooLarge.AsException();
    }
}
