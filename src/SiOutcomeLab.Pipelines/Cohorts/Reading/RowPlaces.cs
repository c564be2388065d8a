using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <summary>Decides for each row of a row group, file after file, which cell its values go to.</summary>
internal sealed class RowPlaces
{
    private const int BatchRows = 8192;

    private static readonly int UnixEpochDay = new DateOnly(1970, 1, 1).DayNumber;

    private readonly FollowUpRequest _request;
    private readonly int _periodCount;
    private readonly int _firstDay;
    private readonly short[] _periodOfDay;
    private readonly BytesBatch _batch = new();
    private readonly bool[] _present = new bool[BatchRows];
    private readonly bool[] _isTold;
    private int[] _periods = [];
    private int[] _byEntry = [];
    private int _dictionary;
    private int _capacity;

    public RowPlaces(FollowUpRequest request, int expectedPersons)
    {
        _request = request;
        _periodCount = request.Periods;
        People = new PersonIndex(expectedPersons);
        Grow(Math.Max(16, expectedPersons));
        _firstDay = request.First.Start.DayNumber - UnixEpochDay;
        _isTold = new bool[_periodCount];
        _periodOfDay = new short[request.Last.Plus(1).Start.DayNumber - request.First.Start.DayNumber];
        for (var day = 0; day < _periodOfDay.Length; day++)
        {
            _periodOfDay[day] = (short)Period.Containing(request.First.Start.AddDays(day), request.First.Length).Since(request.First);
        }
    }

    public PersonIndex People { get; }

    /// <summary>By cell, one more than the number of the submission whose row holds it.</summary>
    public ushort[] Sources { get; private set; } = [];

    public List<SurplusRow> Surplus { get; } = [];

    public long Bytes => People.Bytes + (Sources.LongLength * sizeof(ushort));

    public void Place(RowGroupWork work, CancellationToken cancellationToken)
    {
        var rows = checked((int)work.Group.RowCount);
        var isHolder = work.File.Source >= 0;
        ReadPeriods(work, rows);
        if (work.Periods.Length == 0 && !(isHolder && _request.EveryPerson)) return;
        work.Cells = new int[rows];
        using var ids = work.Group.Bytes(work.Required("person_id").Index);
        for (var at = 0; at < rows;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = ids.Read(_batch, Math.Min(BatchRows, rows - at));
            if (read == 0) throw new InvalidDataException("A column of a committed file ends before the others.");
            Place(work, at, read, isHolder);
            at += read;
        }

        work.CellCount = checked(_capacity * _periodCount);
        work.SurplusCount = Surplus.Count;
    }

    private void Place(RowGroupWork work, int at, int count, bool isHolder)
    {
        var every = isHolder && _request.EveryPerson;
        var periods = _periods.AsSpan(at, count);
        var cells = work.Cells.AsSpan(at, count);
        var entries = _batch.HasDictionary ? _batch.Codes : default;
        if (!entries.IsEmpty && _dictionary != _batch.DictionaryId)
        {
            _dictionary = _batch.DictionaryId;
            if (_byEntry.Length < _batch.DictionaryCount) _byEntry = new int[_batch.DictionaryCount];
            Array.Clear(_byEntry);
            // Who is only looked up can be looked up beforehand; a holder's row makes a person, in the order of rows that are needed.
            if (!isHolder) FindAll();
        }

        for (var i = 0; i < count; i++)
        {
            var period = periods[i];
            if (period < 0 && !every)
            {
                cells[i] = -1;
                continue;
            }

            var person = entries.IsEmpty ? Person(_batch[i], isHolder) : PersonOf(entries[i], isHolder);
            cells[i] = period < 0 ? -1 : isHolder ? Hold(work, (person * _periodCount) + period)
                // Of nobody's, the period is kept: that the owner tells of it at all decides whose values count in it.
                : person < 0 ? -2 - period
                : (person * _periodCount) + period;
        }
    }

    private int Hold(RowGroupWork work, int cell)
    {
        ref var holder = ref Sources[cell];
        if (holder == 0)
        {
            holder = (ushort)(work.File.Source + 1);
            return cell;
        }

        work.HasSurplus = true;
        Surplus.Add(new SurplusRow(cell, work.File.Source));
        return -1 - Surplus.Count;
    }

    // Zero is not looked up yet; else two more than the number, so that nobody has a place too.
    private int PersonOf(int entry, bool isHolder)
    {
        var known = _byEntry[entry];
        if (known != 0) return known - 2;
        var person = Person(_batch.DictionaryValue(entry), isHolder);
        _byEntry[entry] = person + 2;
        return person;
    }

    private void FindAll()
    {
        var found = _byEntry.AsSpan(0, _batch.DictionaryCount);
        People.Find(_batch, found);
        foreach (ref var person in found) person += 2;
    }

    // A region's or agency's row makes no person: whom no municipality tells of is in nobody's risk set.
    private int Person(ReadOnlySpan<byte> pseudonym, bool isHolder) => isHolder ? Add(pseudonym) : People.Find(pseudonym);

    private int Add(ReadOnlySpan<byte> pseudonym)
    {
        var person = People.FindOrAdd(pseudonym);
        if (person >= _capacity) Grow(checked((_capacity * 5 / 4) + 16));
        return person;
    }

    private void Grow(int persons)
    {
        var cells = (long)persons * _periodCount;
        if (cells > Array.MaxLength) throw new FollowUpMemoryException(cells * sizeof(ushort), Array.MaxLength);
        var sources = Sources;
        Array.Resize(ref sources, (int)cells);
        (Sources, _capacity) = (sources, persons);
    }

    // Files carry no smallest and largest values, which would be rows' values: the period column alone tells whether the others are read.
    private void ReadPeriods(RowGroupWork work, int rows)
    {
        if (_periods.Length < rows) _periods = new int[rows];
        Array.Clear(_isTold);
        using var starts = work.Group.Column<int>(work.Required("period_start").Index);
        for (var at = 0; at < rows;)
        {
            var count = Math.Min(BatchRows, rows - at);
            var periods = _periods.AsSpan(at, count);
            var read = starts.Read(periods, _present.AsSpan(0, count));
            if (read != count) throw new InvalidDataException("A column of a committed file ends before the others.");
            for (var i = 0; i < periods.Length; i++)
            {
                var day = periods[i] - _firstDay;
                periods[i] = (uint)day < (uint)_periodOfDay.Length ? _periodOfDay[day] : -1;
                if (periods[i] >= 0) _isTold[periods[i]] = true;
            }

            at += read;
        }

        work.Periods = [.. Enumerable.Range(0, _isTold.Length).Where(p => _isTold[p])];
    }
}
