using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Parquet;
using SiOutcomeLab.Pipelines.Intake.Rewriting;

namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>Reads the columns and periods a plan needs from an observations file into a <see cref="FollowUpTable"/>.</summary>
internal sealed class ObservationReader(FollowUpTable table)
{
    private const int BatchRows = 8192;

    private static readonly int UnixEpochDay = new DateOnly(1970, 1, 1).DayNumber;

    // Row of the batch → cell of the table, −1 for a row that is not needed.
    private readonly int[] _cells = new int[BatchRows];
    private readonly bool[] _present = new bool[BatchRows];

    public void Read(Stream observations, CancellationToken cancellationToken)
    {
        using var reader = ParquetReader.Open(observations, leaveOpen: true);
        LakeFileFormat.Require(reader);
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            ReadRowGroup(reader, reader.OpenRowGroup(g), cancellationToken);
        }
    }

    private void ReadRowGroup(ParquetReader reader, ParquetRowGroup group, CancellationToken cancellationToken)
    {
        var schema = reader.Schema;
        using var ids = group.Bytes(ColumnIndex(schema, "person_id"));
        using var starts = group.Column<int>(ColumnIndex(schema, "period_start"));
        var variables = table.Columns
            .Where(c => schema.TryFind(c.Name, out _))
            .Select(c => VariableReader.Open(group, Found(schema, c.Name), c))
            .ToArray();
        try
        {
            var batch = new BytesBatch();
            var days = new int[BatchRows];
            var persons = new PersonCodes(table);
            int rows;
            while ((rows = ids.Read(batch, BatchRows)) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ReadFully(starts, days.AsSpan(0, rows), _present.AsSpan(0, rows));
                for (var i = 0; i < rows; i++)
                {
                    var day = DateOnly.FromDayNumber(UnixEpochDay + days[i]);
                    var period = table.PeriodIndex(Period.Containing(day, table.First.Length));
                    // A person outside the needed periods still takes its place in the order of appearance.
                    var person = persons.IndexOf(batch, i);
                    _cells[i] = period >= 0 && table.TryObserve(person, period) ? table.Cell(person, period) : -1;
                }

                foreach (var variable in variables) variable.Read(_cells.AsSpan(0, rows), _present.AsSpan(0, rows));
            }
        }
        finally
        {
            foreach (var variable in variables) variable.Dispose();
        }
    }

    internal static void ReadFully<T>(ColumnReader<T> column, Span<T> values, Span<bool> present)
        where T : unmanaged
    {
        for (var done = 0; done < values.Length;)
        {
            var read = column.Read(values[done..], present[done..]);
            if (read == 0) throw new InvalidDataException("A column of a committed file ends before the others.");
            done += read;
        }
    }

    private static int ColumnIndex(ParquetSchema schema, string name) => Found(schema, name).Index;

    private static ParquetColumn Found(ParquetSchema schema, string name) => schema.TryFind(name, out var column)
        ? column
        : throw new InvalidDataException($"A committed file lacks the column {name}.");
}

/// <summary>Turns a batch's pseudonyms into places in the table, once per dictionary entry where the file has a dictionary.</summary>
internal sealed class PersonCodes(FollowUpTable table)
{
    private int _dictionary;
    private int[] _byCode = [];

    public int IndexOf(BytesBatch batch, int row)
    {
        if (!batch.HasDictionary) return table.PersonIndex(LakePersons.Read(batch[row]));
        if (_dictionary != batch.DictionaryId)
        {
            _dictionary = batch.DictionaryId;
            _byCode = new int[batch.DictionaryCount];
            Array.Fill(_byCode, -1);
        }

        var code = batch.Codes[row];
        ref var index = ref _byCode[code];
        if (index < 0) index = table.PersonIndex(LakePersons.Read(batch.DictionaryValue(code)));
        return index;
    }
}
