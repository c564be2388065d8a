using System.Buffers;

namespace Grpc.Core;

/// <summary>Collects one message into a new array, for <see cref="Marshaller{T}.Serializer"/>.</summary>
internal sealed class ArraySerializationContext : SerializationContext
{
    private readonly ArrayBufferWriter<byte> _writer = new();
    private byte[]? _payload;
    private bool _completed;

    public override void Complete(byte[] payload)
    {
        _payload = payload;
        _completed = true;
    }

    public override void Complete() => _completed = true;

    public override IBufferWriter<byte> GetBufferWriter() => _writer;

    public override void SetPayloadLength(int payloadLength)
    {
        // The array grows by itself; the length is a hint that this context has no use for.
    }

    public byte[] ToArray()
    {
        if (!_completed) throw new InvalidOperationException("The serializer did not complete the message.");
        return _payload ?? _writer.WrittenSpan.ToArray();
    }
}

/// <summary>Hands one array to a deserializer, for <see cref="Marshaller{T}.Deserializer"/>.</summary>
internal sealed class ArrayDeserializationContext(byte[] payload) : DeserializationContext
{
    public override int PayloadLength => payload.Length;

    public override byte[] PayloadAsNewBuffer() => (byte[])payload.Clone();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(payload);
}
