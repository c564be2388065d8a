using System.Buffers;
using Grpc.Core;
using Grpc.Net.Compression;

namespace SiOutcomeLab.Rpc.Protocol;

/// <summary>
/// Decompresses one message and stops at a limit while it inflates, so that a few kilobytes on the wire can never take more memory
/// than a message may have. grpc-dotnet compares only the compressed length with its limit; grpc-go and tonic cap both.
/// </summary>
internal static class BoundedInflater
{
    /// <summary>Up to this many bytes any ratio is fine: small messages of zeros compress a thousandfold in honest use.</summary>
    public const int RatioFloor = 4 << 20;

    /// <summary>Largest size after decompression as a multiple of the size before, above the floor.</summary>
    public const int LargestRatio = 100;

    private const int Step = 16 << 10;

    /// <summary>Decompresses into a pooled buffer, which the caller disposes.</summary>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED over a limit, INTERNAL when the bytes do not decompress.</exception>
    public static PooledBufferWriter Inflate(ReadOnlySequence<byte> compressed, ICompressionProvider provider, int? maxMessageSize)
    {
        var byRatio = Math.Max(RatioFloor, LargestRatio * compressed.Length);
        var limit = Math.Min(maxMessageSize ?? Array.MaxLength, byRatio);
        var inflated = new PooledBufferWriter(Step);
        try
        {
            using var stream = provider.CreateDecompressionStream(new SequenceStream(compressed));
            while (true)
            {
                // One byte beyond the limit is asked for, to tell "exactly the limit" from "more".
                var room = (int)Math.Min(Step, limit - inflated.WrittenCount + 1);
                var read = stream.Read(inflated.GetSpan(room)[..room]);
                if (read == 0) return inflated;
                inflated.Advance(read);
                if (inflated.WrittenCount > limit)
                {
                    throw (limit == byRatio ? ProtocolErrors.RatioTooLarge : ProtocolErrors.InflatedTooLarge).AsException();
                }
            }
        }
        catch (Exception e)
        {
            inflated.Dispose();
            if (e is InvalidDataException or EndOfStreamException) throw new RpcException(ProtocolErrors.Corrupt with { DebugException = e });
            throw;
        }
    }
}
