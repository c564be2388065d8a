using System.Buffers.Binary;

namespace SiOutcomeLab.Parquet.Compression.Zstd;

/// <summary>
/// What a frame's header says (RFC 8878, section 3.1.1.1), and the walk over a page's frames that both decoders begin with.
/// </summary>
/// <param name="HeaderBytes">The header's length, magic number included.</param>
/// <param name="MaxBlockBytes">Most bytes of a block, before and after decompression.</param>
/// <param name="ContentBytes">The declared length of the content, or −1.</param>
/// <param name="HasChecksum">Whether four bytes of checksum follow the last block.</param>
internal readonly record struct ZstdFrame(int HeaderBytes, int MaxBlockBytes, long ContentBytes, bool HasChecksum)
{
    public const int BlockHeaderBytes = 3;
    private const uint Magic = 0xFD2FB528;
    private const uint SkippableMagic = 0x184D2A50;
    private const int LargestBlock = 128 * 1024;
    private const int LargestWindowLog = 31;

    /// <summary>Bytes of the skippable frame that begins here, or 0 when another kind of frame does.</summary>
    public static int SkippableBytes(ReadOnlySpan<byte> source)
    {
        if (source.Length < 4 || (BinaryPrimitives.ReadUInt32LittleEndian(source) & 0xFFFFFFF0) != SkippableMagic) return 0;
        if (source.Length < 8) throw ZstdFault.Of("ends inside a frame's header");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(source[4..]);
        return length <= (uint)(source.Length - 8) ? (int)length + 8 : throw ZstdFault.Of("ends inside a skippable frame");
    }

    /// <summary>Parses the header that begins here.</summary>
    /// <exception cref="ParquetFormatException">No frame of this format begins here, or it needs a dictionary.</exception>
    public static ZstdFrame Parse(ReadOnlySpan<byte> source)
    {
        if (source.Length < 5) throw ZstdFault.Of("ends inside a frame's header");
        if (BinaryPrimitives.ReadUInt32LittleEndian(source) != Magic) throw ZstdFault.Of("does not begin as a zstd frame");
        var descriptor = source[4];
        if ((descriptor & 0x08) != 0) throw ZstdFault.Of("uses a reserved bit of the frame's header");
        var isSingleSegment = (descriptor & 0x20) != 0;
        var dictionaryBytes = (descriptor & 3) == 3 ? 4 : descriptor & 3;
        var sizeBytes = (descriptor >> 6) switch { 0 => isSingleSegment ? 1 : 0, 1 => 2, 2 => 4, _ => 8 };
        var length = 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes + sizeBytes;
        if (source.Length < length) throw ZstdFault.Of("ends inside a frame's header");
        var at = 5;
        long window = 0;
        if (!isSingleSegment)
        {
            var log = 10 + (source[at] >> 3);
            if (log > LargestWindowLog) throw ZstdFault.Of("asks for a window of more than 2 GB");
            window = (1L << log) + ((1L << log) / 8 * (source[at++] & 7));
        }

        for (var i = 0; i < dictionaryBytes; i++)
        {
            if (source[at++] != 0) throw ZstdFault.Of("needs a dictionary, which a Parquet file cannot give");
        }

        ulong content = 0;
        for (var i = 0; i < sizeBytes; i++) content |= (ulong)source[at++] << (8 * i);
        if (sizeBytes == 2) content += 256;
        if (content > long.MaxValue) throw ZstdFault.Of("declares more content than there can be");
        if (isSingleSegment) window = (long)content;
        return new ZstdFrame(
            length, (int)Math.Min(window, LargestBlock), sizeBytes == 0 ? -1 : (long)content, (descriptor & 4) != 0);
    }

    /// <summary>
    /// Walks all frames and the headers of their blocks, so that what is handed to a decoder is whole, has no dictionary and declares
    /// no more than the page does.
    /// </summary>
    /// <exception cref="ParquetFormatException">It is not so.</exception>
    public static void Verify(ReadOnlySpan<byte> source, int declared)
    {
        if (source.IsEmpty) throw ZstdFault.Of("has no bytes");
        long room = declared;
        while (!source.IsEmpty)
        {
            if (SkippableBytes(source) is > 0 and var skip)
            {
                source = source[skip..];
                continue;
            }

            var frame = Parse(source);
            if (frame.ContentBytes > room) throw ZstdFault.Of("holds more bytes than declared");
            room -= Math.Max(0, frame.ContentBytes);
            source = source[frame.HeaderBytes..];
            for (var isLast = false; !isLast;)
            {
                var block = ZstdBlock.Parse(source, frame.MaxBlockBytes);
                isLast = block.IsLast;
                source = source[(BlockHeaderBytes + block.StoredBytes)..];
            }

            if (!frame.HasChecksum) continue;
            if (source.Length < 4) throw ZstdFault.Of("ends inside a checksum");
            source = source[4..];
        }
    }
}
