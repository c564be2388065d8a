using System.Text;
using SiOutcomeLab.Parquet;
using SiOutcomeLab.Pipelines.Intake.Rewriting;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <summary>Reads participations files: who started what, when and in which group.</summary>
internal sealed class ParticipationReader(PersonIndex people, Participations into)
{
    private const int BatchRows = 8192;

    private readonly BytesBatch _persons = new();
    private readonly BytesBatch _codes = new();
    private readonly BytesBatch _groups = new();
    private readonly int[] _days = new int[BatchRows];
    private readonly bool[] _present = new bool[BatchRows];

    /// <param name="participations">The file.</param>
    /// <param name="source">The submission's place among those read.</param>
    /// <param name="cancellationToken">Cancels between batches.</param>
    public void Read(Stream participations, int source, CancellationToken cancellationToken)
    {
        using var reader = ParquetReader.Open(participations, leaveOpen: true);
        LakeFileFormat.Require(reader);
        var (id, code, start) = (Index(reader, "person_id"), Index(reader, "intervention_code"), Index(reader, "start_date"));
        var groupColumn = reader.Schema.TryFind("group_id", out var found) ? found : null;
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            var group = reader.OpenRowGroup(g);
            using var ids = group.Bytes(id);
            using var interventions = group.Bytes(code);
            using var starts = group.Column<int>(start);
            using var groups = groupColumn is null ? null : group.Bytes(groupColumn.Index);
            int rows;
            while ((rows = starts.Read(_days, _present)) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ReadExactly(ids, _persons, rows);
                ReadExactly(interventions, _codes, rows);
                if (groups is not null) ReadExactly(groups, _groups, rows);
                for (var i = 0; i < rows; i++) Add(i, source, groups is not null);
            }
        }
    }

    private void Add(int row, int source, bool hasGroups)
    {
        var intervention = into.InterventionOf(into.Sources[source].Organisation, Encoding.UTF8.GetString(_codes[row]));
        var group = !hasGroups || _groups.IsNull(row) ? -1 : into.GroupOf(intervention, Encoding.UTF8.GetString(_groups[row]));
        into.Add(new Participation(people.FindOrAdd(_persons[row]), source, intervention, _days[row], group));
    }

    private static void ReadExactly(BytesColumnReader column, BytesBatch batch, int rows)
    {
        if (column.Read(batch, rows) != rows) throw new InvalidDataException("The columns of a committed participations file are not of one length.");
    }

    private static int Index(ParquetReader reader, string name) => reader.Schema.TryFind(name, out var column)
        ? column.Index
        : throw new InvalidDataException($"A committed participations file lacks the column {name}.");
}
