using SiOutcomeLab.Parquet.Compression.Lz4;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet.Compression;

/// <summary>One LZ4 block a page, without framing (codec LZ4_RAW).</summary>
internal sealed class Lz4RawCodec : PageCodec
{
    /// <summary>A byte of a length stands for at most 255 bytes of output.</summary>
    public const int BestRatio = 255;

    public override CompressionId Id => CompressionId.Lz4Raw;

    public override long MaxDecompressed(int compressedBytes) => (long)compressedBytes * BestRatio;

    public override void Decompress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var fault = Lz4Decoder.Decode(source, destination, out var written);
        if (fault is not null) throw Malformed($"An lz4 page {fault}.");
        if (written != destination.Length) throw Malformed("An lz4 page holds fewer bytes than declared.");
    }

    public override int Compress(ReadOnlySpan<byte> source, ref byte[] destination)
    {
        var bound = Lz4Encoder.MaxCompressedLength(source.Length);
        if (destination.Length < bound) destination = new byte[bound];
        return Lz4Encoder.Encode(source, destination);
    }
}
