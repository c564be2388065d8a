using System.Buffers.Binary;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet;

/// <summary>
/// Reads a flat Parquet file. Opening reads and checks the footer only; column data is read page by page,
/// so memory holds one page for each column being read, however large a row group is.
/// Column readers of one file may be used from different threads, each by one thread at a time.
/// </summary>
public sealed class ParquetReader : IDisposable
{
    /// <summary>Magic, footer length (four bytes), magic.</summary>
    private const int FrameBytes = 12;

    private readonly ByteSource _source;
    private readonly FileMetadata _metadata;
    private readonly ParquetReaderOptions _options;
    private readonly HeldBytes _held;
    private readonly Dictionary<string, string> _keyValues = new(StringComparer.Ordinal);

    private ParquetReader(ByteSource source, FileMetadata metadata, ParquetReaderOptions options)
    {
        _source = source;
        _metadata = metadata;
        _options = options;
        _held = new HeldBytes(options.MaxHeldBytes);
        foreach (var (key, value) in metadata.KeyValues) _keyValues[key] = value;
    }

    /// <summary>The columns.</summary>
    public ParquetSchema Schema => _metadata.Schema;

    /// <summary>Rows in the file; equals the sum over row groups.</summary>
    public long RowCount => _metadata.RowCount;

    /// <summary>Row groups in the file; may be 0.</summary>
    public int RowGroupCount => _metadata.RowGroups.Count;

    /// <summary>The footer's key-value metadata; a repeated key keeps its last value, a missing value is empty.</summary>
    public IReadOnlyDictionary<string, string> KeyValueMetadata => _keyValues;

    /// <summary>The program that says it wrote the file, or null.</summary>
    public string? CreatedBy => _metadata.CreatedBy;

    /// <summary>Opens a file from a stream.</summary>
    /// <param name="stream">Readable and seekable; the file begins at position 0. No one else may use it until disposal.</param>
    /// <param name="options">Limits; the defaults when null.</param>
    /// <param name="leaveOpen">Whether disposal leaves the stream open; a failure to open leaves it open in any case.</param>
    /// <exception cref="ArgumentException">The stream cannot be read or cannot seek.</exception>
    /// <exception cref="ParquetFormatException">The file's frame or footer is malformed, encrypted, nested, or over a limit.</exception>
    public static ParquetReader Open(Stream stream, ParquetReaderOptions? options = null, bool leaveOpen = false)
    {
        if (!stream.CanRead || !stream.CanSeek) throw new ArgumentException("The stream must be readable and seekable.", nameof(stream));
        return Open(ByteSource.From(stream, leaveOpen), options ?? ParquetReaderOptions.Default);
    }

    /// <summary>Opens a file from a path.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Limits; the defaults when null.</param>
    /// <exception cref="ParquetFormatException">The file's frame or footer is malformed, encrypted, nested, or over a limit.</exception>
    public static ParquetReader Open(string path, ParquetReaderOptions? options = null)
    {
        var source = ByteSource.From(path);
        try
        {
            return Open(source, options ?? ParquetReaderOptions.Default);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file held in memory.</summary>
    /// <param name="file">All its bytes, which must stay as they are until disposal.</param>
    /// <param name="options">Limits; the defaults when null.</param>
    /// <exception cref="ParquetFormatException">The file's frame or footer is malformed, encrypted, nested, or over a limit.</exception>
    public static ParquetReader Open(ReadOnlyMemory<byte> file, ParquetReaderOptions? options = null) =>
        Open(ByteSource.From(file), options ?? ParquetReaderOptions.Default);

    /// <summary>Gives one row group.</summary>
    /// <param name="index">In [0, <see cref="RowGroupCount"/>).</param>
    public ParquetRowGroup OpenRowGroup(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)RowGroupCount, nameof(index));
        return new ParquetRowGroup(_source, Schema, _metadata.RowGroups[index], index, _options, _held);
    }

    /// <summary>
    /// Gives every text and value that the metadata holds, one by one: what the schema is called, the writing program, key-value entries
    /// of the footer and of column chunks, and smallest and largest values of column chunks, page headers and page indexes. They are for
    /// searching only, as for numbers that must not be in a file: nothing else that is read here depends on them, and they may be false.
    /// Column names are in <see cref="Schema"/>. Walks over all page headers, so it costs one small read a page.
    /// </summary>
    /// <exception cref="ParquetFormatException">A page header or page index is malformed, thrown while enumerating.</exception>
    public IEnumerable<ParquetMetadataText> MetadataTexts() => new MetadataTextWalk(_source, _metadata, _options).Walk();

    /// <summary>Closes the stream unless it was to be left open.</summary>
    public void Dispose() => _source.Dispose();

    private static ParquetReader Open(ByteSource source, ParquetReaderOptions options)
    {
        var length = source.Length;
        if (length < FrameBytes) throw NotParquet("The file is shorter than the smallest Parquet file.");
        Span<byte> head = stackalloc byte[4];
        source.ReadExactly(0, head);
        Span<byte> tail = stackalloc byte[8];
        source.ReadExactly(length - 8, tail);
        if (tail[4..].SequenceEqual("PARE"u8))
        {
            throw new ParquetFormatException(ParquetErrorCode.Encrypted, "The file's footer is encrypted; send it without encryption.");
        }

        if (!head.SequenceEqual("PAR1"u8)) throw NotParquet("The file does not begin as a Parquet file.");
        if (!tail[4..].SequenceEqual("PAR1"u8)) throw NotParquet("The file does not end as a Parquet file; it may have been cut off.");
        var footerLength = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (footerLength > (ulong)(length - FrameBytes))
        {
            throw new ParquetFormatException(ParquetErrorCode.Truncated, "The footer's length is more than the file has.")
                .At(byteOffset: length - 8);
        }

        if (footerLength > (uint)options.MaxFooterBytes)
        {
            throw new ParquetFormatException(ParquetErrorCode.LimitExceeded, $"The footer is larger than {options.MaxFooterBytes} bytes.")
                .At(byteOffset: length - 8);
        }

        var start = length - 8 - footerLength;
        var footer = new byte[footerLength];
        source.ReadExactly(start, footer);
        try
        {
            var metadata = FooterParser.Parse(footer, options);
            LayoutCheck.Verify(metadata, start, options);
            return new ParquetReader(source, metadata, options);
        }
        catch (ParquetFormatException error)
        {
            throw error.At(byteOffset: start);
        }
    }

    private static ParquetFormatException NotParquet(string what) => new(ParquetErrorCode.NotParquet, what);
}
