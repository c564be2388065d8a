using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet.Compression;

/// <summary>Pages stored as they are.</summary>
internal sealed class UncompressedCodec : PageCodec
{
    public override CompressionId Id => CompressionId.Uncompressed;

    public override long MaxDecompressed(int compressedBytes) => compressedBytes;

    public override void Decompress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.Length != destination.Length) throw Malformed("An uncompressed page has two different sizes.");
        source.CopyTo(destination);
    }

    public override int Compress(ReadOnlySpan<byte> source, ref byte[] destination)
    {
        if (destination.Length < source.Length) destination = new byte[source.Length];
        source.CopyTo(destination);
        return source.Length;
    }
}
