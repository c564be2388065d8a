namespace SiOutcomeLab.Parquet.Compression.Zstd;

/// <summary>Reads the literals section of a block (RFC 8878, section 3.1.1.3.1) into a buffer with room for wide copies.</summary>
internal sealed unsafe class ZstdLiterals
{
    /// <summary>Bytes that may be read beyond the literals.</summary>
    public const int Slack = 64;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>((128 * 1024) + Slack, pinned: true);

    public HuffmanTable Code { get; } = new();

    /// <summary>The literals, valid until the next section is read.</summary>
    public byte* Start => (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _buffer[0]);

    public int Count { get; private set; }

    /// <summary>Reads the section that begins here.</summary>
    /// <returns>Its bytes.</returns>
    /// <exception cref="ParquetFormatException">The section is malformed.</exception>
    public int Read(ReadOnlySpan<byte> source, int maxBytes)
    {
        if (source.IsEmpty) throw Ends();
        var format = (source[0] >> 2) & 3;
        return (source[0] & 3) switch
        {
            0 => ReadRaw(source, format, maxBytes),
            1 => ReadRepeated(source, format, maxBytes),
            2 => ReadCoded(source, format, maxBytes, hasCode: true),
            _ => ReadCoded(source, format, maxBytes, hasCode: false),
        };
    }

    private int ReadRaw(ReadOnlySpan<byte> source, int format, int maxBytes)
    {
        var header = ReadPlainHeader(source, format, maxBytes);
        if (Count > source.Length - header) throw Ends();
        source.Slice(header, Count).CopyTo(_buffer);
        return header + Count;
    }

    private int ReadRepeated(ReadOnlySpan<byte> source, int format, int maxBytes)
    {
        var header = ReadPlainHeader(source, format, maxBytes);
        if (header == source.Length) throw Ends();
        _buffer.AsSpan(0, Count).Fill(source[header]);
        return header + 1;
    }

    private int ReadPlainHeader(ReadOnlySpan<byte> source, int format, int maxBytes)
    {
        var header = (format & 1) == 0 ? 1 : (format + 3) / 2;
        var word = ReadWord(source, header);
        SetCount((int)((format & 1) == 0 ? word >> 3 : word >> 4), maxBytes);
        return header;
    }

    private int ReadCoded(ReadOnlySpan<byte> source, int format, int maxBytes, bool hasCode)
    {
        var (header, width) = format switch { 2 => (4, 14), 3 => (5, 18), _ => (3, 10) };
        var word = ReadWord(source, header) >> 4;
        SetCount((int)(word & ((1UL << width) - 1)), maxBytes);
        var stored = (int)(word >> width);
        if (stored > source.Length - header) throw Ends();
        var streams = source.Slice(header, stored);
        if (hasCode) streams = streams[Code.Read(streams)..];
        else if (Code.Bits == 0) throw ZstdFault.Of("uses the Huffman code of a block before, but there is none");
        fixed (byte* pointer = streams)
        {
            if (format == 0) HuffmanStreams.DecodeOne(Code, pointer, streams.Length, Start, Count);
            else HuffmanStreams.DecodeFour(Code, pointer, streams.Length, Start, Count);
        }

        return header + stored;
    }

    private void SetCount(int count, int maxBytes)
    {
        if (count > maxBytes) throw ZstdFault.Of("has more literals than a block may hold");
        Count = count;
    }

    private static ulong ReadWord(ReadOnlySpan<byte> source, int bytes)
    {
        if (bytes > source.Length) throw Ends();
        ulong word = 0;
        for (var i = 0; i < bytes; i++) word |= (ulong)source[i] << (8 * i);
        return word;
    }

    private static ParquetFormatException Ends() => ZstdFault.Of("ends inside its literals");
}
