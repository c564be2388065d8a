using System.Globalization;
using System.Text;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>One column of a Parquet file as texts.</summary>
internal abstract class ParquetCells(ParquetColumn column) : IDisposable
{
    protected ParquetColumn Column => column;

    public bool IsNumber => column.PhysicalType is not ParquetPhysicalType.ByteArray;

    /// <summary>The cells of a column.</summary>
    /// <exception cref="SourceTableException">Its type has no plain text.</exception>
    public static ParquetCells Of(ParquetColumn column) => (column.PhysicalType, column.LogicalType) switch
    {
        (ParquetPhysicalType.ByteArray, ParquetLogicalType.String or ParquetLogicalType.None or ParquetLogicalType.Enum) => new TextCells(column),
        (ParquetPhysicalType.Int32, ParquetLogicalType.Date) => new ValueCells<int>(column, DayText),
        (ParquetPhysicalType.Int64, ParquetLogicalType.TimestampMillis) => new ValueCells<long>(column, v => DayOfTime(v, 1_000)),
        (ParquetPhysicalType.Int64, ParquetLogicalType.TimestampMicros) => new ValueCells<long>(column, v => DayOfTime(v, 1_000_000)),
        (ParquetPhysicalType.Int64, ParquetLogicalType.TimestampNanos) => new ValueCells<long>(column, v => DayOfTime(v, 1_000_000_000)),
        (_, _) when IsOther(column) => throw Unknown(column),
        (ParquetPhysicalType.Boolean, _) => new ValueCells<bool>(column, v => v ? "true" : "false"),
        (ParquetPhysicalType.Int32, _) => new ValueCells<int>(column, v => v.ToString(CultureInfo.InvariantCulture)),
        (ParquetPhysicalType.Int64, _) => new ValueCells<long>(column, v => v.ToString(CultureInfo.InvariantCulture)),
        (ParquetPhysicalType.Float, _) => new ValueCells<float>(column, v => v.ToString("R", CultureInfo.InvariantCulture)),
        (ParquetPhysicalType.Double, _) => new ValueCells<double>(column, DoubleText),
        _ => throw Unknown(column),
    };

    /// <summary>Goes to a row group.</summary>
    public abstract void Open(ParquetRowGroup group);

    /// <summary>Reads the next rows; 0 at the row group's end.</summary>
    public abstract int Read(int rows);

    /// <summary>A row of the batch.</summary>
    public abstract string? At(int row);

    public abstract void Dispose();

    private static bool IsOther(ParquetColumn column) =>
        column.LogicalType is not (ParquetLogicalType.None
            or ParquetLogicalType.Int8 or ParquetLogicalType.Int16 or ParquetLogicalType.Int32 or ParquetLogicalType.Int64
            or ParquetLogicalType.UInt8 or ParquetLogicalType.UInt16 or ParquetLogicalType.UInt32 or ParquetLogicalType.UInt64);

    private static string DayText(int days)
    {
        var number = new DateOnly(1970, 1, 1).DayNumber + (long)days;
        return number < 0 || number > DateOnly.MaxValue.DayNumber
            ? "?"
            : DateOnly.FromDayNumber((int)number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static string DayOfTime(long value, long perSecond)
    {
        var day = Math.DivRem(value, perSecond * 86_400, out var rest);
        if (rest < 0) day--;
        return day is < int.MinValue or > int.MaxValue ? "?" : DayText((int)day);
    }

    /// <summary>Whole numbers are written out in full, as an identity number kept as a double must be.</summary>
    private static string DoubleText(double value) =>
        value == Math.Floor(value) && Math.Abs(value) < 1e15
            ? value.ToString("0", CultureInfo.InvariantCulture)
            : value.ToString("R", CultureInfo.InvariantCulture);

    private static SourceTableException Unknown(ParquetColumn column) => new(
        new("En kolumn är lagrad som en typ som inte kan läsas.", "A column is stored as a type that cannot be read."),
        new("Gör om den till text, tal, datum eller sant/falskt.", "Convert it to text, a number, a date or true/false."),
        $"{SafeName.Of(column.Name, column.Index)}: {column.PhysicalType} {column.LogicalType}");

    private sealed class TextCells(ParquetColumn column) : ParquetCells(column)
    {
        private readonly BytesBatch _batch = new();
        private BytesColumnReader? _reader;

        public override void Open(ParquetRowGroup group)
        {
            _reader?.Dispose();
            _reader = group.Bytes(Column.Index);
        }

        public override int Read(int rows) => _reader!.Read(_batch, rows);

        public override string? At(int row) => _batch.IsNull(row) ? null : Encoding.UTF8.GetString(_batch[row]);

        public override void Dispose() => _reader?.Dispose();
    }

    private sealed class ValueCells<T>(ParquetColumn column, Func<T, string> write) : ParquetCells(column)
        where T : unmanaged
    {
        private T[] _values = [];
        private bool[] _present = [];
        private ColumnReader<T>? _reader;

        public override void Open(ParquetRowGroup group)
        {
            _reader?.Dispose();
            _reader = group.Column<T>(Column.Index);
        }

        public override int Read(int rows)
        {
            if (_values.Length < rows) (_values, _present) = (new T[rows], new bool[rows]);
            return _reader!.Read(_values, _present);
        }

        public override string? At(int row) => _present[row] ? write(_values[row]) : null;

        public override void Dispose() => _reader?.Dispose();
    }
}
