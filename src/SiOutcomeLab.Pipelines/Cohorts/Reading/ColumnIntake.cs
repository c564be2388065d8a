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
    private int[] _surplus = [];

    /// <summary>A batch of a file's values as numbers that cells take.</summary>
    private delegate void Turn<TFile, T>(ReadOnlySpan<TFile> from, Span<T> to);

    private delegate void Put<T>(NarrowCells into, ReadOnlySpan<int> cells, ReadOnlySpan<T> values, ReadOnlySpan<bool> present);

    public VariableColumn Target => target;

    public void Take(RowGroupWork work)
    {
        if (work.Cells.Length == 0 || !work.File.Columns.Contains(target.Name) || !work.Schema.TryFind(target.Name, out var column)) return;
        if (work.File.Source >= 0) target.Cells.Require(work.CellCount);
        if (work.HasSurplus) target.Surplus.Require(work.SurplusCount);
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
    /// <param name="put">Puts them into cells.</param>
    private void Read<TFile, T>(RowGroupWork work, ParquetColumn column, T[] values, Turn<TFile, T>? turn, Put<T> put)
        where TFile : unmanaged
    {
        var read = turn is null ? (TFile[])(object)values : new TFile[BatchRows];
        using var reader = work.Group.Column<TFile>(column.Index);
        for (var at = 0; at < work.Cells.Length;)
        {
            var wanted = Math.Min(BatchRows, work.Cells.Length - at);
            var count = reader.Read(read.AsSpan(0, wanted), _present.AsSpan(0, wanted));
            if (count == 0) throw Short();
            turn?.Invoke(read.AsSpan(0, count), values);
            PutAll(work, at, values.AsSpan(0, count), put);
            at += count;
        }
    }

    private void ReadLevels(RowGroupWork work, ParquetColumn column)
    {
        using var reader = work.Group.Bytes(column.Index);
        for (var at = 0; at < work.Cells.Length;)
        {
            var count = reader.Read(_batch, Math.Min(BatchRows, work.Cells.Length - at));
            if (count == 0) throw Short();
            target.LevelCodes(_batch, work.Cells.AsSpan(at, count), _ints, _present);
            PutAll<int>(work, at, _ints.AsSpan(0, count), PutWhole);
            at += count;
        }
    }

    private void PutAll<T>(RowGroupWork work, int at, ReadOnlySpan<T> values, Put<T> put)
    {
        var cells = work.Cells.AsSpan(at, values.Length);
        var present = _present.AsSpan(0, values.Length);
        put(work.File.Source < 0 ? Owned(work, cells, present) : target.Cells, cells, values, present);
        if (!work.HasSurplus) return;
        if (_surplus.Length == 0) _surplus = new int[BatchRows];
        for (var i = 0; i < cells.Length; i++) _surplus[i] = cells[i] <= -2 ? -2 - cells[i] : -1;
        put(target.Surplus, _surplus.AsSpan(0, cells.Length), values, present);
    }

    // Two owners' values of one cell: the one committed first stays. Within a file no cell is told of twice.
    private NarrowCells Owned(RowGroupWork work, ReadOnlySpan<int> cells, Span<bool> present)
    {
        var owners = target.OwnersCells();
        owners.Require(work.CellCount);
        if (target.SetOwners(work, cells, present)) owners.KeepTaken(cells, present);
        return owners;
    }

    private double[] Doubles() => _doubles.Length > 0 ? _doubles : _doubles = new double[BatchRows];

    private static void PutWhole(NarrowCells into, ReadOnlySpan<int> cells, ReadOnlySpan<int> values, ReadOnlySpan<bool> present) =>
        into.Put(cells, values, present);

    private static void PutNumbers(NarrowCells into, ReadOnlySpan<int> cells, ReadOnlySpan<double> values, ReadOnlySpan<bool> present) =>
        into.Put(cells, values, present);

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
