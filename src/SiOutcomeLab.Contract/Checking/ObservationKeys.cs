using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>
/// Checks <c>person_id</c> and <c>period_start</c> side by side: each person at most once in each period of the manifest.
/// </summary>
internal sealed class ObservationKeys
{
    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;
    private readonly FindingLog _log;
    private readonly PersonTable _persons;
    private readonly IReadOnlyList<Period> _periods;
    private readonly Dictionary<int, int> _periodByDay;
    private readonly bool[] _hasRows;
    private readonly NumberedTextColumn _personColumn;
    private readonly int[] _numbers = new int[ColumnCheck.BatchRows];
    private readonly int[] _days = new int[ColumnCheck.BatchRows];
    private readonly bool[] _present = new bool[ColumnCheck.BatchRows];

    public ObservationKeys(IReadOnlyList<Period> periods, PersonTable persons, FindingLog log)
    {
        _log = log;
        _persons = persons;
        _periods = periods;
        _hasRows = new bool[periods.Count];
        _periodByDay = periods.Select((p, at) => (Day: p.Start.DayNumber - Epoch, at)).ToDictionary(p => p.Day, p => p.at);
        _personColumn = new NumberedTextColumn(ContractColumns.PersonId, TextJudges.Pseudonym, Number, log, SubmissionPart.Observations);
    }

    /// <summary>Checks a row group; a column that is missing or wrongly stored is null, and then only the other is checked.</summary>
    public void Check(
        ParquetRowGroup group, ParquetColumn? person, ParquetColumn? period, long firstRow, CancellationToken cancellationToken)
    {
        using var persons = person is null ? null : group.Bytes(person.Index);
        using var days = period is null ? null : group.Column<int>(period.Index);
        var row = firstRow;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = persons is null ? 0 : _personColumn.Read(persons, row, _numbers);
            if (days is not null) rows = days.Read(_days, _present);
            if (rows == 0) break;
            if (days is not null) JudgePeriods(row, rows, persons is not null);
            row += rows;
        }

        _personColumn.NoteUnused();
    }

    /// <summary>Says which periods of the manifest had no row. Only after the last row.</summary>
    public void Finish()
    {
        var missing = _periods.Where((_, at) => !_hasRows[at]).Select(p => p.ToString()).ToList();
        var shown = string.Join(", ", missing.Take(12)) + (missing.Count > 12 ? " …" : string.Empty);
        var fact = new BilingualText(shown, shown);
        for (var i = 0; i < missing.Count; i++)
        {
            _log.Add(RowRules.PeriodWithoutRows, SubmissionPart.Observations, ContractColumns.PeriodStart, null, fact);
        }
    }

    private void JudgePeriods(long firstRow, int rows, bool withPersons)
    {
        for (var i = 0; i < rows; i++)
        {
            var row = firstRow + i;
            if (!_present[i])
            {
                _log.Add(RowRules.NullValue, SubmissionPart.Observations, ContractColumns.PeriodStart, row);
            }
            else if (!_periodByDay.TryGetValue(_days[i], out var period))
            {
                _log.Add(RowRules.PeriodNotCovered, SubmissionPart.Observations, ContractColumns.PeriodStart, row);
            }
            else
            {
                _hasRows[period] = true;
                if (withPersons && _numbers[i] >= 0 && !_persons.Mark(_numbers[i], period))
                {
                    _log.Add(RowRules.DuplicateObservation, SubmissionPart.Observations, ContractColumns.PersonId, row);
                }
            }
        }
    }

    private int Number(ReadOnlySpan<byte> utf8) =>
        PersonId.TryParse(utf8, out var person) ? _persons.Number(person) : NumberedTextColumn.Nothing;
}
