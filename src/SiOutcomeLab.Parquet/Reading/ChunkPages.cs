using System.Buffers.Binary;
using SiOutcomeLab.Parquet.Compression;
using SiOutcomeLab.Parquet.Encodings;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet;

/// <summary>
/// The pages of one column chunk, one at a time: header parsed, sizes held against the chunk and the limits, CRC checked, decompressed.
/// Holds the window of the chunk's bytes and one page.
/// </summary>
internal sealed class ChunkPages : IDisposable
{
    private const int FirstHeaderBytes = 8 * 1024;
    private const int MaxHeaderBytes = 1024 * 1024;

    private readonly ChunkInput _input;
    private readonly ColumnChunkMetadata _chunk;
    private readonly ParquetColumn _column;
    private readonly int _rowGroup;
    private readonly ParquetReaderOptions _options;
    private readonly PageCodec _codec;
    private readonly PooledBytes _page;
    private readonly PooledBytes _levels;
    private readonly HeldBytes _held;
    private long _dictionaryBytes;
    private long _headerBytes;
    private long _pageBytes;
    private long _pageOffset;
    private int _pageNumber = -1;

    public ChunkPages(
        ByteSource source, ColumnChunkMetadata chunk, ParquetColumn column, int rowGroup, ParquetReaderOptions options, HeldBytes held)
    {
        _chunk = chunk;
        _column = column;
        _rowGroup = rowGroup;
        _options = options;
        _pageOffset = chunk.Start;
        try
        {
            _codec = PageCodecs.Get(chunk.Codec, options.UseNativeLibraries);
        }
        catch (ParquetFormatException error)
        {
            throw Locate(error);
        }

        _input = new ChunkInput(source, chunk.Start, chunk.CompressedSize, held);
        _page = new PooledBytes(held);
        _levels = new PooledBytes(held);
        _held = held;
    }

    /// <summary>The fault with the place that reading has reached.</summary>
    public ParquetFormatException Locate(ParquetFormatException error) =>
        error.At(_column.Name, _rowGroup, _pageNumber < 0 ? null : _pageNumber, _pageOffset);

    /// <summary>Loads the next dictionary page or non-empty data page; false at the chunk's end.</summary>
    public bool TryNext(out LoadedPage page)
    {
        while (_input.Remaining > 0)
        {
            _pageOffset = _input.Position;
            _pageNumber++;
            var header = ReadHeader();
            VerifySize(in header);
            var stored = _input.Take(header.CompressedSize);
            if (_options.VerifyChecksums && header.Crc is { } crc && Crc32.Of(stored.Span) != crc)
            {
                throw new ParquetFormatException(ParquetErrorCode.ChecksumMismatch, "A page's bytes do not match its checksum.");
            }

            if (header.Type is PageType.Data or PageType.DataV2 && header.ValueCount == 0) continue;
            if (Load(in header, stored) is not { } loaded) continue;
            page = loaded;
            return true;
        }

        // Some writers leave the headers out of the total.
        if (_chunk.UncompressedSize != _pageBytes + _headerBytes && _chunk.UncompressedSize != _pageBytes)
        {
            throw Inconsistent("The pages of a column chunk do not add up to the chunk's uncompressed size.");
        }

        page = default;
        return false;
    }

    public void Dispose()
    {
        _input.Dispose();
        _page.Dispose();
        _levels.Dispose();
        _held.Change(-_dictionaryBytes);
        _dictionaryBytes = 0;
    }

    /// <summary>Counts the memory of the chunk's decoded dictionary, until this is disposed of.</summary>
    public void HoldDictionary(long bytes)
    {
        _held.Change(bytes);
        _dictionaryBytes += bytes;
    }

    private void VerifySize(in PageHeader header)
    {
        if (header.CompressedSize > _options.MaxPageBytes || header.UncompressedSize > _options.MaxPageBytes)
        {
            throw new ParquetFormatException(
                ParquetErrorCode.LimitExceeded, $"A page is larger than {_options.MaxPageBytes} bytes; write smaller pages.");
        }

        if (header.Type == PageType.Dictionary && header.UncompressedSize > _options.MaxDictionaryBytes)
        {
            throw new ParquetFormatException(
                ParquetErrorCode.LimitExceeded,
                $"A dictionary is larger than {_options.MaxDictionaryBytes} bytes; write smaller row groups.");
        }

        _pageBytes += header.UncompressedSize;
        if (_pageBytes > _chunk.UncompressedSize) throw Inconsistent("The pages of a column chunk declare more bytes than the chunk.");
    }

    private LoadedPage? Load(in PageHeader header, ByteRange stored)
    {
        switch (header.Type)
        {
            case PageType.Dictionary:
                if (_pageNumber != 0) throw Inconsistent("A dictionary page is not the first of its column chunk.");
                if (header.Encoding is not (ParquetEncoding.Plain or ParquetEncoding.PlainDictionary))
                {
                    throw new ParquetFormatException(
                        ParquetErrorCode.UnsupportedEncoding, $"A dictionary is encoded as {header.Encoding}; only Plain is read.");
                }

                var entries = Decompress(stored, header.UncompressedSize);
                return new LoadedPage(true, header.ValueCount, header.Encoding, ByteRange.Empty, entries, null);
            case PageType.Data:
                return LoadData(in header, stored);
            case PageType.DataV2:
                return LoadDataV2(in header, stored);
            case PageType.Index:
                return null;
            default:
                throw new ParquetFormatException(ParquetErrorCode.InvalidMetadata, "A page is of a kind that the format does not have.");
        }
    }

    private LoadedPage LoadData(in PageHeader header, ByteRange stored)
    {
        var body = Decompress(stored, header.UncompressedSize);
        if (!_column.IsOptional) return new LoadedPage(false, header.ValueCount, header.Encoding, ByteRange.Empty, body, null);
        if (header.DefinitionLevelEncoding == ParquetEncoding.BitPacked)
        {
            var packed = (header.ValueCount + 7L) / 8;
            if (packed > body.Length) throw Inconsistent("A page's levels are longer than the page.");
            var turned = BitPackedLevels.ToHybrid(body.Slice(0, (int)packed).Span, _levels);
            return new LoadedPage(false, header.ValueCount, header.Encoding, turned, body.From((int)packed), null);
        }

        if (header.DefinitionLevelEncoding != ParquetEncoding.Rle)
        {
            throw new ParquetFormatException(
                ParquetErrorCode.UnsupportedEncoding, $"Levels are encoded as {header.DefinitionLevelEncoding}, which levels cannot be.");
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(body.Slice(0, 4).Span);
        if (length > (uint)(body.Length - 4)) throw Inconsistent("A page's levels are longer than the page.");
        var levels = body.Slice(4, (int)length);
        return new LoadedPage(false, header.ValueCount, header.Encoding, levels, body.From(4 + (int)length), null);
    }

    private LoadedPage LoadDataV2(in PageHeader header, ByteRange stored)
    {
        var levelBytes = header.DefinitionLevelBytes;
        if (header.RepetitionLevelBytes != 0) throw Inconsistent("A page of a flat column has repetition levels.");
        if (levelBytes < 0 || levelBytes > Math.Min(stored.Length, header.UncompressedSize))
        {
            throw Inconsistent("A page's levels are longer than the page.");
        }

        if (!_column.IsOptional && (levelBytes != 0 || header.NullCount != 0))
        {
            throw Inconsistent("A page of a column without nulls declares nulls.");
        }

        if (header.RowCount != header.ValueCount) throw Inconsistent("A page of a flat column has another number of rows than of values.");
        var values = stored.From(levelBytes);
        var size = header.UncompressedSize - levelBytes;
        if (!header.IsCompressed)
        {
            if (values.Length != size) throw Inconsistent("A page that is not compressed has two different sizes.");
        }
        else
        {
            // No values may be stored as no bytes, which is not a stream of any codec.
            values = size == 0 && values.Length == 0 ? ByteRange.Empty : Decompress(values, size);
        }

        return new LoadedPage(false, header.ValueCount, header.Encoding, stored.Slice(0, levelBytes), values, header.NullCount);
    }

    private ByteRange Decompress(ByteRange stored, int size)
    {
        if (size > _codec.MaxDecompressed(stored.Length))
        {
            throw Inconsistent("A page declares more bytes than its stored bytes can stand for.");
        }

        if (_codec.Id == CompressionId.Uncompressed && stored.Length == size) return stored;
        _page.Grow(size);
        _codec.Decompress(stored.Span, _page.Array.AsSpan(0, size));
        return new ByteRange(_page.Array, 0, size);
    }

    private PageHeader ReadHeader()
    {
        var ask = FirstHeaderBytes;
        while (true)
        {
            var bytes = _input.Peek(ask);
            try
            {
                var header = PageHeaderParser.Parse(bytes[..Math.Min(bytes.Length, MaxHeaderBytes)], out var length);
                _input.Take(length);
                _headerBytes += length;
                return header;
            }
            catch (ParquetFormatException error)
                when (error.Code == ParquetErrorCode.Truncated && bytes.Length < Math.Min(_input.Remaining, MaxHeaderBytes))
            {
                // A header with long statistics: look at more of the chunk.
                ask = bytes.Length * 4;
            }
        }
    }

    private static ParquetFormatException Inconsistent(string what) => new(ParquetErrorCode.InconsistentLayout, what);
}
