using System.Text;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Parquet;
using SiOutcomeLab.Pipelines.Intake.Rewriting;

namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>When each person first started an intervention that counts.</summary>
internal sealed class StartReader(PeriodLength periodLength)
{
    private const int BatchRows = 8192;

    private static readonly int UnixEpochDay = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>The first start of each person in the plan's own intervention.</summary>
    public Dictionary<PersonId, Period> Own { get; } = [];

    /// <summary>The first start of each person in any intervention of the same method, the plan's own among them.</summary>
    public Dictionary<PersonId, Period> SameMethod { get; } = [];

    /// <summary>Reads a participations file.</summary>
    /// <param name="participations">The file.</param>
    /// <param name="own">The plan's intervention code when the file is the plan's organisation's; otherwise null.</param>
    /// <param name="sameMethod">Codes of the file's organisation that share the plan's method.</param>
    /// <param name="cancellationToken">Cancels between batches.</param>
    public void Read(Stream participations, string? own, IReadOnlySet<string> sameMethod, CancellationToken cancellationToken)
    {
        using var reader = ParquetReader.Open(participations, leaveOpen: true);
        LakeFileFormat.Require(reader);
        var (id, code, start) = (Index(reader, "person_id"), Index(reader, "intervention_code"), Index(reader, "start_date"));
        var (persons, codes) = (new BytesBatch(), new BytesBatch());
        var (days, present) = (new int[BatchRows], new bool[BatchRows]);
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            var group = reader.OpenRowGroup(g);
            using var ids = group.Bytes(id);
            using var interventions = group.Bytes(code);
            using var starts = group.Column<int>(start);
            int rows;
            while ((rows = starts.Read(days, present)) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ReadExactly(ids, persons, rows);
                ReadExactly(interventions, codes, rows);
                for (var i = 0; i < rows; i++)
                {
                    var intervention = Encoding.UTF8.GetString(codes[i]);
                    if (!sameMethod.Contains(intervention)) continue;
                    var person = LakePersons.Read(persons[i]);
                    var period = Period.Containing(DateOnly.FromDayNumber(UnixEpochDay + days[i]), periodLength);
                    KeepFirst(SameMethod, person, period);
                    if (intervention == own) KeepFirst(Own, person, period);
                }
            }
        }
    }

    private static void KeepFirst(Dictionary<PersonId, Period> starts, PersonId person, Period period)
    {
        if (!starts.TryGetValue(person, out var earlier) || period < earlier) starts[person] = period;
    }

    private static void ReadExactly(BytesColumnReader column, BytesBatch batch, int rows)
    {
        if (column.Read(batch, rows) != rows) throw new InvalidDataException("The columns of a committed participations file are not of one length.");
    }

    private static int Index(ParquetReader reader, string name) => reader.Schema.TryFind(name, out var column)
        ? column.Index
        : throw new InvalidDataException($"A committed participations file lacks the column {name}.");
}
