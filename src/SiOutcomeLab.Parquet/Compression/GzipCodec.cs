using System.IO.Compression;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet.Compression;

/// <summary>Gzip (RFC 1952), also of several members one after another, through the runtime's inflate.</summary>
internal sealed unsafe class GzipCodec : PageCodec
{
    /// <summary>Deflate cannot do better than 1032:1 (a 258-byte match in two bits).</summary>
    private const long BestRatio = 1032;

    public override CompressionId Id => CompressionId.Gzip;

    public override long MaxDecompressed(int compressedBytes) => compressedBytes * BestRatio;

    public override void Decompress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.IsEmpty && destination.IsEmpty) return;
        if (source.IsEmpty) throw Malformed("A gzip page has no bytes.");
        fixed (byte* pointer = source)
        {
            using var compressed = new UnmanagedMemoryStream(pointer, source.Length);
            using var inflate = new GZipStream(compressed, CompressionMode.Decompress);
            try
            {
                var filled = inflate.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
                if (filled < destination.Length) throw Malformed("A gzip page inflates to fewer bytes than declared.");
                Span<byte> beyond = stackalloc byte[1];
                if (inflate.Read(beyond) != 0) throw Malformed("A gzip page inflates to more bytes than declared.");
            }
            catch (InvalidDataException error)
            {
                throw Malformed("A gzip page is not a valid stream.", error);
            }
        }
    }

    public override int Compress(ReadOnlySpan<byte> source, ref byte[] destination)
    {
        using var compressed = new MemoryStream();
        using (var deflate = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(source);
        var length = (int)compressed.Length;
        if (destination.Length < length) destination = new byte[length];
        compressed.GetBuffer().AsSpan(0, length).CopyTo(destination);
        return length;
    }
}
