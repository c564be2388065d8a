using System.Numerics;
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
    private Array? _read;

    // Files of municipalities share one set of columns to take.
    private IReadOnlySet<string>? _columns;
    private bool _isTaken;

    /// <summary>A batch of a file's values as numbers that cells take.</summary>
    private delegate void Turn<TFile, T>(ReadOnlySpan<TFile> from, Span<T> to);

    /// <summary>Puts values from a row of the row group on.</summary>
    private delegate void Put<T>(RowGroupWork work, int at, ReadOnlySpan<T> values);

    public VariableColumn Target => target;

    public void Take(RowGroupWork work)
    {
        if (work.Room == 0) return;
        if (!ReferenceEquals(_columns, work.File.Columns)) (_columns, _isTaken) = (work.File.Columns, work.File.Columns.Contains(target.Name));
        if (!_isTaken || !work.Schema.TryFind(target.Name, out var column)) return;
        (work.File.Source >= 0 ? target.Rows : target.OwnersCells()).Require(work.Room);
        switch (column.PhysicalType)
        {
            case ParquetPhysicalType.Boolean: Read<bool, int>(work, column, _ints, WholeOf, PutWhole); break;
            case ParquetPhysicalType.Int32: Read<int, int>(work, column, _ints, null, PutWhole); break;
            case ParquetPhysicalType.Int64: Read<long, double>(work, column, Doubles(), NumbersOf, PutNumbers); break;
            case ParquetPhysicalType.Float: Read<float, double>(work, column, Doubles(), NumbersOf, PutNumbers); break;
            case ParquetPhysicalType.Double: Read<double, double>(work, column, Doubles(), null, PutNumbers); break;
            case ParquetPhysicalType.ByteArray: ReadLevels(work, column); break;
            default: throw new InvalidDataException($"A committed file holds column {column.Name} as {column.PhysicalType}, which no variable has.");
        }
    }

    /// <param name="work">The row group.</param>
    /// <param name="column">The column.</param>
    /// <param name="values">Receives a batch's values.</param>
    /// <param name="turn">Makes them of the file's; null when the file's are they.</param>
    /// <param name="put">Puts them where they go.</param>
    private void Read<TFile, T>(RowGroupWork work, ParquetColumn column, T[] values, Turn<TFile, T>? turn, Put<T> put)
        where TFile : unmanaged
    {
        var read = turn is null ? (TFile[])(object)values : _read as TFile[] ?? new TFile[BatchRows];
        if (turn is not null) _read = read;
        using var reader = work.Group.Column<TFile>(column.Index);
        var rows = (int)work.Group.RowCount;
        for (var at = 0; at < rows;)
        {
            var wanted = Math.Min(BatchRows, rows - at);
            var count = reader.Read(read.AsSpan(0, wanted), _present.AsSpan(0, wanted));
            if (count == 0) throw Short();
            turn?.Invoke(read.AsSpan(0, count), values);
            put(work, at, values.AsSpan(0, count));
            at += count;
        }
    }

    private void ReadLevels(RowGroupWork work, ParquetColumn column)
    {
        using var reader = work.Group.Bytes(column.Index);
        var rows = (int)work.Group.RowCount;
        for (var at = 0; at < rows;)
        {
            var count = reader.Read(_batch, Math.Min(BatchRows, rows - at));
            if (count == 0) throw Short();
            if (!work.IsWhole || !target.TryPutLevels(_batch, work.FirstRow + at))
            {
                target.LevelCodes(_batch, work.IsWhole ? default : work.Places.AsSpan(at, count), _ints, _present);
                PutWhole(work, at, _ints.AsSpan(0, count));
            }

            at += count;
        }
    }

    private void PutWhole(RowGroupWork work, int at, ReadOnlySpan<int> values)
    {
        var present = _present.AsSpan(0, values.Length);
        if (work.IsWhole) target.Rows.PutRun(work.FirstRow + at, values, present);
        else Scattered(work, at, present).Put(work.Places.AsSpan(at, values.Length), values, present);
    }

    private void PutNumbers(RowGroupWork work, int at, ReadOnlySpan<double> values)
    {
        var present = _present.AsSpan(0, values.Length);
        if (work.IsWhole) target.Rows.PutRun(work.FirstRow + at, values, present);
        else Scattered(work, at, present).Put(work.Places.AsSpan(at, values.Length), values, present);
    }

    // Two owners' values of one cell: the one committed first stays. Within a file no cell is told of twice.
    private NarrowCells Scattered(RowGroupWork work, int at, Span<bool> present)
    {
        if (work.File.Source >= 0) return target.Rows;
        var owners = target.OwnersCells();
        var cells = work.Places.AsSpan(at, present.Length);
        if (target.SetOwners(work, cells, present)) owners.KeepTaken(cells, present);
        return owners;
    }

    private double[] Doubles() => _doubles.Length > 0 ? _doubles : _doubles = new double[BatchRows];

    private static void WholeOf(ReadOnlySpan<bool> from, Span<int> to)
    {
        for (var i = 0; i < from.Length; i++) to[i] = from[i] ? 1 : 0;
    }

    private static void NumbersOf<T>(ReadOnlySpan<T> from, Span<double> to)
        where T : INumberBase<T>
    {
        for (var i = 0; i < from.Length; i++) to[i] = double.CreateChecked(from[i]);
    }

    private static InvalidDataException Short() => new("A column of a committed file ends before the others.");
}
