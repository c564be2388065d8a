using System.Globalization;
using System.Text;
using SiOutcomeLab.Cli.Inspecting;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Cli.Analysing.Files;

/// <summary>A batch of one Parquet column's cells, as numbers or as texts.</summary>
internal abstract class ParquetCells : IDisposable
{
    public static ParquetCells Of(ParquetColumn column) => column.PhysicalType switch
    {
        ParquetPhysicalType.Boolean => new Fixed<bool>(column, value => value ? 1 : 0),
        ParquetPhysicalType.Int32 when column.LogicalType is ParquetLogicalType.UInt32 => new Fixed<int>(column, value => (uint)value),
        ParquetPhysicalType.Int32 => new Fixed<int>(column, Scaled<int>(column)),
        ParquetPhysicalType.Int64 when column.LogicalType is ParquetLogicalType.UInt64 => new Fixed<long>(column, value => (ulong)value),
        ParquetPhysicalType.Int64 => new Fixed<long>(column, Scaled<long>(column)),
        ParquetPhysicalType.Float => new Fixed<float>(column, value => value),
        ParquetPhysicalType.Double => new Fixed<double>(column, value => value),
        _ => new Bytes(column),
    };

    public abstract void Open(ParquetRowGroup group);

    public abstract void Read(int rows);

    public abstract CellState Number(int row, out double value);

    public abstract CellState Text(int row, out ReadOnlySpan<char> text);

    public abstract void Dispose();

    private static Func<T, double> Scaled<T>(ParquetColumn column)
        where T : unmanaged, IConvertible
    {
        if (column.LogicalType != ParquetLogicalType.Decimal) return value => value.ToDouble(CultureInfo.InvariantCulture);
        var unit = Math.Pow(10, column.Scale);
        return value => value.ToDouble(CultureInfo.InvariantCulture) / unit;
    }

    private static bool IsPoint(ParquetColumn column) => column.LogicalType is ParquetLogicalType.Date
        or >= ParquetLogicalType.TimestampMillis and <= ParquetLogicalType.TimestampNanos
        or >= ParquetLogicalType.TimeMillis and <= ParquetLogicalType.TimeNanos;

    private sealed class Fixed<T>(ParquetColumn column, Func<T, double> number) : ParquetCells
        where T : unmanaged
    {
        private readonly bool _isPointInTime = IsPoint(column);
        private readonly char[] _text = new char[32];
        private ColumnReader<T>? _reader;
        private T[] _values = [];
        private bool[] _present = [];

        public override void Open(ParquetRowGroup group)
        {
            _reader?.Dispose();
            _reader = group.Column<T>(column.Index);
        }

        public override void Read(int rows)
        {
            if (_values.Length < rows) (_values, _present) = (new T[rows], new bool[rows]);
            _reader!.Read(_values.AsSpan(0, rows), _present.AsSpan(0, rows));
        }

        public override CellState Number(int row, out double value)
        {
            value = _present[row] ? number(_values[row]) : double.NaN;
            if (!_present[row] || double.IsNaN(value)) return CellState.Missing;
            return _isPointInTime || double.IsInfinity(value) ? CellState.Other : CellState.Present;
        }

        public override CellState Text(int row, out ReadOnlySpan<char> text)
        {
            var state = Number(row, out var value);
            value.TryFormat(_text, out var length, default, CultureInfo.InvariantCulture);
            text = _text.AsSpan(0, length);
            return state == CellState.Missing ? state : CellState.Present;
        }

        public override void Dispose() => _reader?.Dispose();
    }

    private sealed class Bytes(ParquetColumn column) : ParquetCells
    {
        private readonly BytesBatch _batch = new();
        private BytesColumnReader? _reader;
        private char[] _text = new char[256];

        public override void Open(ParquetRowGroup group)
        {
            _reader?.Dispose();
            _reader = group.Bytes(column.Index);
        }

        public override void Read(int rows) => _reader!.Read(_batch, rows);

        public override CellState Number(int row, out double value)
        {
            value = double.NaN;
            if (_batch.IsNull(row)) return CellState.Missing;
            if (column.LogicalType != ParquetLogicalType.Decimal) return CellState.Other;
            var digits = ParquetValues.ToDecimal(column, _batch[row]).ToString();
            return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out value) ? CellState.Present : CellState.Other;
        }

        public override CellState Text(int row, out ReadOnlySpan<char> text)
        {
            text = default;
            if (_batch.IsNull(row)) return CellState.Missing;
            var bytes = _batch[row];
            if (!column.IsText)
            {
                text = ValueText.Of(column, bytes).Text;
                return CellState.Present;
            }

            if (_text.Length < bytes.Length) _text = new char[bytes.Length];
            text = _text.AsSpan(0, Encoding.UTF8.GetChars(bytes, _text));
            return CellState.Present;
        }

        public override void Dispose() => _reader?.Dispose();
    }
}
