using System.Buffers.Binary;
using Google.Protobuf;

namespace SiOutcomeLab.Benchmarks.Rpc;

/// <summary>The two calls as bytes: both stacks send and receive exactly these.</summary>
internal static class BareWire
{
    public const string UnaryPath = "/sioutcomelab.benchmarks.Echo/Unary";
    public const string UploadPath = "/sioutcomelab.benchmarks.Echo/Upload";

    /// <summary>Field 1, eight bytes wide.</summary>
    private const byte UploadReplyTag = 0x09;

    public static byte[] UploadReply(long bytes)
    {
        var reply = new byte[1 + sizeof(long)];
        reply[0] = UploadReplyTag;
        BinaryPrimitives.WriteInt64LittleEndian(reply.AsSpan(1), bytes);
        return reply;
    }

    /// <summary>A chunk with its five-byte prefix.</summary>
    public static byte[] Frame(Chunk chunk)
    {
        var message = chunk.ToByteArray();
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }
}
