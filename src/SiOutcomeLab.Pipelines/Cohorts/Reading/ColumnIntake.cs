using System.Numerics;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <summary>Takes one variable's values from row groups into its column. One thread at a time.</summary>
internal sealed class ColumnIntake(VariableColumn target)
{
    private const int BatchRows = 8192;

    private static readonly int[] Each = [.. Enumerable.Range(0, BatchRows)];

    private readonly bool[] _present = new bool[BatchRows];
    private readonly int[] _ints = new int[BatchRows];
    private readonly BytesBatch _batch = new();
    private double[] _doubles = [];
    private Array? _read;
    private int[] _rows = [];
    private int[] _entries = [];

    // Files of municipalities share one set of columns to take.
    private IReadOnlySet<string>? _columns;
    private bool _isTaken;
    private ParquetSchema? _schema;
    private ParquetColumn? _column;

    /// <summary>A batch of a file's values as numbers that cells take.</summary>
    private delegate void Turn<TFile, T>(ReadOnlySpan<TFile> from, Span<T> to);

    /// <summary>Puts values of needed rows, the first of which is the one of this number among them.</summary>
    private delegate void Put<T>(RowGroupWork work, int first, ReadOnlySpan<T> values);

    public VariableColumn Target => target;

    public void Take(RowGroupWork work)
    {
        if (work.Room == 0) return;
        if (!ReferenceEquals(_columns, work.File.Columns)) (_columns, _isTaken) = (work.File.Columns, work.File.Columns.Contains(target.Name));
        if (!_isTaken || ColumnIn(work.Schema) is not { } column) return;
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

    // It tends to stand where it stood in the file before.
    private ParquetColumn? ColumnIn(ParquetSchema schema)
    {
        if (ReferenceEquals(schema, _schema)) return _column;
        _schema = schema;
        var isThere = _column is { } last && last.Index < schema.Columns.Count && schema.Columns[last.Index].Name == target.Name;
        return _column = isThere ? schema.Columns[_column!.Index] : schema.TryFind(target.Name, out var found) ? found : null;
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
            var needed = Needed(work, at, count, out var first);
            if (needed.Length < count) Gather(needed, read);
            turn?.Invoke(read.AsSpan(0, needed.Length), values);
            put(work, first, values.AsSpan(0, needed.Length));
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
            var needed = Needed(work, at, count, out var first);
            if (work.File.Source < 0 || !_batch.HasDictionary || !target.TryPutLevels(_batch, EntriesOf(needed), work.FirstRow + first))
            {
                target.LevelCodes(_batch, needed, _ints, _present);
                PutWhole(work, first, _ints.AsSpan(0, needed.Length));
            }

            at += count;
        }
    }

    // By their places in the batch.
    private ReadOnlySpan<int> Needed(RowGroupWork work, int at, int count, out int first)
    {
        first = at;
        if (work.IsWhole) return Each.AsSpan(0, count);
        if (_rows.Length == 0) _rows = new int[BatchRows];
        var needed = work.NeededIn(at, count, out first);
        for (var i = 0; i < needed.Length; i++) _rows[i] = needed[i] - at;
        return _rows.AsSpan(0, needed.Length);
    }

    // No row goes to a place after its own, so that none is lost before it is taken.
    private void Gather<T>(ReadOnlySpan<int> rows, T[] values)
    {
        for (var i = 0; i < rows.Length; i++) (values[i], _present[i]) = (values[rows[i]], _present[rows[i]]);
    }

    private ReadOnlySpan<int> EntriesOf(ReadOnlySpan<int> rows)
    {
        var codes = _batch.Codes;
        if (rows.Length == codes.Length) return codes;
        if (_entries.Length == 0) _entries = new int[BatchRows];
        for (var i = 0; i < rows.Length; i++) _entries[i] = codes[rows[i]];
        return _entries.AsSpan(0, rows.Length);
    }

    private void PutWhole(RowGroupWork work, int first, ReadOnlySpan<int> values)
    {
        var present = _present.AsSpan(0, values.Length);
        if (work.File.Source >= 0) target.Rows.PutRun(work.FirstRow + first, values, present);
        else Owners(work, first, present, out var cells).Put(cells, values, present);
    }

    private void PutNumbers(RowGroupWork work, int first, ReadOnlySpan<double> values)
    {
        var present = _present.AsSpan(0, values.Length);
        if (work.File.Source >= 0) target.Rows.PutRun(work.FirstRow + first, values, present);
        else Owners(work, first, present, out var cells).Put(cells, values, present);
    }

    // Two owners' values of one cell: the one committed first stays. Within a file no cell is told of twice.
    private NarrowCells Owners(RowGroupWork work, int first, Span<bool> present, out ReadOnlySpan<int> cells)
    {
        cells = work.Cells.Slice(first, present.Length);
        var owners = target.OwnersCells();
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
