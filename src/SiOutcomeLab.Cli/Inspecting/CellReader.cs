using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Cli.Inspecting;

/// <summary>Reads one column of one row group, some rows at a time, as cells.</summary>
internal abstract class CellReader : IDisposable
{
    /// <summary>Opens a column.</summary>
    public static CellReader Open(ParquetRowGroup group, ParquetColumn column) => column.PhysicalType switch
    {
        ParquetPhysicalType.Boolean => new Fixed<bool>(group.Column<bool>(column.Index), ValueText.Of),
        ParquetPhysicalType.Int32 => new Fixed<int>(group.Column<int>(column.Index), value => ValueText.Of(column, value)),
        ParquetPhysicalType.Int64 => new Fixed<long>(group.Column<long>(column.Index), value => ValueText.Of(column, value)),
        ParquetPhysicalType.Float => new Fixed<float>(group.Column<float>(column.Index), ValueText.Of),
        ParquetPhysicalType.Double => new Fixed<double>(group.Column<double>(column.Index), ValueText.Of),
        _ => new Bytes(group.Bytes(column.Index), column),
    };

    /// <summary>Reads the next rows; the row group has that many left.</summary>
    public abstract void Read(int rows);

    /// <summary>A cell of the rows that were read last.</summary>
    public abstract InspectedCell this[int row] { get; }

    public abstract void Dispose();

    private sealed class Fixed<T>(ColumnReader<T> reader, Func<T, InspectedCell> spell) : CellReader
        where T : unmanaged
    {
        private T[] _values = [];
        private bool[] _present = [];

        public override InspectedCell this[int row] => _present[row] ? spell(_values[row]) : InspectedCell.Null;

        public override void Read(int rows)
        {
            if (_values.Length < rows) (_values, _present) = (new T[rows], new bool[rows]);
            reader.Read(_values.AsSpan(0, rows), _present.AsSpan(0, rows));
        }

        public override void Dispose() => reader.Dispose();
    }

    private sealed class Bytes(BytesColumnReader reader, ParquetColumn column) : CellReader
    {
        private readonly BytesBatch _batch = new();

        public override InspectedCell this[int row] => _batch.IsNull(row) ? InspectedCell.Null : ValueText.Of(column, _batch[row]);

        public override void Read(int rows) => reader.Read(_batch, rows);

        public override void Dispose() => reader.Dispose();
    }
}
