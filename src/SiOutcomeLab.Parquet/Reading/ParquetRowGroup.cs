using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet;

/// <summary>A row group: the same rows of every column, each column readable on its own and any number of times.</summary>
public sealed class ParquetRowGroup
{
    private readonly ByteSource _source;
    private readonly ParquetSchema _schema;
    private readonly RowGroupMetadata _metadata;
    private readonly ParquetReaderOptions _options;
    private readonly HeldBytes _held;

    internal ParquetRowGroup(
        ByteSource source, ParquetSchema schema, RowGroupMetadata metadata, int index, ParquetReaderOptions options, HeldBytes held)
    {
        _held = held;
        _source = source;
        _schema = schema;
        _metadata = metadata;
        _options = options;
        Index = index;
    }

    /// <summary>Its place in the file, from 0.</summary>
    public int Index { get; }

    /// <summary>Rows in it.</summary>
    public long RowCount => _metadata.RowCount;

    /// <summary>Tells how a column is stored, as the footer says.</summary>
    /// <param name="columnIndex">The column's place in the schema.</param>
    public ParquetChunkInfo Chunk(int columnIndex) => ParquetChunkInfo.Of(At(columnIndex), _metadata.Chunks[columnIndex]);

    /// <summary>Opens a column of fixed-width values.</summary>
    /// <typeparam name="T">
    /// The physical type's own: <see cref="bool"/>, <see cref="int"/>, <see cref="long"/>, <see cref="float"/> or <see cref="double"/>.
    /// </typeparam>
    /// <param name="columnIndex">The column's place in the schema.</param>
    /// <returns>A reader at the row group's first row; dispose it to give its buffers back.</returns>
    /// <exception cref="ParquetFormatException">The column is stored as another type, or its codec is not supported.</exception>
    public ColumnReader<T> Column<T>(int columnIndex)
        where T : unmanaged
    {
        var column = At(columnIndex);
        var suits = column.PhysicalType switch
        {
            ParquetPhysicalType.Boolean => typeof(T) == typeof(bool),
            ParquetPhysicalType.Int32 => typeof(T) == typeof(int),
            ParquetPhysicalType.Int64 => typeof(T) == typeof(long),
            ParquetPhysicalType.Float => typeof(T) == typeof(float),
            ParquetPhysicalType.Double => typeof(T) == typeof(double),
            _ => false,
        };
        return suits ? new ColumnReader<T>(Rows(column), column.IsOptional) : throw Mismatch(column, typeof(T).Name);
    }

    /// <summary>Opens a column of byte values: byte arrays, text, fixed-length byte arrays and Int96.</summary>
    /// <param name="columnIndex">The column's place in the schema.</param>
    /// <returns>A reader at the row group's first row; dispose it to give its buffers back.</returns>
    /// <exception cref="ParquetFormatException">The column is stored as another type, or its codec is not supported.</exception>
    public BytesColumnReader Bytes(int columnIndex)
    {
        var column = At(columnIndex);
        var suits = column.PhysicalType == ParquetPhysicalType.ByteArray || column.TypeLength > 0;
        return suits ? new BytesColumnReader(Rows(column), column, _options) : throw Mismatch(column, "bytes");
    }

    private ParquetColumn At(int columnIndex)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)columnIndex, (uint)_schema.Columns.Count, nameof(columnIndex));
        return _schema.Columns[columnIndex];
    }

    private ChunkRows Rows(ParquetColumn column)
    {
        var pages = new ChunkPages(_source, _metadata.Chunks[column.Index], column, Index, _options, _held);
        return new ChunkRows(pages, RowCount, column.IsOptional);
    }

    private ParquetFormatException Mismatch(ParquetColumn column, string asked) =>
        new ParquetFormatException(ParquetErrorCode.TypeMismatch, $"The column is stored as {column.PhysicalType}, not as {asked}.")
            .At(column.Name, Index);
}
