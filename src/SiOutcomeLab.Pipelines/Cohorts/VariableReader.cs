using System.Text;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>Reads one variable's column into its place in the table, whatever the column's physical type.</summary>
internal abstract class VariableReader : IDisposable
{
    public static VariableReader Open(ParquetRowGroup group, ParquetColumn column, VariableColumn target) => column.PhysicalType switch
    {
        ParquetPhysicalType.Boolean => new Numbers<bool>(group.Column<bool>(column.Index), target, v => v ? 1 : 0),
        ParquetPhysicalType.Int32 => new Numbers<int>(group.Column<int>(column.Index), target, v => v),
        ParquetPhysicalType.Int64 => new Numbers<long>(group.Column<long>(column.Index), target, v => v),
        ParquetPhysicalType.Float => new Numbers<float>(group.Column<float>(column.Index), target, v => v),
        ParquetPhysicalType.Double => new Numbers<double>(group.Column<double>(column.Index), target, v => v),
        ParquetPhysicalType.ByteArray => new Categories(group.Bytes(column.Index), target),
        _ => throw new InvalidDataException($"A committed file holds column {column.Name} as {column.PhysicalType}, which no variable has."),
    };

    /// <summary>Reads the next rows and puts row i into cell <c>cells[i]</c>; a negative cell is passed over.</summary>
    public abstract void Read(ReadOnlySpan<int> cells, Span<bool> present);

    public abstract void Dispose();

    private sealed class Numbers<T>(ColumnReader<T> column, VariableColumn target, Func<T, double> toNumber) : VariableReader
        where T : unmanaged
    {
        private T[] _values = [];

        public override void Read(ReadOnlySpan<int> cells, Span<bool> present)
        {
            if (_values.Length < cells.Length) _values = new T[cells.Length];
            ObservationReader.ReadFully(column, _values.AsSpan(0, cells.Length), present);
            for (var i = 0; i < cells.Length; i++)
            {
                if (cells[i] >= 0 && present[i]) target[cells[i]] = toNumber(_values[i]);
            }
        }

        public override void Dispose() => column.Dispose();
    }

    private sealed class Categories(BytesColumnReader column, VariableColumn target) : VariableReader
    {
        private readonly BytesBatch _batch = new();

        public override void Read(ReadOnlySpan<int> cells, Span<bool> present)
        {
            for (var done = 0; done < cells.Length;)
            {
                var read = column.Read(_batch, cells.Length - done);
                if (read == 0) throw new InvalidDataException("A column of a committed file ends before the others.");
                for (var i = 0; i < read; i++)
                {
                    var cell = cells[done + i];
                    if (cell >= 0 && !_batch.IsNull(i)) target[cell] = target.LevelCode(Encoding.UTF8.GetString(_batch[i]));
                }

                done += read;
            }
        }

        public override void Dispose() => column.Dispose();
    }
}
