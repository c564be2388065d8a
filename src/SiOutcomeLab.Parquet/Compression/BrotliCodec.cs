using System.Buffers;
using System.IO.Compression;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet.Compression;

/// <summary>Brotli (RFC 7932), through the runtime.</summary>
internal sealed class BrotliCodec : PageCodec
{
    private const int Quality = 5;
    private const int WindowBits = 22;

    /// <summary>A meta-block holds up to 16 MB and takes at least its header, of which the length alone is more than three bytes.</summary>
    private const long LargestMetaBlock = 1 << 24;

    public override CompressionId Id => CompressionId.Brotli;

    public override long MaxDecompressed(int compressedBytes) => compressedBytes / 4 * LargestMetaBlock;

    public override void Decompress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.IsEmpty) throw Malformed("A brotli page has no bytes.");
        // The runtime's decoder does not see a stream's end without room for a byte.
        Span<byte> room = stackalloc byte[1];
        using var decoder = new BrotliDecoder();
        var status = decoder.Decompress(source, destination.IsEmpty ? room : destination, out var consumed, out var written);
        if (status == OperationStatus.DestinationTooSmall) throw Malformed("A brotli page holds more bytes than declared.");
        if (status == OperationStatus.NeedMoreData) throw Malformed("A brotli page ends too early.");
        if (status != OperationStatus.Done) throw Malformed("A brotli page is not a valid stream.");
        if (written != destination.Length) throw Malformed("A brotli page holds fewer bytes than declared.");
        if (consumed != source.Length) throw Malformed("A brotli page goes on after its end.");
    }

    public override int Compress(ReadOnlySpan<byte> source, ref byte[] destination)
    {
        var bound = BrotliEncoder.GetMaxCompressedLength(source.Length);
        if (destination.Length < bound) destination = new byte[bound];
        return BrotliEncoder.TryCompress(source, destination, out var written, Quality, WindowBits)
            ? written
            : throw new InvalidOperationException("Brotli failed to compress a page.");
    }
}
