using System.Buffers;

namespace Grpc.Core;

/// <summary>One incoming message; valid only until the deserializer returns.</summary>
public abstract class DeserializationContext
{
    /// <summary>Length in bytes, after decompression.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>The message as an array of its own.</summary>
    public virtual byte[] PayloadAsNewBuffer() => throw new NotSupportedException("This context gives its payload as a sequence.");

    /// <summary>The message in the transport's buffers, without a copy.</summary>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() => throw new NotSupportedException("This context gives its payload as an array.");
}
