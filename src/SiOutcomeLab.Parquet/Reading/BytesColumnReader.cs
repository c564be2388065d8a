namespace SiOutcomeLab.Parquet;

/// <summary>Reads one column of byte values of one row group in batches of any length, as dictionary codes where the file has them.</summary>
public sealed class BytesColumnReader : IDisposable
{
    internal BytesColumnReader()
    {
    }

    /// <summary>Reads the next rows.</summary>
    /// <param name="batch">Filled with the rows; what it held before is gone.</param>
    /// <param name="maxRows">How many rows to read; positive.</param>
    /// <returns>Rows read: <paramref name="maxRows"/> unless the row group ends before; 0 at its end.</returns>
    /// <exception cref="ParquetFormatException">A page is malformed, over a limit, or not supported.</exception>
    public int Read(BytesBatch batch, int maxRows) => throw new NotSupportedException();

    /// <summary>Gives the buffers back; values of the last batch are not valid any more.</summary>
    public void Dispose()
    {
    }
}
