using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet.Compression;

/// <summary>Compresses and decompresses pages. To add one: a subclass in its own file, and a line in <see cref="PageCodecs"/>.</summary>
internal abstract class PageCodec
{
    public abstract CompressionId Id { get; }

    /// <summary>
    /// The most bytes that so many compressed bytes can stand for, by the codec's format. A page that declares more is refused
    /// before memory is taken for it.
    /// </summary>
    public abstract long MaxDecompressed(int compressedBytes);

    /// <summary>Decompresses so that exactly <paramref name="destination"/> is filled.</summary>
    /// <exception cref="ParquetFormatException">The source is malformed, or holds fewer or more bytes.</exception>
    public abstract void Decompress(ReadOnlySpan<byte> source, Span<byte> destination);

    /// <summary>Compresses into the front of <paramref name="destination"/>, which is made larger when needed.</summary>
    /// <returns>Bytes written.</returns>
    public abstract int Compress(ReadOnlySpan<byte> source, ref byte[] destination);

    protected static ParquetFormatException Malformed(string what, Exception? inner = null) =>
        new(ParquetErrorCode.InvalidCompressedData, what, inner);
}
