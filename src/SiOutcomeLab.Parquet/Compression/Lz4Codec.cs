using SiOutcomeLab.Parquet.Compression.Lz4;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet.Compression;

/// <summary>
/// The deprecated codec LZ4 (parquet-format, Compression.md), which writers have meant two things by: Hadoop's framing, or one bare block.
/// The framing is tried first, since a bare block hardly ever passes for it. Not written.
/// </summary>
internal sealed class Lz4Codec : PageCodec
{
    private readonly Lz4RawCodec _bare = new();

    public override CompressionId Id => CompressionId.Lz4;

    public override long MaxDecompressed(int compressedBytes) => _bare.MaxDecompressed(compressedBytes);

    public override void Decompress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (!HadoopLz4.TryDecode(source, destination)) _bare.Decompress(source, destination);
    }

    public override int Compress(ReadOnlySpan<byte> source, ref byte[] destination) =>
        throw new NotSupportedException("The codec LZ4 is deprecated and not written; use Lz4Raw.");
}
