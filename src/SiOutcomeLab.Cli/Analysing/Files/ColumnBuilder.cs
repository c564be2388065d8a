namespace SiOutcomeLab.Cli.Analysing.Files;

/// <summary>Gathers one column while rows are read: a cell is taken first, and kept when the whole row is.</summary>
internal sealed class ColumnBuilder(ColumnWish wish, int index)
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly List<string> _levels = [];
    private double[] _numbers = [];
    private int[] _rows = [];
    private int _count;
    private double _number;
    private int _code;

    public ColumnWish Wish { get; } = wish;

    public CellState Take(IRowSource source)
    {
        if (Wish.Form != ColumnForm.Category)
        {
            var state = source.Number(index, out _number);
            return state == CellState.Missing && Wish.Form == ColumnForm.NumberOrNothing ? CellState.Present : state;
        }

        var found = source.Text(index, out var text);
        if (found != CellState.Present) return found;
        if (!_codes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out _code))
        {
            _code = _levels.Count;
            _levels.Add(text.ToString());
            _codes.Add(_levels[_code], _code);
        }

        return CellState.Present;
    }

    public void Keep()
    {
        if (Wish.Form == ColumnForm.Category)
        {
            if (_count == _rows.Length) Array.Resize(ref _rows, Math.Max(1024, _count * 2));
            _rows[_count++] = _code;
        }
        else
        {
            if (_count == _numbers.Length) Array.Resize(ref _numbers, Math.Max(1024, _count * 2));
            _numbers[_count++] = _number;
        }
    }

    public double[] Numbers() => _numbers.Length == _count ? _numbers : _numbers[.._count];

    public CategoryColumn Category() => CategoryColumn.Of(_rows[.._count], _levels);
}
