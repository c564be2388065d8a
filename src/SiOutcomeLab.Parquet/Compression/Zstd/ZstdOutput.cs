namespace SiOutcomeLab.Parquet.Compression.Zstd;

/// <summary>Where the content goes.</summary>
internal unsafe ref struct ZstdOutput
{
    /// <summary>The next byte to write.</summary>
    public byte* Place;

    /// <summary>Where the block must end at the latest.</summary>
    public byte* Limit;

    /// <summary>The page's end: nothing is written from here on.</summary>
    public byte* End;

    /// <summary>The frame's first byte: nothing is copied from before.</summary>
    public byte* FrameStart;

    public readonly void Room(nint bytes)
    {
        if (bytes > Limit - Place) throw ZstdFault.Of("holds more bytes than declared, or than a block may");
    }

    public void Append(byte* from, byte* end)
    {
        Room((nint)(end - from));
        Buffer.MemoryCopy(from, Place, End - Place, end - from);
        Place += end - from;
    }
}
