namespace SiOutcomeLab.Parquet;

/// <summary>Reads one column of one row group in batches of any length.</summary>
/// <typeparam name="T">The physical type's own: bool, int, long, float or double.</typeparam>
public sealed class ColumnReader<T> : IDisposable
    where T : unmanaged
{
    internal ColumnReader()
    {
    }

    /// <summary>Reads the next rows.</summary>
    /// <param name="values">Where values go, one a row; <c>default</c> where the row is null.</param>
    /// <param name="present">
    /// Whether each row has a value, same length as <paramref name="values"/>; may be empty when the column is not optional.
    /// </param>
    /// <returns>Rows read: the length of <paramref name="values"/> unless the row group ends before; 0 at its end.</returns>
    /// <exception cref="ParquetFormatException">A page is malformed, over a limit, or not supported.</exception>
    public int Read(Span<T> values, Span<bool> present) => throw new NotSupportedException();

    /// <summary>Gives the buffers back.</summary>
    public void Dispose()
    {
    }
}
