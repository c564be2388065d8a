using SiOutcomeLab.Parquet.Compression;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.ParquetFuzz.Mutating;

/// <summary>A page taken apart: its header as a tree, and its stored bytes.</summary>
internal sealed class PageModel(ThriftNode header, byte[] stored)
{
    public ThriftNode Header { get; } = header;

    public byte[] Stored { get; set; } = stored;

    public PageType Type => (PageType)(Header.Field(1)?.Number ?? 0);

    /// <summary>The struct of the page's own kind.</summary>
    public ThriftNode? Body => Header.Field(Type switch { PageType.Data => 5, PageType.Dictionary => 7, _ => 8 });

    public PageModel Copy() => new(Header.Copy(), Stored);

    /// <summary>Version 2 pages may be stored as they are in a compressed chunk.</summary>
    private PageCodec Codec(CompressionId codec) =>
        PageCodecs.Get(Type == PageType.DataV2 && Body?.Field(7)?.Type == ThriftType.False ? CompressionId.Uncompressed : codec);

    /// <summary>Bytes of version 2 levels, which stand before the compressed part.</summary>
    private int LevelBytes => Type == PageType.DataV2 ? (int)(Body?.Field(5)?.Number ?? 0) : 0;

    /// <summary>The page as its decoders see it: decompressed.</summary>
    public byte[] Open(CompressionId codec)
    {
        var size = (int)Header.Field(2)!.Number;
        var levels = LevelBytes;
        if (size - levels <= 0) return Stored[..levels];
        var values = new byte[size - levels];
        Codec(codec).Decompress(Stored.AsSpan(levels), values);
        return [.. Stored[..levels], .. values];
    }

    /// <summary>Puts a changed page in, compressed again, with sizes and checksum made true.</summary>
    public void Close(byte[] opened, CompressionId codec)
    {
        var levels = Math.Min(LevelBytes, opened.Length);
        byte[] compressed = [];
        var length = Codec(codec).Compress(opened.AsSpan(levels), ref compressed);
        Stored = [.. opened[..levels], .. compressed[..length]];
        Header.Field(2)!.Number = opened.Length;
        Sign();
    }

    /// <summary>Makes the stored size and the checksum true.</summary>
    public void Sign()
    {
        if (Header.Field(3) is { } size) size.Number = Stored.Length;
        if (Header.Field(4) is { } crc) crc.Number = (int)Crc32.Of(Stored);
    }
}
