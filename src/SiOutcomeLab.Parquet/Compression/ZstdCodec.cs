using SiOutcomeLab.Parquet.Compression.Zstd;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet.Compression;

/// <summary>
/// Zstandard (RFC 8878). Decoded by libzstd where the system has it and the caller allows it, else by <see cref="ZstdDecoder"/>;
/// both come after the same walk over the frames. Compressed by libzstd only.
/// </summary>
internal sealed class ZstdCodec(bool native) : PageCodec
{
    private const int LargestBlock = 128 * 1024;
    private const int SmallestStoredBlock = ZstdFrame.BlockHeaderBytes + 1;

    public override CompressionId Id => CompressionId.Zstd;

    /// <summary>A block holds at most 128 KB, and takes at least its header and a byte.</summary>
    public override long MaxDecompressed(int compressedBytes) => (long)compressedBytes / SmallestStoredBlock * LargestBlock;

    public override void Decompress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (!native || !NativeZstd.IsAvailable)
        {
            ZstdDecoder.OfThread.Decode(source, destination);
            return;
        }

        ZstdFrame.Verify(source, destination.Length);
        if (!NativeZstd.TryDecompress(source, destination)) throw ZstdFault.Of("is not valid, or holds fewer or more bytes than declared");
    }

    public override int Compress(ReadOnlySpan<byte> source, ref byte[] destination) =>
        NativeZstd.IsAvailable
            ? NativeZstd.Compress(source, ref destination)
            : throw new PlatformNotSupportedException(Missing);

    /// <summary>What is missing where zstd cannot be written, and what to do.</summary>
    public static string Missing =>
        "Zstd pages are compressed by libzstd, which this system lacks: install it (Debian: libzstd1), or write another codec.";
}
