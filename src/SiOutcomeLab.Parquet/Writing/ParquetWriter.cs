namespace SiOutcomeLab.Parquet;

/// <summary>
/// Writes a flat Parquet file: row groups one after another, and within each the columns in schema order.
/// Writes forward only, so the stream need not be seekable. One thread at a time.
/// </summary>
public sealed class ParquetWriter : IDisposable
{
    /// <summary>Begins a file.</summary>
    /// <param name="stream">Writable; the file begins at its position.</param>
    /// <param name="columns">At least one column; names unique.</param>
    /// <param name="options">How to write; the defaults when null.</param>
    /// <param name="leaveOpen">Whether disposal leaves the stream open.</param>
    /// <exception cref="ArgumentException">A column or an option is not valid.</exception>
    public static ParquetWriter Create(
        Stream stream, IReadOnlyList<ParquetColumnSpec> columns, ParquetWriterOptions? options = null, bool leaveOpen = false) =>
        throw new NotSupportedException();

    /// <summary>Begins a row group. The one before must be complete.</summary>
    /// <exception cref="InvalidOperationException">The row group before lacks columns, or the file is closed.</exception>
    public ParquetRowGroupWriter StartRowGroup() => throw new NotSupportedException(_closed.ToString());

    /// <summary>Writes the footer; before this the file is not valid. Later calls do nothing.</summary>
    /// <exception cref="InvalidOperationException">The last row group lacks columns.</exception>
    public void Close() => _closed = true;

    /// <summary>Closes the stream unless it was to be left open. Does not write the footer: a file left by an exception stays invalid.</summary>
    public void Dispose()
    {
    }

    private bool _closed;
}
