namespace SiOutcomeLab.Parquet;

/// <summary>
/// One column of a row group, encoded apart from its file, so that the columns of a row group can be encoded on several threads
/// and then be put into the file in order. The bytes are those that writing straight to the file gives. One thread at a time; reusable.
/// </summary>
public sealed class ParquetColumnBuffer : IDisposable
{
    private readonly MemoryStream _bytes = new();
    private readonly FileOutput _output;
    private readonly ParquetColumnSpec[] _column;
    private readonly ParquetWriterOptions _options;
    private ParquetRowGroupWriter? _writer;

    /// <summary>Makes an empty buffer.</summary>
    /// <param name="column">The column, as the file's writer was given it.</param>
    /// <param name="options">The options that the file's writer was given; the defaults when null.</param>
    public ParquetColumnBuffer(ParquetColumnSpec column, ParquetWriterOptions? options = null)
    {
        _column = [column];
        _output = new FileOutput(_bytes);
        _options = options ?? ParquetWriterOptions.Default;
    }

    internal ParquetColumnSpec Column => _column[0];

    /// <summary>Empties the buffer and gives the writer of its one column.</summary>
    public ParquetRowGroupWriter Begin()
    {
        _bytes.SetLength(0);
        _output.Restart();
        return _writer = new ParquetRowGroupWriter(_output, _column, _options);
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => _bytes.Dispose();

    internal WrittenRowGroup Written => _writer is { IsComplete: true }
        ? _writer.Written
        : throw new InvalidOperationException($"The column '{Column.Name}' has not been written to its buffer.");

    internal ReadOnlySpan<byte> Bytes => _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);
}
