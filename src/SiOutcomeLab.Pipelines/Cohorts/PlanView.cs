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
    private readonly Dictionary<int, int> _surplusRowOf = [];
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
        var cell = Store.Cell(person, period);
        return (_mayDiffer[person] && _surplusRowOf.ContainsKey(cell)) || (Store.SourceOf(cell) is >= 0 and var source && _visible[source]);
    }

    /// <summary>Whose row tells of the person in the period: a number of <see cref="FollowUpStore.Holders"/>, or −1.</summary>
    public int HolderOf(int person, int period)
    {
        if (period < 0 || person >= Store.Persons || IsHidden(person, period)) return -1;
        var cell = Store.Cell(person, period);
        if (_mayDiffer[person] && _surplusRowOf.TryGetValue(cell, out var row)) return Store.Surplus[row].Source;
        return Store.SourceOf(cell) is >= 0 and var source && _visible[source] ? source : -1;
    }

    public double Value(VariableColumn column, int person, Period period) => Value(column, person, Store.PeriodIndex(period));

    /// <summary>The value or code at a person and period; NaN when it was not observed.</summary>
    public double Value(VariableColumn column, int person, int period)
    {
        if (period < 0 || person >= Store.Persons || IsHidden(person, period)) return double.NaN;
        var cell = Store.Cell(person, period);
        if (column.IsOwners(period)) return At(column.Owners!, cell);
        if (_mayDiffer[person] && _surplusRowOf.TryGetValue(cell, out var row)) return At(column.Surplus, row);
        return Store.SourceOf(cell) is >= 0 and var source && _visible[source] ? At(column.Cells, cell) : double.NaN;
    }

    private bool IsHidden(int person, int period) => _hiddenFrom is not null && period >= _hiddenFrom[person];

    // A column has room for no more than the last file with it needed.
    private static double At(NarrowCells cells, int at) => at < cells.Length ? cells[at] : double.NaN;

    private void Decide()
    {
        var municipality = Store.Column("municipality_code");
        int[] ownCode = [.. Store.Holders.Select(h => municipality.Levels.ToList().IndexOf(h.Organisation.Code))];
        for (var row = 0; row < Store.Surplus.Count; row++)
        {
            var (cell, source) = Store.Surplus[row];
            if (!_visible[source]) continue;
            bool stands, standsIsOwn;
            if (_surplusRowOf.TryGetValue(cell, out var other))
            {
                (stands, standsIsOwn) = (true, IsOwn(municipality.Surplus, other, ownCode[Store.Surplus[other].Source]));
            }
            else
            {
                var holder = Store.SourceOf(cell);
                (stands, standsIsOwn) = (_visible[holder], IsOwn(municipality.Cells, cell, ownCode[holder]));
            }

            if (stands && (standsIsOwn || !IsOwn(municipality.Surplus, row, ownCode[source]))) continue;
            _surplusRowOf[cell] = row;
            _mayDiffer[cell / Store.Periods] = true;
        }
    }

    private static bool IsOwn(NarrowCells codes, int at, int ownCode) => ownCode >= 0 && at < codes.Length && codes.Code(at) == ownCode;
}
