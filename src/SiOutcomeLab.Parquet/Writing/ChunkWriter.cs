using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SiOutcomeLab.Parquet.Compression;
using SiOutcomeLab.Parquet.Encodings;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet;

/// <summary>Writes the pages of one column chunk and sums up what the footer says of it.</summary>
internal sealed class ChunkWriter
{
    private readonly FileOutput _output;
    private readonly ParquetColumnSpec _column;
    private readonly ParquetWriterOptions _options;
    private readonly PageCodec _codec;
    private readonly ThriftWriter _header = new();
    private readonly ArrayBufferWriter<byte> _body;
    private readonly SortedSet<ParquetEncoding> _encodings = [];
    private readonly long _start;
    private long _uncompressedBytes;
    private long _dataStart = -1;
    private long _nulls;

    public ChunkWriter(FileOutput output, ParquetColumnSpec column, ParquetWriterOptions options)
    {
        _output = output;
        _body = output.Page;
        _column = column;
        _options = options;
        _codec = PageCodecs.Get((CompressionId)options.Codec);
        _start = output.Position;
    }

    /// <summary>A buffer for a page's encoded values, empty.</summary>
    public ArrayBufferWriter<byte> TakeBuffer()
    {
        _output.Values.ResetWrittenCount();
        return _output.Values;
    }

    /// <summary>Writes the dictionary page; before any data page.</summary>
    public void WriteDictionary(ReadOnlySpan<byte> entries, int count)
    {
        var encoding = _options.PageVersion == 1 ? ParquetEncoding.PlainDictionary : ParquetEncoding.Plain;
        _encodings.Add(encoding);
        var length = _codec.Compress(entries, ref _output.Compressed);
        var stored = _output.Compressed.AsSpan(0, length);
        BeginHeader(PageType.Dictionary, entries.Length, default, stored);
        _header.BeginStruct(7);
        _header.I32(1, count);
        _header.I32(2, (int)encoding);
        _header.EndStruct();
        WritePage(entries.Length, default, stored);
    }

    /// <summary>Writes a data page.</summary>
    /// <param name="present">Which rows have a value; one entry a row.</param>
    /// <param name="nulls">How many have none.</param>
    /// <param name="values">The encoded values.</param>
    /// <param name="encoding">How they are encoded.</param>
    public void WriteData(ReadOnlySpan<bool> present, int nulls, ReadOnlySpan<byte> values, ParquetEncoding encoding)
    {
        if (_dataStart < 0) _dataStart = _output.Position;
        _nulls += nulls;
        _encodings.Add(encoding);
        _encodings.Add(ParquetEncoding.Rle);
        _body.ResetWrittenCount();
        if (_options.PageVersion == 1) WriteDataV1(present, values, encoding);
        else WriteDataV2(present, nulls, values, encoding);
    }

    /// <summary>What the footer says of the chunk.</summary>
    public WrittenChunk Finish(long rows) => new(
        _column,
        (CompressionId)_options.Codec,
        [.. _encodings],
        rows,
        _options.WriteNullCounts ? _nulls : null,
        _uncompressedBytes,
        _output.Position - _start,
        _dataStart < 0 ? _output.Position : _dataStart,
        _dataStart > _start ? _start : null);

    private void WriteDataV1(ReadOnlySpan<bool> present, ReadOnlySpan<byte> values, ParquetEncoding encoding)
    {
        if (_column.IsOptional)
        {
            _body.GetSpan(4);
            _body.Advance(4);
            HybridEncoder.Encode(present, _body);
            var body = MemoryMarshal.AsMemory(_body.WrittenMemory).Span;
            BinaryPrimitives.WriteInt32LittleEndian(body, body.Length - 4);
        }

        _body.Write(values);
        var length = _codec.Compress(_body.WrittenSpan, ref _output.Compressed);
        var stored = _output.Compressed.AsSpan(0, length);
        BeginHeader(PageType.Data, _body.WrittenCount, default, stored);
        _header.BeginStruct(5);
        _header.I32(1, present.Length);
        _header.I32(2, (int)encoding);
        _header.I32(3, (int)ParquetEncoding.Rle);
        _header.I32(4, (int)ParquetEncoding.Rle);
        _header.EndStruct();
        WritePage(_body.WrittenCount, default, stored);
    }

    private void WriteDataV2(ReadOnlySpan<bool> present, int nulls, ReadOnlySpan<byte> values, ParquetEncoding encoding)
    {
        if (_column.IsOptional) HybridEncoder.Encode(present, _body);
        var levels = _body.WrittenSpan;
        var length = values.IsEmpty ? 0 : _codec.Compress(values, ref _output.Compressed);
        var isCompressed = length < values.Length;
        var stored = isCompressed ? _output.Compressed.AsSpan(0, length) : values;
        BeginHeader(PageType.DataV2, levels.Length + values.Length, levels, stored);
        _header.BeginStruct(8);
        _header.I32(1, present.Length);
        _header.I32(2, nulls);
        _header.I32(3, present.Length);
        _header.I32(4, (int)encoding);
        _header.I32(5, levels.Length);
        _header.I32(6, 0);
        _header.Bool(7, isCompressed);
        _header.EndStruct();
        WritePage(levels.Length + values.Length, levels, stored);
    }

    private void BeginHeader(PageType type, int uncompressed, ReadOnlySpan<byte> levels, ReadOnlySpan<byte> stored)
    {
        _header.Clear();
        _header.I32(1, (int)type);
        _header.I32(2, uncompressed);
        _header.I32(3, levels.Length + stored.Length);
        if (_options.WriteChecksums) _header.I32(4, (int)Crc32.Of(levels, stored));
    }

    private void WritePage(int uncompressed, ReadOnlySpan<byte> levels, ReadOnlySpan<byte> values)
    {
        _header.End();
        _uncompressedBytes += _header.Written.Length + uncompressed;
        _output.Write(_header.Written);
        _output.Write(levels);
        _output.Write(values);
    }
}
