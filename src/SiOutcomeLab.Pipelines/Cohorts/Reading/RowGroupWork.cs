using System.Buffers;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <summary>An observations file that is read.</summary>
/// <param name="Submission">Its submission.</param>
/// <param name="Source">The submission's number as a holder of cells; −1 for a region's or agency's, which holds none.</param>
/// <param name="Columns">The columns that are taken from it.</param>
internal sealed record ObservationsFile(Submission Submission, int Source, IReadOnlySet<string> Columns);

/// <summary>Row groups that are read together.</summary>
internal sealed record RowGroupWave(IReadOnlyList<RowGroupWork> Works);

/// <summary>A row group, and where its rows go once their persons and periods are known.</summary>
internal sealed class RowGroupWork(ObservationsFile file, ParquetSchema schema, ParquetRowGroup group)
{
    private int[] _needed = [];
    private int _neededCount;
    private int[] _cells = [];
    private int _cellCount;

    public ObservationsFile File { get; } = file;

    public ParquetSchema Schema { get; } = schema;

    public ParquetRowGroup Group { get; } = group;

    /// <summary>Whether every row is needed.</summary>
    public bool IsWhole { get; set; }

    /// <summary>Of a municipality's row group: the number that the first needed row is kept under; those of the others follow.</summary>
    public int FirstRow { get; set; }

    /// <summary>Rows that are needed, in order, when not all are.</summary>
    public ReadOnlySpan<int> Needed => _needed.AsSpan(0, _neededCount);

    /// <summary>
    /// Of a region's or agency's row group, a cell for each needed row; −2 − n for a row of a person without cells in period n.
    /// </summary>
    public ReadOnlySpan<int> Cells => _cells.AsSpan(0, _cellCount);

    /// <summary>Of a region's or agency's row group, cells a period.</summary>
    public int Stride { get; set; }

    /// <summary>The periods asked for that its rows tell of.</summary>
    public int[] Periods { get; set; } = [];

    /// <summary>Rows, or cells of a region's or agency's file, that there must be room for; 0 when no row is needed.</summary>
    public int Room { get; set; }

    /// <summary>Takes which rows are needed, after those taken already.</summary>
    /// <param name="at">The first row of a batch.</param>
    /// <param name="periods">By row of the batch, its period; negative for a row that is not needed.</param>
    public void Need(int at, ReadOnlySpan<int> periods)
    {
        if (_needed.Length == 0) _needed = ArrayPool<int>.Shared.Rent((int)Group.RowCount);
        for (var i = 0; i < periods.Length; i++)
        {
            _needed[_neededCount] = at + i;
            _neededCount += periods[i] < 0 ? 0 : 1;
        }
    }

    /// <summary>The needed ones among some rows, when not all of the row group are.</summary>
    /// <param name="at">The first row.</param>
    /// <param name="count">Rows.</param>
    /// <param name="first">Receives how many needed rows come before them.</param>
    public ReadOnlySpan<int> NeededIn(int at, int count, out int first)
    {
        first = Place(at);
        return _needed.AsSpan(first..Place(at + count));
    }

    /// <summary>Room for the cells of the next needed rows.</summary>
    public Span<int> NextCells(int rows)
    {
        if (_cells.Length == 0) _cells = ArrayPool<int>.Shared.Rent((int)Group.RowCount);
        _cellCount += rows;
        return _cells.AsSpan(_cellCount - rows, rows);
    }

    /// <summary>Gives the rows and cells back once all columns have been taken.</summary>
    public void Return()
    {
        if (_needed.Length > 0) ArrayPool<int>.Shared.Return(_needed);
        if (_cells.Length > 0) ArrayPool<int>.Shared.Return(_cells);
        (_needed, _neededCount, _cells, _cellCount) = ([], 0, [], 0);
    }

    public ParquetColumn Required(string name) => Schema.TryFind(name, out var column)
        ? column
        : throw new InvalidDataException($"A committed file lacks the column {name}.");

    private int Place(int row)
    {
        var found = Needed.BinarySearch(row);
        return found >= 0 ? found : ~found;
    }
}
