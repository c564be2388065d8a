using System.Buffers.Binary;
using SiOutcomeLab.Parquet.Compression;
using SiOutcomeLab.Parquet.Compression.Zstd;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet;

/// <summary>
/// Writes a flat Parquet file: row groups one after another, and within each the columns in schema order.
/// Writes forward only, so the stream need not be seekable. One thread at a time.
/// The same input and options give the same bytes (for Gzip and Brotli: on the same runtime; for Zstd: with the same libzstd).
/// </summary>
public sealed class ParquetWriter : IDisposable
{
    private static readonly string DefaultCreatedBy =
        $"SiOutcomeLab version {typeof(ParquetWriter).Assembly.GetName().Version?.ToString(3)}";

    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private readonly IReadOnlyList<ParquetColumnSpec> _columns;
    private readonly ParquetWriterOptions _options;
    private readonly FileOutput _output;
    private readonly List<WrittenRowGroup> _rowGroups = [];
    private ParquetRowGroupWriter? _open;
    private bool _closed;

    private ParquetWriter(Stream stream, IReadOnlyList<ParquetColumnSpec> columns, ParquetWriterOptions options, bool leaveOpen)
    {
        _stream = stream;
        _columns = columns;
        _options = options;
        _leaveOpen = leaveOpen;
        _output = new FileOutput(stream);
        _output.Write("PAR1"u8);
    }

    /// <summary>Whether files can be written with the codec here: all but Lzo and Lz4, and Zstd where the system has libzstd.</summary>
    public static bool CanWrite(ParquetCodec codec) => codec switch
    {
        ParquetCodec.Zstd => NativeZstd.IsAvailable,
        ParquetCodec.Lzo or ParquetCodec.Lz4 => false,
        _ => Enum.IsDefined(codec),
    };

    /// <summary>Begins a file.</summary>
    /// <param name="stream">Writable; the file begins at its position.</param>
    /// <param name="columns">At least one column; names unique.</param>
    /// <param name="options">How to write; the defaults when null.</param>
    /// <param name="leaveOpen">Whether disposal leaves the stream open.</param>
    /// <exception cref="ArgumentException">A column or an option is not valid.</exception>
    /// <exception cref="PlatformNotSupportedException">The codec is Zstd, and this system lacks libzstd.</exception>
    public static ParquetWriter Create(
        Stream stream, IReadOnlyList<ParquetColumnSpec> columns, ParquetWriterOptions? options = null, bool leaveOpen = false)
    {
        options ??= ParquetWriterOptions.Default;
        if (!stream.CanWrite) throw new ArgumentException("The stream must be writable.", nameof(stream));
        if (columns.Count == 0) throw new ArgumentException("A file has at least one column.", nameof(columns));
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            if (column.Fault() is { } fault) throw new ArgumentException($"Column '{column.Name}' {fault}.", nameof(columns));
            if (!names.Add(column.Name)) throw new ArgumentException($"Two columns are named '{column.Name}'.", nameof(columns));
        }

        if (options.PageVersion is not (1 or 2)) throw new ArgumentException("The page version must be 1 or 2.", nameof(options));
        if (!Enum.IsDefined(options.Codec) || options.Codec is ParquetCodec.Lzo or ParquetCodec.Lz4)
        {
            throw new ArgumentException($"The codec {options.Codec} is not one that is written.", nameof(options));
        }

        if (!CanWrite(options.Codec)) throw new PlatformNotSupportedException(ZstdCodec.Missing);

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.PageBytes, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxDictionaryBytes, nameof(options));
        return new ParquetWriter(stream, [.. columns], options, leaveOpen);
    }

    /// <summary>Begins a row group. The one before must be complete.</summary>
    /// <exception cref="InvalidOperationException">The row group before lacks columns, or the file is closed.</exception>
    public ParquetRowGroupWriter StartRowGroup()
    {
        if (_closed) throw new InvalidOperationException("The file is closed.");
        CompleteRowGroup();
        return _open = new ParquetRowGroupWriter(_output, _columns, _options);
    }

    /// <summary>Writes the footer and flushes the stream; before this the file is not valid. Later calls do nothing.</summary>
    /// <exception cref="InvalidOperationException">The last row group lacks columns.</exception>
    public void Close()
    {
        if (_closed) return;
        CompleteRowGroup();
        _closed = true;
        var footer = FooterWriter.Write(_columns, _rowGroups, _options, _options.CreatedBy ?? DefaultCreatedBy);
        _output.Write(footer);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        _output.Write(length);
        _output.Write("PAR1"u8);
        _stream.Flush();
    }

    /// <summary>
    /// Closes the stream unless it was to be left open. Does not write the footer: a file left by an exception stays invalid.
    /// </summary>
    public void Dispose()
    {
        _closed = true;
        if (!_leaveOpen) _stream.Dispose();
    }

    private void CompleteRowGroup()
    {
        if (_open is null) return;
        if (!_open.IsComplete) throw new InvalidOperationException("The row group lacks columns; write all of them before going on.");
        _rowGroups.Add(_open.Written);
        _open = null;
    }
}
