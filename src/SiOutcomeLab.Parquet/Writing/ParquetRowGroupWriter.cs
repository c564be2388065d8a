namespace SiOutcomeLab.Parquet;

/// <summary>
/// Writes one row group, one whole column a call, in schema order. The first column decides the number of rows.
/// A column's <c>present</c> may be empty when every row has a value; else it has one entry a row, and
/// entries of values at absent rows are ignored.
/// </summary>
public sealed class ParquetRowGroupWriter
{
    internal ParquetRowGroupWriter()
    {
    }

    /// <summary>Writes the next column from fixed-width values, one a row.</summary>
    /// <typeparam name="T">The physical type's own: bool, int, long, float or double.</typeparam>
    /// <param name="values">One entry a row.</param>
    /// <param name="present">Whether each row has a value, or empty for all.</param>
    /// <exception cref="ArgumentException">Type, length or presence do not suit the column.</exception>
    /// <exception cref="InvalidOperationException">The row group has all its columns.</exception>
    public void WriteColumn<T>(ReadOnlySpan<T> values, ReadOnlySpan<bool> present = default)
        where T : unmanaged => throw new NotSupportedException();

    /// <summary>Writes the next column from text; null entries are null rows.</summary>
    /// <param name="values">One entry a row.</param>
    /// <exception cref="ArgumentException">The column is not stored as bytes, is not optional but has nulls, or a text is not valid Unicode.</exception>
    /// <exception cref="InvalidOperationException">The row group has all its columns.</exception>
    public void WriteStrings(ReadOnlySpan<string?> values) => throw new NotSupportedException();

    /// <summary>Writes the next column from byte values; null entries are null rows.</summary>
    /// <param name="values">One entry a row; of the column's length when that is fixed.</param>
    /// <exception cref="ArgumentException">The column is not stored as bytes, a length is wrong, or the column is not optional but has nulls.</exception>
    /// <exception cref="InvalidOperationException">The row group has all its columns.</exception>
    public void WriteBytes(ReadOnlySpan<byte[]?> values) => throw new NotSupportedException();

    /// <summary>Writes the next column from codes into a dictionary of texts, without hashing a row.</summary>
    /// <param name="codes">One entry a row: an index into <paramref name="dictionary"/>, or −1 for null.</param>
    /// <param name="dictionary">The texts.</param>
    /// <exception cref="ArgumentException">A code is out of range, or as for <see cref="WriteStrings"/>.</exception>
    /// <exception cref="InvalidOperationException">The row group has all its columns.</exception>
    public void WriteStrings(ReadOnlySpan<int> codes, ReadOnlySpan<string> dictionary) => throw new NotSupportedException();

    /// <summary>Writes the next column from a batch read from another file, codes as codes where it has them.</summary>
    /// <param name="batch">One row a row.</param>
    /// <exception cref="ArgumentException">As for <see cref="WriteBytes"/>.</exception>
    /// <exception cref="InvalidOperationException">The row group has all its columns.</exception>
    public void WriteBatch(BytesBatch batch) => throw new NotSupportedException();
}
