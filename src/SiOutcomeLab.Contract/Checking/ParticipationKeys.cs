using System.Text;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>Checks person, intervention and dates of participations side by side.</summary>
internal sealed class ParticipationKeys
{
    private const SubmissionPart Part = SubmissionPart.Participations;
    private readonly FindingLog _log;
    private readonly PersonTable? _observed;
    private readonly int _mostParticipations;
    private readonly Dictionary<string, int> _interventions;
    private readonly NumberedTextColumn _personColumn;
    private readonly NumberedTextColumn _interventionColumn;
    private readonly HashSet<(int Person, int Intervention, int Day)> _seen = [];
    private readonly int[] _persons = new int[ColumnCheck.BatchRows];
    private readonly int[] _codes = new int[ColumnCheck.BatchRows];
    private readonly Dates _starts = new();
    private readonly Dates _ends = new();

    /// <param name="observed">The persons observed; null when that file could not be read, and then nobody is missed.</param>
    /// <param name="registered">The organisation's interventions.</param>
    /// <param name="mostParticipations">The most that are kept for comparison.</param>
    /// <param name="log">Where findings go.</param>
    public ParticipationKeys(PersonTable? observed, IEnumerable<InterventionCode> registered, int mostParticipations, FindingLog log)
    {
        _log = log;
        _observed = observed;
        _mostParticipations = mostParticipations;
        _interventions = registered.Select((code, at) => (code.Code, at)).ToDictionary(p => p.Code, p => p.at, StringComparer.Ordinal);
        _personColumn = new NumberedTextColumn(ContractColumns.PersonId, TextJudges.Pseudonym, NumberOfPerson, log, Part);
        _interventionColumn = new NumberedTextColumn(
            ContractColumns.InterventionCode,
            TextJudges.OneOf(_interventions.Keys, RowRules.InterventionUnregistered),
            utf8 => _interventions[Encoding.UTF8.GetString(utf8)],
            log,
            Part);
    }

    /// <summary>Whether there were more participations than can be compared.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Checks a row group; a column that is missing or wrongly stored is null.</summary>
    public void Check(
        ParquetRowGroup group,
        ParquetColumn? person,
        ParquetColumn? intervention,
        ParquetColumn? start,
        ParquetColumn? end,
        long firstRow,
        CancellationToken cancellationToken)
    {
        using var persons = person is null ? null : group.Bytes(person.Index);
        using var interventions = intervention is null ? null : group.Bytes(intervention.Index);
        using var starts = start is null ? null : group.Column<int>(start.Index);
        using var ends = end is null ? null : group.Column<int>(end.Index);
        for (var row = firstRow; row < firstRow + group.RowCount;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = (int)Math.Min(ColumnCheck.BatchRows, firstRow + group.RowCount - row);
            Fill(persons, _personColumn, row, _persons.AsSpan(0, rows));
            Fill(interventions, _interventionColumn, row, _codes.AsSpan(0, rows));
            _starts.Read(starts, rows);
            _ends.Read(ends, rows);
            for (var i = 0; i < rows; i++) Judge(i, row + i);
            row += rows;
        }

        _personColumn.NoteUnused();
        _interventionColumn.NoteUnused();
    }

    private static void Fill(BytesColumnReader? reader, NumberedTextColumn column, long row, Span<int> numbers)
    {
        if (reader is null) numbers.Fill(NumberedTextColumn.Nothing);
        else column.Read(reader, row, numbers);
    }

    private void Judge(int i, long row)
    {
        if (_starts.Has(i) && _ends.Has(i) && _ends.Days[i] < _starts.Days[i])
        {
            _log.Add(RowRules.EndBeforeStart, Part, ContractColumns.EndDate, row);
        }

        if (_persons[i] == NotObserved)
        {
            _log.Add(RowRules.PersonNotObserved, Part, ContractColumns.PersonId, row);
        }
        else if (_persons[i] >= 0 && _codes[i] >= 0 && _starts.Has(i))
        {
            if (_seen.Count >= _mostParticipations) IsFull = true;
            else if (!_seen.Add((_persons[i], _codes[i], _starts.Days[i])))
            {
                _log.Add(RowRules.DuplicateParticipation, Part, ContractColumns.PersonId, row);
            }
        }
    }

    private const int NotObserved = -1;

    private int NumberOfPerson(ReadOnlySpan<byte> utf8)
    {
        if (_observed is null || !PersonId.TryParse(utf8, out var person)) return NumberedTextColumn.Nothing;
        return _observed.Find(person);
    }

    private sealed class Dates
    {
        private readonly bool[] _present = new bool[ColumnCheck.BatchRows];

        public int[] Days { get; } = new int[ColumnCheck.BatchRows];

        public bool Has(int i) => _present[i];

        public void Read(ColumnReader<int>? reader, int rows)
        {
            if (reader is null) _present.AsSpan(0, rows).Clear();
            else reader.Read(Days.AsSpan(0, rows), _present.AsSpan(0, rows));
        }
    }
}
