namespace SiOutcomeLab.Cli.Analysing.Reports;

/// <summary>Rows that are not in the result, and why: a number, never a value. Of many the first are kept, all are counted.</summary>
internal sealed class DroppedRows
{
    /// <summary>As many rows are listed one by one.</summary>
    public const int MostListed = 1000;

    private readonly SortedSet<DroppedRow> _listed = new(Comparer<DroppedRow>.Create((one, other) => one.Row.CompareTo(other.Row)));
    private readonly Dictionary<(DropReason, string?), int> _counts = [];

    public int Total { get; private set; }

    /// <summary>The first rows, in the file's order.</summary>
    public IReadOnlyCollection<DroppedRow> Listed => _listed;

    /// <summary>How many rows for each reason and column, the commonest first.</summary>
    public IReadOnlyList<(DropReason Reason, string? Column, int Count)> Counts =>
        [.. _counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key.Item1).ThenBy(pair => pair.Key.Item2, StringComparer.Ordinal)
            .Select(pair => (pair.Key.Item1, pair.Key.Item2, pair.Value))];

    public void Add(int row, DropReason reason, string? column = null)
    {
        Total++;
        _counts[(reason, column)] = _counts.GetValueOrDefault((reason, column)) + 1;
        if (_listed.Count == MostListed && _listed.Max is { } last)
        {
            if (row > last.Row) return;
            _listed.Remove(last);
        }

        _listed.Add(new DroppedRow(row, reason, column));
    }
}

/// <summary>A row that is not in the result.</summary>
/// <param name="Row">Its number in the file, from 1, headings not counted.</param>
/// <param name="Reason">Why.</param>
/// <param name="Column">The column that decided it; null when none did.</param>
internal sealed record DroppedRow(int Row, DropReason Reason, string? Column);

/// <summary>Why a row is not in the result. Names are part of the JSON.</summary>
internal enum DropReason
{
    /// <summary>A column that is needed has nothing in the row.</summary>
    MissingValue = 1,

    /// <summary>A treated row (the comparison rows' for the effect on them) without a match within calipers and strata.</summary>
    NoMatch = 2,

    /// <summary>The row's score lies outside of what was kept.</summary>
    TrimmedScore = 3,

    /// <summary>The row's unit is not observed in every period.</summary>
    UnitNotInEveryPeriod = 4,

    /// <summary>The row's unit is treated from the first period on.</summary>
    TreatedFromTheStart = 5,
}
