using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <summary>
/// What a list of submissions says of each person in each period: dense, persons × periods, column by column, only the variables asked for.
/// Holds more than one plan may see; a <see cref="PlanView"/> shows what it may. Immutable once read.
/// </summary>
/// <remarks>
/// Only a municipality's row holds a cell; when another municipality tells of the same person and period, its row is kept as a surplus row,
/// and a view decides between them. Rows of regions and agencies tell of measures that they own and nothing else.
/// </remarks>
internal sealed class FollowUpStore
{
    private readonly ushort[] _sources;
    private readonly Dictionary<string, VariableColumn> _byName;
    private readonly Lazy<int[]> _ranks;

    public FollowUpStore(
        FollowUpRequest request,
        PersonIndex people,
        int persons,
        ushort[] sources,
        IReadOnlyList<Submission> holders,
        IReadOnlyList<VariableColumn> columns,
        IReadOnlyList<SurplusRow> surplus,
        Participations participations)
    {
        (Request, Periods, People, Persons, _sources) = (request, request.Periods, people, persons, sources);
        (Holders, Columns, Surplus, Participations) = (holders, columns, surplus, participations);
        _byName = columns.ToDictionary(c => c.Name, StringComparer.Ordinal);
        _ranks = new Lazy<int[]>(people.Ranks);
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
        People.Bytes + (_sources.LongLength * sizeof(ushort)) + Columns.Sum(c => c.Bytes) + (Surplus.Count * 8L) + Participations.Bytes
        + (_ranks.IsValueCreated ? People.Count * (long)sizeof(int) : 0);

    public VariableColumn Column(string name) => _byName[name];

    /// <summary>The period's place, or −1 when it is not held.</summary>
    public int PeriodIndex(Period period)
    {
        var index = period.Since(First);
        return (uint)index < (uint)Periods ? index : -1;
    }

    public int Cell(int person, int period) => (person * Periods) + period;

    /// <summary>Whose row holds the cell, or −1.</summary>
    public int SourceOf(int cell) => _sources[cell] - 1;
}

/// <summary>A row whose cell another row holds.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Source">Whose row it is.</param>
internal readonly record struct SurplusRow(int Cell, int Source);
