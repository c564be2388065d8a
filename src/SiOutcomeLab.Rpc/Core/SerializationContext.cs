using System.Buffers;

namespace Grpc.Core;

/// <summary>Where one outgoing message is written.</summary>
public abstract class SerializationContext
{
    /// <summary>Gives the whole message as one array and completes it.</summary>
    /// <param name="payload">The message; owned by the context from now on.</param>
    public virtual void Complete(byte[] payload) => throw new NotSupportedException("This context takes its payload by GetBufferWriter.");

    /// <summary>Writer of the message's bytes; call <see cref="Complete()"/> after the last.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotSupportedException("This context takes its payload as an array.");

    /// <summary>Announces the exact length, in bytes, before the writer is taken: lets the transport write without an own buffer.</summary>
    /// <param name="payloadLength">Length in bytes.</param>
    public virtual void SetPayloadLength(int payloadLength)
    {
    }

    /// <summary>Completes a message written through <see cref="GetBufferWriter"/>.</summary>
    public virtual void Complete() => throw new NotSupportedException("This context takes its payload as an array.");
}
