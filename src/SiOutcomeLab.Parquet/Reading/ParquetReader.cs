namespace SiOutcomeLab.Parquet;

/// <summary>
/// Reads a flat Parquet file. Opening reads and checks the footer only; column data is read page by page,
/// so memory holds one page for each column being read, however large a row group is.
/// Column readers of one file may be used from different threads, each by one thread at a time.
/// </summary>
public sealed class ParquetReader : IDisposable
{
    /// <summary>Opens a file from a stream.</summary>
    /// <param name="stream">Readable and seekable; the file begins at position 0. No one else may use it until disposal.</param>
    /// <param name="options">Limits; the defaults when null.</param>
    /// <param name="leaveOpen">Whether disposal leaves the stream open.</param>
    /// <exception cref="ParquetFormatException">The file's frame or footer is malformed, encrypted, nested, or over a limit.</exception>
    public static ParquetReader Open(Stream stream, ParquetReaderOptions? options = null, bool leaveOpen = false) =>
        throw new NotSupportedException();

    /// <summary>Opens a file from a path.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Limits; the defaults when null.</param>
    /// <exception cref="ParquetFormatException">The file's frame or footer is malformed, encrypted, nested, or over a limit.</exception>
    public static ParquetReader Open(string path, ParquetReaderOptions? options = null) => throw new NotSupportedException();

    /// <summary>The columns.</summary>
    public ParquetSchema Schema { get; } = new([]);

    /// <summary>Rows in the file; equals the sum over row groups.</summary>
    public long RowCount { get; }

    /// <summary>Row groups in the file; may be 0.</summary>
    public int RowGroupCount { get; }

    /// <summary>The footer's key-value metadata; a repeated key keeps its last value, a missing value is empty.</summary>
    public IReadOnlyDictionary<string, string> KeyValueMetadata { get; } = new Dictionary<string, string>();

    /// <summary>The program that says it wrote the file, or null.</summary>
    public string? CreatedBy { get; }

    /// <summary>Gives one row group.</summary>
    /// <param name="index">In [0, <see cref="RowGroupCount"/>).</param>
    public ParquetRowGroup OpenRowGroup(int index) => throw new NotSupportedException(RowCount.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Closes the stream unless it was to be left open.</summary>
    public void Dispose()
    {
    }
}
