using System.Diagnostics.CodeAnalysis;

namespace Grpc.Core;

/// <summary>How a message is written.</summary>
[Flags]
[SuppressMessage("Naming", "CA1711", Justification = "Name of Grpc.Core.Api.")]
public enum WriteFlags
{
    /// <summary>Compressed when the call is; flushed at once.</summary>
    None = 0,

    /// <summary>May stay in the buffer until the next message or the end.</summary>
    BufferHint = 0x1,

    /// <summary>Not compressed, also when the call is.</summary>
    NoCompress = 0x2,
}

/// <summary>Options of the messages that are written next.</summary>
/// <param name="flags">The options.</param>
public class WriteOptions(WriteFlags flags = WriteFlags.None)
{
    /// <summary>Compressed when the call is; flushed at once.</summary>
    public static readonly WriteOptions Default = new();

    /// <summary>The options.</summary>
    public WriteFlags Flags { get; } = flags;
}
