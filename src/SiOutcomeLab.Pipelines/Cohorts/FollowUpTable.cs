using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>
/// What a snapshot says of each person in each period: dense, persons × periods, only the variables a plan needs.
/// Persons stand in the order of their first appearance in the snapshot.
/// </summary>
internal sealed class FollowUpTable
{
    private readonly Dictionary<PersonId, int> _indexOf = [];
    private readonly List<PersonId> _persons = [];
    private readonly List<bool> _isObserved = [];
    private readonly VariableColumn[] _columns;
    private readonly Dictionary<string, VariableColumn> _byName;

    public FollowUpTable(Period first, Period last, IEnumerable<string> variables)
    {
        First = first;
        Periods = last.Since(first) + 1;
        _columns = [.. variables.Distinct(StringComparer.Ordinal).Select(name => new VariableColumn(name))];
        _byName = _columns.ToDictionary(c => c.Name, StringComparer.Ordinal);
    }

    public Period First { get; }

    public int Periods { get; }

    public int Persons => _persons.Count;

    public IReadOnlyList<VariableColumn> Columns => _columns;

    public PersonId PersonAt(int person) => _persons[person];

    public VariableColumn Column(string name) => _byName[name];

    /// <summary>The period's place in the table, or −1 when the plan does not need it.</summary>
    public int PeriodIndex(Period period)
    {
        var index = period.Since(First);
        return (uint)index < (uint)Periods ? index : -1;
    }

    /// <summary>The person's place, made when it is new.</summary>
    public int PersonIndex(PersonId person)
    {
        if (_indexOf.TryGetValue(person, out var index)) return index;
        index = _persons.Count;
        _indexOf.Add(person, index);
        _persons.Add(person);
        for (var i = 0; i < Periods; i++) _isObserved.Add(false);

        foreach (var column in _columns) column.AddPerson(Periods);
        return index;
    }

    public bool TryFind(PersonId person, out int index) => _indexOf.TryGetValue(person, out index);

    public bool IsObserved(int person, int period) => period >= 0 && _isObserved[Cell(person, period)];

    /// <summary>
    /// Takes a row in. A person and period that two organisations report (a mover) keeps the row that was committed first.
    /// </summary>
    /// <returns>False when another row already holds the place.</returns>
    public bool TryObserve(int person, int period)
    {
        var cell = Cell(person, period);
        if (_isObserved[cell]) return false;
        _isObserved[cell] = true;
        return true;
    }

    public int Cell(int person, int period) => (person * Periods) + period;
}

/// <summary>One variable's values in a <see cref="FollowUpTable"/>: numbers, or codes of a category's levels. NaN is not observed.</summary>
internal sealed class VariableColumn(string name)
{
    private readonly List<double> _values = [];
    private readonly Dictionary<string, int> _codeOf = new(StringComparer.Ordinal);
    private readonly List<string> _levels = [];

    public string Name { get; } = name;

    /// <summary>True when a file holds text in this column.</summary>
    public bool IsCategory => _levels.Count > 0;

    public IReadOnlyList<string> Levels => _levels;

    public double this[int cell]
    {
        get => _values[cell];
        set => _values[cell] = value;
    }

    public void AddPerson(int periods)
    {
        for (var i = 0; i < periods; i++) _values.Add(double.NaN);
    }

    public int LevelCode(string level)
    {
        if (_codeOf.TryGetValue(level, out var code)) return code;
        code = _levels.Count;
        _codeOf.Add(level, code);
        _levels.Add(level);
        return code;
    }
}
