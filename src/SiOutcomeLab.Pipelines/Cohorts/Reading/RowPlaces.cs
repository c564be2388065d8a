using System.Runtime.CompilerServices;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Parquet;
using SiOutcomeLab.Pipelines.Intake.Rewriting;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <summary>
/// Decides for each row of a row group, file after file, where its values go. A municipality's rows are kept as they come, one after the
/// other, and a cell is told the number of its row: one store in no order for each row, not for each of its values. A region's or agency's
/// few values go straight to their cells.
/// </summary>
internal sealed class RowPlaces
{
    private const int BatchRows = 8192;

    private static readonly int[] Each = [.. Enumerable.Range(0, BatchRows)];

    private readonly FollowUpRequest _request;
    private readonly int _periodCount;
    private readonly BytesBatch _batch = new();
    private readonly bool[] _present = new bool[BatchRows];
    private readonly PeriodOfDay _days;
    private readonly Dictionary<OrganisationId, DeliveryOrder> _orders = [];
    private ObservationsFile? _file;
    private int[] _periods = [];

    // By entry of the dictionary, or by row of a batch that has none; negative when not known.
    private int[] _persons = [];
    private long _orderBytes;
    private int _dictionary;
    private int _known;

    public RowPlaces(FollowUpRequest request, int expectedPersons, long expectedRows)
    {
        _request = request;
        _periodCount = request.Periods;
        People = new PersonIndex(expectedPersons);
        Grow(Math.Max(16, expectedPersons));
        GrowRows(Math.Max(16, expectedRows));
        _days = new PeriodOfDay(request.First, request.Periods);
    }

    public PersonIndex People { get; }

    /// <summary>
    /// By cell, one more than the number of the row that holds it; 0 for none. Period by period, persons in their numbers' order, so that a
    /// file, which tells of one period and of persons in their order, goes through it from one end.
    /// </summary>
    public int[] RowOfCell { get; private set; } = [];

    /// <summary>Persons there is a place for: so many cells a period.</summary>
    public int Stride { get; private set; }

    /// <summary>By row, the number of the submission it is of.</summary>
    public ushort[] Sources { get; private set; } = [];

    /// <summary>Rows of municipalities placed so far.</summary>
    public int Rows { get; private set; }

    public List<SurplusRow> Surplus { get; } = [];

    public long Bytes =>
        People.Bytes + (RowOfCell.LongLength * sizeof(int)) + (Sources.LongLength * sizeof(ushort)) + _orderBytes;

    public void Place(RowGroupWork work, CancellationToken cancellationToken)
    {
        var rows = checked((int)work.Group.RowCount);
        var isHolder = work.File.Source >= 0;
        var needed = ReadPeriods(work, rows);
        if (needed == 0 && !(isHolder && _request.EveryPerson)) return;
        var order = OrderOf(work.File);
        work.IsWhole = needed == rows;
        if (isHolder) BeginRows(work, needed);
        using var ids = work.Group.Bytes(work.Required("person_id").Index);
        for (var at = 0; at < rows;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = ids.Read(_batch, Math.Min(BatchRows, rows - at));
            if (read == 0) throw new InvalidDataException("A column of a committed file ends before the others.");
            if (!_batch.HasDictionary || _dictionary != _batch.DictionaryId) TakePersons(order);
            var entries = _batch.HasDictionary ? _batch.Codes : Each.AsSpan(0, read);
            var periods = _periods.AsSpan(at, read);
            if (!work.IsWhole) work.Need(at, periods);
            if (!isHolder) Point(entries, periods, work);
            else if (work.IsWhole) HoldAll(entries, periods);
            else HoldNeeded(entries, periods);
            at += read;
        }

        Keep(order);
        work.Room = needed == 0 ? 0 : isHolder ? Sources.Length : RowOfCell.Length;
    }

    private void BeginRows(RowGroupWork work, int needed)
    {
        work.FirstRow = Rows;
        if ((long)Rows + needed > Sources.Length) GrowRows(Math.Max((long)Rows + needed, (Sources.LongLength * 5 / 4) + 16));
        Sources.AsSpan(Rows, needed).Fill((ushort)work.File.Source);
    }

    // A municipality's rows make persons, and hold cells.
    private void HoldNeeded(ReadOnlySpan<int> entries, ReadOnlySpan<int> periods)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            var period = periods[i];
            if (period < 0 && !_request.EveryPerson) continue;
            var person = PersonOf(entries[i]);
            if (period >= 0) Hold(RowOfCell, Stride, person, period, Rows++);
        }
    }

    // As above, of rows that are all needed.
    private void HoldAll(ReadOnlySpan<int> entries, ReadOnlySpan<int> periods)
    {
        var (persons, rowOfCell, stride, row) = (_persons, RowOfCell, Stride, Rows);
        for (var i = 0; i < entries.Length; i++)
        {
            var person = persons[entries[i]];
            if (person < 0)
            {
                person = PersonOf(entries[i]);
                (rowOfCell, stride) = (RowOfCell, Stride);
            }

            Hold(rowOfCell, stride, person, periods[i], row++);
        }

        Rows = row;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Hold(int[] rowOfCell, int stride, int person, int period, int row)
    {
        ref var held = ref rowOfCell[(period * stride) + person];
        if (held == 0) held = row + 1;
        else Surplus.Add(new SurplusRow(person, period, row));
    }

    // A region's or agency's row makes no person: whom no municipality tells of is in nobody's risk set. Of nobody's row the period is kept:
    // that the owner tells of it at all decides whose values count in it.
    private void Point(ReadOnlySpan<int> entries, ReadOnlySpan<int> periods, RowGroupWork work)
    {
        var (persons, stride) = (_persons, Stride);
        work.Stride = stride;
        if (work.IsWhole)
        {
            var cells = work.NextCells(periods.Length);
            for (var i = 0; i < cells.Length; i++) cells[i] = persons[entries[i]] is >= 0 and var one ? (periods[i] * stride) + one : -2 - periods[i];
            return;
        }

        for (var i = 0; i < periods.Length; i++)
        {
            if (periods[i] < 0) continue;
            work.NextCells(1)[0] = persons[entries[i]] is >= 0 and var one ? (periods[i] * stride) + one : -2 - periods[i];
        }
    }

    // Who is known can be found beforehand, many at once; a municipality's row makes a person, in the order of rows that are needed.
    private void TakePersons(DeliveryOrder order)
    {
        Keep(order);
        _dictionary = _batch.DictionaryId;
        _known = _batch.HasDictionary ? _batch.DictionaryCount : _batch.Count;
        if (_persons.Length < _known) _persons = new int[_known];
        order.Find(PersonIndex.Keys(Pseudonyms()), _persons.AsSpan(0, _known));
    }

    private void Keep(DeliveryOrder order)
    {
        var before = order.Bytes;
        order.Keep(_persons.AsSpan(0, _known));
        _orderBytes += order.Bytes - before;
        _known = 0;
    }

    // Those of a file of the lake stand end to end already.
    private ReadOnlySpan<byte> Pseudonyms()
    {
        if (_batch.TryGetFixed(LakePersons.Bytes, out var pseudonyms)) return pseudonyms;
        var copied = new byte[_known * LakePersons.Bytes];
        for (var entry = 0; entry < _known; entry++)
        {
            var one = Pseudonym(entry);
            if (one.Length != LakePersons.Bytes) throw new InvalidDataException("A lake file holds a person_id that is not 32 bytes.");
            one.CopyTo(copied.AsSpan(entry * LakePersons.Bytes));
        }

        return copied;
    }

    private ReadOnlySpan<byte> Pseudonym(int entry) => _batch.HasDictionary ? _batch.DictionaryValue(entry) : _batch[entry];

    private DeliveryOrder OrderOf(ObservationsFile file)
    {
        if (!_orders.TryGetValue(file.Submission.Organisation, out var order))
        {
            _orders.Add(file.Submission.Organisation, order = new DeliveryOrder(People));
        }

        if (!ReferenceEquals(_file, file)) order.Begin();
        _file = file;
        return order;
    }

    private int PersonOf(int entry)
    {
        if (_persons[entry] >= 0) return _persons[entry];
        var person = People.FindOrAdd(Pseudonym(entry));
        if (person >= Stride) Grow(checked((Stride * 5 / 4) + 16));
        return _persons[entry] = person;
    }

    private void Grow(int persons)
    {
        var cells = (long)persons * _periodCount;
        if (cells > Array.MaxLength) throw new FollowUpMemoryException(cells * sizeof(int), Array.MaxLength);
        var rows = new int[cells];
        for (var period = 0; period < _periodCount; period++) RowOfCell.AsSpan(period * Stride, Stride).CopyTo(rows.AsSpan(period * persons));
        (RowOfCell, Stride) = (rows, persons);
    }

    private void GrowRows(long rows)
    {
        if (rows > Array.MaxLength) throw new FollowUpMemoryException(rows * sizeof(ushort), Array.MaxLength);
        var sources = Sources;
        Array.Resize(ref sources, (int)rows);
        Sources = sources;
    }

    // Answers how many rows are needed. Files carry no smallest and largest values, which would be rows' values: the period column alone
    // tells whether the others are read.
    private int ReadPeriods(RowGroupWork work, int rows)
    {
        if (_periods.Length < rows) _periods = new int[rows];
        _days.Begin();
        var needed = 0;
        using var starts = work.Group.Column<int>(work.Required("period_start").Index);
        for (var at = 0; at < rows;)
        {
            var count = Math.Min(BatchRows, rows - at);
            var periods = _periods.AsSpan(at, count);
            var read = starts.Read(periods, _present.AsSpan(0, count));
            if (read != count) throw new InvalidDataException("A column of a committed file ends before the others.");
            needed += _days.ToPeriods(periods);
            at += read;
        }

        work.Periods = _days.Told();
        return needed;
    }
}
