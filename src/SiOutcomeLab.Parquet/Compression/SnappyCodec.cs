using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet.Compression;

/// <summary>Raw Snappy (google/snappy, format_description.txt), as Parquet uses it: one block a page, no framing.</summary>
internal sealed class SnappyCodec : PageCodec
{
    public override CompressionId Id => CompressionId.Snappy;

    /// <summary>The densest element copies 64 bytes with 3.</summary>
    public override long MaxDecompressed(int compressedBytes) => 22L * compressedBytes + 64;

    public override void Decompress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var fault = SnappyDecoder.Decode(source, destination);
        if (fault is not null) throw Malformed($"A snappy page {fault}.");
    }

    public override int Compress(ReadOnlySpan<byte> source, ref byte[] destination)
    {
        var bound = SnappyEncoder.MaxCompressedLength(source.Length);
        if (destination.Length < bound) destination = new byte[bound];
        return SnappyEncoder.Encode(source, destination);
    }
}
