using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <summary>Takes one variable's values from row groups into its column. One thread at a time.</summary>
internal sealed class ColumnIntake(VariableColumn target)
{
    private const int BatchRows = 8192;

    private readonly bool[] _present = new bool[BatchRows];
    private readonly int[] _ints = new int[BatchRows];
    private readonly BytesBatch _batch = new();
    private double[] _doubles = [];

    public VariableColumn Target => target;

    public void Take(RowGroupWork work)
    {
        if (work.Cells.Length == 0 || !work.File.Columns.Contains(target.Name) || !work.Schema.TryFind(target.Name, out var column)) return;
        if (work.File.Source >= 0) target.Cells.Require(work.CellCount);
        if (work.HasSurplus) target.Surplus.Require(work.SurplusCount);
        switch (column.PhysicalType)
        {
            case ParquetPhysicalType.Boolean: Whole<bool>(work, column, v => v ? 1 : 0); break;
            case ParquetPhysicalType.Int32: Ints(work, column); break;
            case ParquetPhysicalType.Int64: Numbers<long>(work, column, v => v); break;
            case ParquetPhysicalType.Float: Numbers<float>(work, column, v => v); break;
            case ParquetPhysicalType.Double: Doubles(work, column); break;
            case ParquetPhysicalType.ByteArray: Levels(work, column); break;
            default: throw new InvalidDataException($"A committed file holds column {column.Name} as {column.PhysicalType}, which no variable has.");
        }
    }

    private void Ints(RowGroupWork work, ParquetColumn column)
    {
        using var reader = work.Group.Column<int>(column.Index);
        for (var at = 0; at < work.Cells.Length;)
        {
            var count = Fill(reader, _ints, work.Cells.Length - at);
            PutWhole(work, at, count);
            at += count;
        }
    }

    private void Whole<T>(RowGroupWork work, ParquetColumn column, Func<T, int> toWhole)
        where T : unmanaged
    {
        var values = new T[BatchRows];
        using var reader = work.Group.Column<T>(column.Index);
        for (var at = 0; at < work.Cells.Length;)
        {
            var count = Fill(reader, values, work.Cells.Length - at);
            for (var i = 0; i < count; i++) _ints[i] = toWhole(values[i]);
            PutWhole(work, at, count);
            at += count;
        }
    }

    private void Doubles(RowGroupWork work, ParquetColumn column)
    {
        if (_doubles.Length == 0) _doubles = new double[BatchRows];
        using var reader = work.Group.Column<double>(column.Index);
        for (var at = 0; at < work.Cells.Length;)
        {
            var count = Fill(reader, _doubles, work.Cells.Length - at);
            PutNumbers(work, at, count);
            at += count;
        }
    }

    private void Numbers<T>(RowGroupWork work, ParquetColumn column, Func<T, double> toNumber)
        where T : unmanaged
    {
        if (_doubles.Length == 0) _doubles = new double[BatchRows];
        var values = new T[BatchRows];
        using var reader = work.Group.Column<T>(column.Index);
        for (var at = 0; at < work.Cells.Length;)
        {
            var count = Fill(reader, values, work.Cells.Length - at);
            for (var i = 0; i < count; i++) _doubles[i] = toNumber(values[i]);
            PutNumbers(work, at, count);
            at += count;
        }
    }

    private void Levels(RowGroupWork work, ParquetColumn column)
    {
        using var reader = work.Group.Bytes(column.Index);
        for (var at = 0; at < work.Cells.Length;)
        {
            var count = reader.Read(_batch, Math.Min(BatchRows, work.Cells.Length - at));
            if (count == 0) throw new InvalidDataException("A column of a committed file ends before the others.");
            target.LevelCodes(_batch, work.Cells.AsSpan(at, count), _ints, _present);
            PutWhole(work, at, count);
            at += count;
        }
    }

    private int Fill<T>(ColumnReader<T> reader, T[] values, int left)
        where T : unmanaged
    {
        var count = reader.Read(values.AsSpan(0, Math.Min(BatchRows, left)), _present.AsSpan(0, Math.Min(BatchRows, left)));
        return count > 0 ? count : throw new InvalidDataException("A column of a committed file ends before the others.");
    }

    private void PutWhole(RowGroupWork work, int at, int count)
    {
        var cells = work.Cells.AsSpan(at, count);
        if (work.File.Source < 0) Owned(work, cells).Put(cells, _ints.AsSpan(0, count), _present);
        else target.Cells.Put(cells, _ints.AsSpan(0, count), _present);
        if (!work.HasSurplus) return;
        for (var i = 0; i < count; i++)
        {
            if (cells[i] <= -2 && _present[i]) target.Surplus.Put(-2 - cells[i], _ints[i]);
        }
    }

    private void PutNumbers(RowGroupWork work, int at, int count)
    {
        var cells = work.Cells.AsSpan(at, count);
        if (work.File.Source < 0) Owned(work, cells).Put(cells, _doubles.AsSpan(0, count), _present);
        else target.Cells.Put(cells, _doubles.AsSpan(0, count), _present);
        if (!work.HasSurplus) return;
        for (var i = 0; i < count; i++)
        {
            if (cells[i] <= -2 && _present[i]) target.Surplus.Put(-2 - cells[i], _doubles[i]);
        }
    }

    // Two owners' values of one cell: the one committed first stays.
    private NarrowCells Owned(RowGroupWork work, ReadOnlySpan<int> cells)
    {
        var owners = target.OwnersCells();
        owners.Require(work.CellCount);
        target.SetOwners(cells, _present);
        owners.KeepTaken(cells, _present);
        return owners;
    }
}
