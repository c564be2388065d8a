using System.Buffers.Binary;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet.Tests.Files;

/// <summary>
/// Builds a file of one column from hand-made pages, with a footer that may lie. What is not set tells the truth.
/// </summary>
internal sealed class ForgedFile
{
    private readonly List<byte> _pages = [];
    private long _uncompressed;

    public ParquetPhysicalType Type { get; init; } = ParquetPhysicalType.Int32;

    public bool IsOptional { get; init; }

    public int TypeLength { get; init; }

    public bool IsText { get; init; }

    public int Codec { get; init; }

    public long Rows { get; init; }

    public long? ChunkValues { get; init; }

    public long? FileRows { get; init; }

    public long? UncompressedBytes { get; init; }

    public long? CompressedBytes { get; init; }

    public long? DataOffset { get; init; }

    public long? DictionaryOffset { get; init; }

    /// <summary>Called after every field of the file metadata, with the writer after field 4.</summary>
    public Action<ThriftWriter>? More { get; init; }

    public ForgedFile Dictionary(byte[] body, int count, int? uncompressed = null) =>
        Page(2, body, uncompressed, header =>
        {
            header.BeginStruct(7);
            header.I32(1, count);
            header.I32(2, 0);
            header.EndStruct();
        });

    public ForgedFile Data(byte[] body, int count, int encoding = 0, int? uncompressed = null, int levelEncoding = 3, uint? crc = null) =>
        Page(0, body, uncompressed, crc: crc, write: header =>
        {
            header.BeginStruct(5);
            header.I32(1, count);
            header.I32(2, encoding);
            header.I32(3, levelEncoding);
            header.I32(4, 3);
            header.EndStruct();
        });

    public ForgedFile DataV2(
        byte[] body, int count, int nulls, int levelBytes, int encoding = 0, int? uncompressed = null, int? rows = null,
            int repetitionBytes = 0,
        bool compressed = false) =>
        Page(3, body, uncompressed, header =>
        {
            header.BeginStruct(8);
            header.I32(1, count);
            header.I32(2, nulls);
            header.I32(3, rows ?? count);
            header.I32(4, encoding);
            header.I32(5, levelBytes);
            header.I32(6, repetitionBytes);
            header.Bool(7, compressed);
            header.EndStruct();
        });

    public ForgedFile Page(int type, byte[] body, int? uncompressed, Action<ThriftWriter> write, uint? crc = null, int? stored = null)
    {
        var header = new ThriftWriter();
        header.I32(1, type);
        header.I32(2, uncompressed ?? body.Length);
        header.I32(3, stored ?? body.Length);
        if (crc is { } value) header.I32(4, (int)value);
        write(header);
        header.End();
        _uncompressed += header.Written.Length + (long)(uncompressed ?? body.Length);
        return Raw(header.Written).Raw(body);
    }

    public ForgedFile Raw(ReadOnlySpan<byte> bytes)
    {
        _pages.AddRange(bytes);
        return this;
    }

    public byte[] Build()
    {
        var footer = new ThriftWriter();
        footer.I32(1, 1);
        WriteSchema(footer);
        footer.I64(3, FileRows ?? Rows);
        footer.BeginList(4, ThriftType.Struct, 1);
        footer.BeginElement();
        footer.BeginList(1, ThriftType.Struct, 1);
        WriteChunk(footer);
        footer.I64(2, _pages.Count);
        footer.I64(3, Rows);
        footer.EndStruct();
        More?.Invoke(footer);
        footer.End();
        return Frame([.. _pages], footer.Written.ToArray());
    }

    /// <summary>Magic, data, footer, its length (or a lie), magic.</summary>
    public static byte[] Frame(byte[] data, byte[] footer, uint? footerLength = null)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(length, footerLength ?? (uint)footer.Length);
        return [.. "PAR1"u8, .. data, .. footer, .. length, .. "PAR1"u8];
    }

    private void WriteSchema(ThriftWriter footer)
    {
        footer.BeginList(2, ThriftType.Struct, 2);
        footer.BeginElement();
        footer.Text(4, "schema");
        footer.I32(5, 1);
        footer.EndStruct();
        footer.BeginElement();
        footer.I32(1, (int)Type);
        if (TypeLength != 0) footer.I32(2, TypeLength);
        footer.I32(3, IsOptional ? 1 : 0);
        footer.Text(4, "c");
        if (IsText) footer.I32(6, 0);
        footer.EndStruct();
    }

    private void WriteChunk(ThriftWriter footer)
    {
        footer.BeginElement();
        footer.I64(2, 0);
        footer.BeginStruct(3);
        footer.I32(1, (int)Type);
        footer.BeginList(2, ThriftType.I32, 1);
        footer.I32Element(0);
        footer.BeginList(3, ThriftType.Binary, 1);
        footer.TextElement("c");
        footer.I32(4, Codec);
        footer.I64(5, ChunkValues ?? Rows);
        footer.I64(6, UncompressedBytes ?? _uncompressed);
        footer.I64(7, CompressedBytes ?? _pages.Count);
        footer.I64(9, DataOffset ?? 4);
        if (DictionaryOffset is { } offset) footer.I64(11, offset);
        footer.EndStruct();
        footer.EndStruct();
    }
}
