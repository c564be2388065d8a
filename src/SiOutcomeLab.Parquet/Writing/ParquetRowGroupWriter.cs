using System.Buffers;

namespace SiOutcomeLab.Parquet;

/// <summary>
/// Writes one row group, one whole column a call, in schema order. The first column decides the number of rows.
/// A column's <c>present</c> may be empty when every row has a value; else it has one entry a row, and
/// entries of values at absent rows are ignored.
/// </summary>
public sealed partial class ParquetRowGroupWriter
{
    private readonly FileOutput _output;
    private readonly IReadOnlyList<ParquetColumnSpec> _columns;
    private readonly ParquetWriterOptions _options;
    private readonly List<WrittenChunk> _chunks = [];
    private int _rows = -1;

    internal ParquetRowGroupWriter(FileOutput output, IReadOnlyList<ParquetColumnSpec> columns, ParquetWriterOptions options)
    {
        _output = output;
        _columns = columns;
        _options = options;
    }

    internal bool IsComplete => _chunks.Count == _columns.Count;

    internal WrittenRowGroup Written => new(_rows, _chunks);

    /// <summary>Writes the next column from fixed-width values, one a row.</summary>
    /// <typeparam name="T">The physical type's own: bool, int, long, float or double.</typeparam>
    /// <param name="values">One entry a row.</param>
    /// <param name="present">Whether each row has a value, or empty for all.</param>
    /// <exception cref="ArgumentException">Type, length or presence do not suit the column.</exception>
    /// <exception cref="InvalidOperationException">The row group has all its columns.</exception>
    public void WriteColumn<T>(ReadOnlySpan<T> values, ReadOnlySpan<bool> present = default)
        where T : unmanaged
    {
        var column = Next(values.Length);
        if (ParquetColumnSpec.TypeOf<T>() != column.PhysicalType)
        {
            throw new ArgumentException(
                $"Column '{column.Name}' is stored as {column.PhysicalType}, not as {typeof(T).Name}.", nameof(values));
        }

        if (!present.IsEmpty && present.Length != values.Length)
        {
            throw new ArgumentException($"Presence of column '{column.Name}' must be empty or as long as its values.", nameof(present));
        }

        using var rows = new RowPresence(present, values.Length);
        if (!column.IsOptional && rows.Count != values.Length)
        {
            throw new ArgumentException($"Column '{column.Name}' is not optional, but a row is null.", nameof(present));
        }

        var chunk = new ChunkWriter(_output, column, _options);
        if (rows.Count == values.Length)
        {
            FixedColumnEncoder.Write(chunk, values, rows.Span, column.Encoding, _options);
        }
        else
        {
            // One place more than there are values, so that absent ones can be stored where the next goes instead of asking.
            var dense = ArrayPool<T>.Shared.Rent(rows.Count + 1);
            for (int i = 0, to = 0; i < present.Length; i++)
            {
                dense[to] = values[i];
                to += present[i] ? 1 : 0;
            }

            FixedColumnEncoder.Write<T>(chunk, dense.AsSpan(0, rows.Count), rows.Span, column.Encoding, _options);
            ArrayPool<T>.Shared.Return(dense);
        }

        Finish(chunk, values.Length);
    }

    /// <summary>Writes the next column from byte values of one length, end to end.</summary>
    /// <param name="values">The column's type length for each row; what stands at a row without a value is ignored.</param>
    /// <param name="present">Whether each row has a value, or empty for all.</param>
    /// <exception cref="ArgumentException">
    /// The column is not stored as bytes of one length, a length is wrong, or the column is not optional but has nulls.
    /// </exception>
    /// <exception cref="InvalidOperationException">The row group has all its columns.</exception>
    public void WriteFixedBytes(ReadOnlySpan<byte> values, ReadOnlySpan<bool> present = default)
    {
        if (IsComplete) throw new InvalidOperationException("The row group has all its columns; start another.");
        var (name, width) = (_columns[_chunks.Count].Name, _columns[_chunks.Count].TypeLength);
        if (width == 0 || values.Length % width != 0 || (!present.IsEmpty && present.Length != values.Length / width))
        {
            throw new ArgumentException(
                $"Column '{name}' needs whole values of its one length, and presence for each or for none.", nameof(values));
        }

        var source = new ByteColumnSource(NextBytes(values.Length / width), _options, values.Length / width);
        for (var row = 0; row < values.Length / width; row++)
        {
            if (present.IsEmpty || present[row]) source.Add(values.Slice(row * width, width));
            else source.AddNull();
        }

        Finish(source);
    }

    /// <summary>Writes the next column from text; null entries are null rows.</summary>
    /// <param name="values">One entry a row.</param>
    /// <exception cref="ArgumentException">
    /// The column is not stored as bytes, is not optional but has nulls, or a text is not valid Unicode.
    /// </exception>
    /// <exception cref="InvalidOperationException">The row group has all its columns.</exception>
    public void WriteStrings(ReadOnlySpan<string?> values)
    {
        var source = new ByteColumnSource(NextBytes(values.Length), _options, values.Length);
        foreach (var value in values)
        {
            if (value is null) source.AddNull();
            else source.Add(value);
        }

        Finish(source);
    }

    /// <summary>Writes the next column from byte values; null entries are null rows.</summary>
    /// <param name="values">One entry a row; of the column's length when that is fixed. Text must be UTF-8, which is not checked.</param>
    /// <exception cref="ArgumentException">
    /// The column is not stored as bytes, a length is wrong, or the column is not optional but has nulls.
    /// </exception>
    /// <exception cref="InvalidOperationException">The row group has all its columns.</exception>
    public void WriteBytes(ReadOnlySpan<byte[]?> values)
    {
        var source = new ByteColumnSource(NextBytes(values.Length), _options, values.Length);
        foreach (var value in values)
        {
            if (value is null) source.AddNull();
            else source.Add(value.AsSpan());
        }

        Finish(source);
    }

    /// <summary>Writes the next column from codes into a dictionary of texts. Entries that no row uses are not written.</summary>
    /// <param name="codes">One entry a row: an index into <paramref name="dictionary"/>, or −1 for null.</param>
    /// <param name="dictionary">The texts.</param>
    /// <exception cref="ArgumentException">A code is out of range, or as for <see cref="WriteStrings(ReadOnlySpan{string})"/>.</exception>
    /// <exception cref="InvalidOperationException">The row group has all its columns.</exception>
    public void WriteStrings(ReadOnlySpan<int> codes, ReadOnlySpan<string> dictionary)
    {
        var column = NextBytes(codes.Length);
        var source = new ByteColumnSource(column, _options, codes.Length);
        var known = new CodeMap(dictionary.Length);
        foreach (var code in codes)
        {
            if (code == BytesBatch.NullCode) source.AddNull();
            else if ((uint)code >= (uint)dictionary.Length) throw CodeOutOfRange(column);
            else if (known.TryGet(code, out var own)) source.AddCode(own);
            else known.Set(code, source.Add(dictionary[code]));
        }

        Finish(source);
    }

    /// <summary>Writes the next column from a batch read from another file. Dictionary entries that no row uses are not written.</summary>
    /// <param name="batch">One row a row.</param>
    /// <exception cref="ArgumentException">As for <see cref="WriteBytes"/>.</exception>
    /// <exception cref="InvalidOperationException">The row group has all its columns.</exception>
    public void WriteBatch(BytesBatch batch)
    {
        var source = new ByteColumnSource(NextBytes(batch.Count), _options, batch.Count);
        if (batch.HasDictionary)
        {
            source.AddCodes(batch.Codes, new CodeMap(batch.DictionaryCount), batch);
        }
        else
        {
            for (var row = 0; row < batch.Count; row++)
            {
                if (batch.IsNull(row)) source.AddNull();
                else source.Add(batch[row]);
            }
        }

        Finish(source);
    }

    private ParquetColumnSpec Next(int rows)
    {
        if (IsComplete) throw new InvalidOperationException("The row group has all its columns; start another.");
        var column = _columns[_chunks.Count];
        if (_rows >= 0 && rows != _rows)
        {
            throw new ArgumentException($"Column '{column.Name}' has {rows} rows where the row group has {_rows}.", nameof(rows));
        }

        return column;
    }

    private ParquetColumnSpec NextBytes(int rows)
    {
        var column = Next(rows);
        return column.PhysicalType is ParquetPhysicalType.ByteArray or ParquetPhysicalType.FixedLenByteArray
            ? column
            : throw new ArgumentException($"Column '{column.Name}' is stored as {column.PhysicalType}, not as bytes.", nameof(rows));
    }

    private void Finish(ByteColumnSource source)
    {
        var chunk = new ChunkWriter(_output, source.Column, _options);
        source.Write(chunk);
        Finish(chunk, source.Rows);
    }

    private void Finish(ChunkWriter chunk, int rows)
    {
        _rows = rows;
        _chunks.Add(chunk.Finish(rows));
    }

    private static ArgumentException CodeOutOfRange(ParquetColumnSpec column) =>
        new($"Column '{column.Name}' has a code that is neither −1 nor an index into its dictionary.");
}
