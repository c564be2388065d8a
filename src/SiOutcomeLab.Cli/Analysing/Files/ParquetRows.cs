using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Cli.Analysing.Files;

/// <summary>A flat Parquet file. Only columns that are asked for are opened, and one batch of each is held.</summary>
internal sealed class ParquetRows : IRowSource
{
    private const int BatchRows = 4096;
    private readonly ParquetReader _reader;
    private readonly ParquetCells?[] _columns;
    private ParquetRowGroup? _group;
    private int _groups;
    private long _left;
    private int _rows;
    private int _row = -1;

    private ParquetRows(ParquetReader reader)
    {
        _reader = reader;
        Headings = [.. reader.Schema.Columns.Select(column => column.Name)];
        _columns = new ParquetCells?[Headings.Count];
    }

    public IReadOnlyList<string> Headings { get; }

    public bool IsWhole => true;

    public static ParquetRows Open(string path) => new(ParquetReader.Open(path));

    public bool Read()
    {
        if (++_row < _rows) return true;
        while (_left == 0)
        {
            if (_groups == _reader.RowGroupCount) return false;
            _group = _reader.OpenRowGroup(_groups++);
            _left = _group.RowCount;
            foreach (var column in _columns) column?.Open(_group);
        }

        (_row, _rows) = (0, (int)Math.Min(BatchRows, _left));
        _left -= _rows;
        foreach (var column in _columns) column?.Read(_rows);
        return true;
    }

    public CellState Number(int column, out double value) => Cells(column).Number(_row, out value);

    public CellState Text(int column, out ReadOnlySpan<char> text) => Cells(column).Text(_row, out text);

    public void Dispose()
    {
        foreach (var column in _columns) column?.Dispose();
        _reader.Dispose();
    }

    // The first row asks for every column that any row asks for; each starts with the batch at hand.
    private ParquetCells Cells(int column)
    {
        if (_columns[column] is { } cells) return cells;
        cells = ParquetCells.Of(_reader.Schema.Columns[column]);
        cells.Open(_group!);
        cells.Read(_rows);
        return _columns[column] = cells;
    }
}
