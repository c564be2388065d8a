namespace SiOutcomeLab.Parquet.Compression.Zstd;

/// <summary>How a block holds its content.</summary>
internal enum ZstdBlockType
{
    Raw = 0,
    Repeated = 1,
    Compressed = 2,
}

/// <summary>A block's header (RFC 8878, section 3.1.1.2).</summary>
/// <param name="Type">How the content is held.</param>
/// <param name="Bytes">The header's size field: bytes after decompression, or stored bytes of a compressed block.</param>
/// <param name="IsLast">Whether the frame ends with it.</param>
internal readonly record struct ZstdBlock(ZstdBlockType Type, int Bytes, bool IsLast)
{
    /// <summary>Bytes after the header.</summary>
    public int StoredBytes => Type == ZstdBlockType.Repeated ? 1 : Bytes;

    /// <summary>Parses the header that begins here.</summary>
    /// <exception cref="ParquetFormatException">The block is not whole, or larger than its frame allows.</exception>
    public static ZstdBlock Parse(ReadOnlySpan<byte> source, int maxBlockBytes)
    {
        if (source.Length < ZstdFrame.BlockHeaderBytes) throw ZstdFault.Of("ends inside a block's header");
        var header = source[0] | (source[1] << 8) | (source[2] << 16);
        if (((header >> 1) & 3) == 3) throw ZstdFault.Of("has a block of a reserved type");
        var block = new ZstdBlock((ZstdBlockType)((header >> 1) & 3), header >> 3, (header & 1) != 0);
        if (block.Bytes > maxBlockBytes) throw ZstdFault.Of("has a block larger than its frame allows");
        return block.StoredBytes <= source.Length - ZstdFrame.BlockHeaderBytes ? block : throw ZstdFault.Of("ends inside a block");
    }
}
