using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Pipelines.Cohorts.Reading;

namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>
/// What one plan may see of a <see cref="FollowUpStore"/>. It does not depend on what else the store holds.
/// </summary>
/// <remarks>
/// A person and period that two municipalities tell of (a mover) has one row: that of the municipality whose own code the row's
/// <c>municipality_code</c> is; when both or neither say so, the one committed first. The whole row counts, also where it is silent.
/// </remarks>
internal sealed class PlanView
{
    private readonly bool[] _visible;
    private readonly bool[] _mayDiffer;
    private readonly Dictionary<int, int> _rowOfCell = [];
    private readonly int[]? _hiddenFrom;

    public PlanView(FollowUpStore store, Func<Submission, bool> isVisible)
        : this(store, isVisible, null)
    {
    }

    /// <summary>As the other, with nothing shown of a person from some period on.</summary>
    /// <param name="store">What has been read.</param>
    /// <param name="isVisible">What the plan may see of it.</param>
    /// <param name="hiddenFrom">By person, the place of the first period of which nothing is shown.</param>
    public PlanView(FollowUpStore store, Func<Submission, bool> isVisible, int[]? hiddenFrom)
    {
        (Store, _hiddenFrom) = (store, hiddenFrom);
        _visible = [.. store.Holders.Select(isVisible)];
        _mayDiffer = new bool[store.Persons];
        if (store.Surplus.Count > 0) Decide();
    }

    public FollowUpStore Store { get; }

    public bool IsVisible(int source) => _visible[source];

    public bool IsObserved(int person, int period)
    {
        if (period < 0 || person >= Store.Persons || IsHidden(person, period)) return false;
        return RowOf(person, Store.Cell(person, period)) >= 0;
    }

    /// <summary>Whose row tells of the person in the period: a number of <see cref="FollowUpStore.Holders"/>, or −1.</summary>
    public int HolderOf(int person, int period)
    {
        if (period < 0 || person >= Store.Persons || IsHidden(person, period)) return -1;
        return RowOf(person, Store.Cell(person, period)) is >= 0 and var row ? Store.SourceOf(row) : -1;
    }

    public double Value(VariableColumn column, int person, Period period) => Value(column, person, Store.PeriodIndex(period));

    /// <summary>The value or code at a person and period; NaN when it was not observed.</summary>
    public double Value(VariableColumn column, int person, int period)
    {
        if (period < 0 || person >= Store.Persons || IsHidden(person, period)) return double.NaN;
        var cell = Store.Cell(person, period);
        if (column.IsOwners(period)) return At(column.Owners!, cell);
        return RowOf(person, cell) is >= 0 and var row ? At(column.Rows, row) : double.NaN;
    }

    // The row that counts, or −1.
    private int RowOf(int person, int cell)
    {
        if (_mayDiffer[person] && _rowOfCell.TryGetValue(cell, out var other)) return other;
        var row = Store.RowOf(cell);
        return row >= 0 && _visible[Store.SourceOf(row)] ? row : -1;
    }

    private bool IsHidden(int person, int period) => _hiddenFrom is not null && period >= _hiddenFrom[person];

    // A column has room for no more than the last file with it needed.
    private static double At(NarrowCells cells, int at) => at < cells.Length ? cells[at] : double.NaN;

    private void Decide()
    {
        var municipality = Store.Column("municipality_code");
        int[] ownCode = [.. Store.Holders.Select(h => municipality.Known(h.Organisation.Code))];
        foreach (var (person, period, row) in Store.Surplus)
        {
            if (!_visible[Store.SourceOf(row)]) continue;
            var cell = Store.Cell(person, period);
            var standing = RowOf(person, cell);
            if (standing >= 0 && (IsOwn(standing) || !IsOwn(row))) continue;
            _rowOfCell[cell] = row;
            _mayDiffer[person] = true;
        }

        bool IsOwn(int row) => PlanView.IsOwn(municipality.Rows, row, ownCode[Store.SourceOf(row)]);
    }

    private static bool IsOwn(NarrowCells codes, int at, int ownCode) => ownCode >= 0 && at < codes.Length && codes.Code(at) == ownCode;
}
