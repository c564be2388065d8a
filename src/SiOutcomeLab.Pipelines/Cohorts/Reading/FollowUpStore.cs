using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <summary>
/// What a list of submissions says of each person in each period: dense, persons × periods, column by column, only the variables asked for.
/// Holds more than one plan may see; a <see cref="PlanView"/> shows what it may. Immutable once read.
/// </summary>
/// <remarks>
/// A municipality's rows are kept as they were delivered, and each cell knows the row that holds it; when another municipality tells of the
/// same person and period, its row is a surplus row, and a view decides between them. Rows of regions and agencies tell of measures that
/// they own and nothing else, cell by cell.
/// </remarks>
internal sealed class FollowUpStore
{
    private readonly int[] _rowOfCell;
    private readonly int _stride;
    private readonly ushort[] _sources;
    private readonly Dictionary<string, VariableColumn> _byName;
    private readonly Lazy<int[]> _ranks;

    public FollowUpStore(
        FollowUpRequest request,
        RowPlaces places,
        int persons,
        IReadOnlyList<Submission> holders,
        IReadOnlyList<VariableColumn> columns,
        Participations participations)
    {
        (Request, Periods, People, Persons) = (request, request.Periods, places.People, persons);
        (_rowOfCell, _stride, _sources, Surplus) = (places.RowOfCell, places.Stride, places.Sources, places.Surplus);
        (Holders, Columns, Participations) = (holders, columns, participations);
        _byName = columns.ToDictionary(c => c.Name, StringComparer.Ordinal);
        _ranks = new Lazy<int[]>(places.People.Ranks);
    }

    public FollowUpRequest Request { get; }

    public Period First => Request.First;

    public int Periods { get; }

    /// <summary>Every person met; those without a row come last, known from participations alone.</summary>
    public PersonIndex People { get; }

    /// <summary>Persons with a place for rows.</summary>
    public int Persons { get; }

    /// <summary>The municipal submissions, by the number that <see cref="SourceOf"/> gives.</summary>
    public IReadOnlyList<Submission> Holders { get; }

    public IReadOnlyList<VariableColumn> Columns { get; }

    public IReadOnlyList<SurplusRow> Surplus { get; }

    public Participations Participations { get; }

    /// <summary>Each person's place in the order of pseudonyms.</summary>
    public int[] Ranks => _ranks.Value;

    /// <summary>Bytes it takes.</summary>
    public long Bytes =>
        People.Bytes + (_rowOfCell.LongLength * sizeof(int)) + (_sources.LongLength * sizeof(ushort)) + Columns.Sum(c => c.Bytes) + (Surplus.Count * 12L) + Participations.Bytes
        + (_ranks.IsValueCreated ? People.Count * (long)sizeof(int) : 0);

    public VariableColumn Column(string name) => _byName[name];

    /// <summary>The period's place, or −1 when it is not held.</summary>
    public int PeriodIndex(Period period)
    {
        var index = period.Since(First);
        return (uint)index < (uint)Periods ? index : -1;
    }

    /// <param name="person">In [0, <see cref="Persons"/>).</param>
    /// <param name="period">In [0, <see cref="Periods"/>).</param>
    public int Cell(int person, int period) => (period * _stride) + person;

    /// <summary>The row that holds the cell, or −1.</summary>
    public int RowOf(int cell) => _rowOfCell[cell] - 1;

    /// <summary>Whose the row is: a number of <see cref="Holders"/>.</summary>
    public int SourceOf(int row) => _sources[row];
}

/// <summary>A row whose cell another row holds.</summary>
/// <param name="Person">The person.</param>
/// <param name="Period">The period's place.</param>
/// <param name="Row">The row.</param>
internal readonly record struct SurplusRow(int Person, int Period, int Row);
