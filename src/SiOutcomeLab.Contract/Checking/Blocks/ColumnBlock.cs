using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>
/// The next rows of one column, decoded: the piece in which files are checked, hashed and written anew. Blocks do not follow a file's row
/// groups or pages, so whatever is computed from them depends on the rows alone.
/// </summary>
public abstract class ColumnBlock : IDisposable
{
    /// <summary>Rows of every block but a file's last, which may be shorter.</summary>
    public const int MostRows = 65_536;

    private readonly ParquetReader _reader;
    private readonly bool[] _present;
    private int _nextGroup;

    private protected ColumnBlock(ParquetReader reader, ParquetColumn column)
    {
        _reader = reader;
        Column = column;
        Capacity = (int)Math.Min(MostRows, reader.RowCount);
        _present = new bool[Capacity];
    }

    /// <summary>The column as the file has it.</summary>
    public ParquetColumn Column { get; }

    /// <summary>Rows of the block.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows of the block that are null.</summary>
    public int Nulls { get; private set; }

    /// <summary>Whether each row has a value.</summary>
    public ReadOnlySpan<bool> Present => _present.AsSpan(0, Rows);

    private protected int Capacity { get; }

    /// <summary>The block of a column, of the kind that its type needs; null for a type without one.</summary>
    internal static ColumnBlock? For(ParquetReader reader, ParquetColumn column) => column.PhysicalType switch
    {
        ParquetPhysicalType.Boolean => new NumberBlock<bool>(reader, column),
        ParquetPhysicalType.Int32 => new NumberBlock<int>(reader, column),
        ParquetPhysicalType.Int64 => new NumberBlock<long>(reader, column),
        ParquetPhysicalType.Float => new NumberBlock<float>(reader, column),
        ParquetPhysicalType.Double => new NumberBlock<double>(reader, column),
        ParquetPhysicalType.ByteArray or ParquetPhysicalType.FixedLenByteArray => new TextBlock(reader, column),
        _ => null,
    };

    /// <summary>Reads the next rows of the file.</summary>
    /// <exception cref="ParquetFormatException">The column cannot be read on.</exception>
    internal void Fill(int rows)
    {
        Rows = rows;
        Clear();
        for (var done = 0; done < rows;)
        {
            var read = IsOpen ? Read(done, _present.AsSpan(done, rows - done)) : 0;
            done += read;
            if (read == 0) OpenNext();
        }

        Nulls = _present.AsSpan(0, rows).Count(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    private protected abstract bool IsOpen { get; }

    private protected abstract void Clear();

    private protected abstract void Open(ParquetRowGroup group);

    private protected abstract void Close();

    /// <summary>Reads on in the open row group; 0 at its end.</summary>
    /// <param name="at">The first row's place in the block.</param>
    /// <param name="present">Receives presence; its length is the most that are read.</param>
    private protected abstract int Read(int at, Span<bool> present);

    private void OpenNext()
    {
        Close();
        if (_nextGroup >= _reader.RowGroupCount)
        {
            throw new InvalidOperationException("A reader's row groups have as many rows as its file.");
        }

        Open(_reader.OpenRowGroup(_nextGroup++));
    }
}
