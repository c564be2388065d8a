using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace SiOutcomeLab.Benchmarks.Rpc;

/// <summary>
/// The least that can answer these two calls: five bytes of framing, one trailer, nothing parsed, checked or cancelled. What any
/// gRPC server on Kestrel costs more than this is its own.
/// </summary>
internal static class BareServer
{
    private const int Prefix = 5;

    public static async Task AnswerAsync(HttpContext http)
    {
        http.Response.ContentType = "application/grpc";
        switch (http.Request.Path.Value)
        {
            case BareWire.UnaryPath:
                await foreach (var message in MessagesAsync(http.Request.BodyReader)) Write(http.Response.BodyWriter, message);
                break;
            case BareWire.UploadPath:
                var total = 0L;
                await foreach (var message in MessagesAsync(http.Request.BodyReader)) total += message.Length;
                Write(http.Response.BodyWriter, new ReadOnlySequence<byte>(BareWire.UploadReply(total)));
                break;
            default:
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
        }

        http.Response.AppendTrailer("grpc-status", "0");
    }

    private static async IAsyncEnumerable<ReadOnlySequence<byte>> MessagesAsync(PipeReader body)
    {
        while (true)
        {
            var result = await body.ReadAsync();
            var buffer = result.Buffer;
            if (TryTake(ref buffer, out var message))
            {
                yield return message;
                body.AdvanceTo(buffer.Start);
            }
            else if (result.IsCompleted)
            {
                if (!buffer.IsEmpty) throw new InvalidDataException("The body ends within a message.");
                yield break;
            }
            else
            {
                body.AdvanceTo(buffer.Start, buffer.End);
            }
        }
    }

    private static bool TryTake(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> message)
    {
        message = default;
        if (buffer.Length < Prefix) return false;
        Span<byte> prefix = stackalloc byte[Prefix];
        buffer.Slice(0, Prefix).CopyTo(prefix);
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        if (buffer.Length < Prefix + length) return false;
        message = buffer.Slice(Prefix, length);
        buffer = buffer.Slice(message.End);
        return true;
    }

    private static void Write(PipeWriter body, ReadOnlySequence<byte> message)
    {
        var prefix = body.GetSpan(Prefix);
        prefix[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(prefix[1..], (uint)message.Length);
        body.Advance(Prefix);
        foreach (var part in message) body.Write(part.Span);
    }
}
