namespace SiOutcomeLab.Parquet;

/// <summary>A row group: the same rows of every column, each column readable on its own and any number of times.</summary>
public sealed class ParquetRowGroup
{
    internal ParquetRowGroup(int index) => Index = index;

    /// <summary>Its place in the file, from 0.</summary>
    public int Index { get; }

    /// <summary>Rows in it.</summary>
    public long RowCount { get; }

    /// <summary>Opens a column of fixed-width values.</summary>
    /// <typeparam name="T">
    /// The physical type's own: <see cref="bool"/>, <see cref="int"/>, <see cref="long"/>, <see cref="float"/> or <see cref="double"/>.
    /// </typeparam>
    /// <param name="columnIndex">The column's place in the schema.</param>
    /// <returns>A reader at the row group's first row; dispose it to give its buffers back.</returns>
    /// <exception cref="ParquetFormatException">
    /// The column is stored as another type, its codec is not supported, or its layout contradicts the file.
    /// </exception>
    public ColumnReader<T> Column<T>(int columnIndex)
        where T : unmanaged => throw new NotSupportedException($"{Index} {columnIndex}");

    /// <summary>Opens a column of byte values: byte arrays, text, fixed-length byte arrays and Int96.</summary>
    /// <param name="columnIndex">The column's place in the schema.</param>
    /// <returns>A reader at the row group's first row; dispose it to give its buffers back.</returns>
    /// <exception cref="ParquetFormatException">
    /// The column is stored as another type, its codec is not supported, or its layout contradicts the file.
    /// </exception>
    public BytesColumnReader Bytes(int columnIndex) => throw new NotSupportedException($"{Index} {columnIndex}");
}
