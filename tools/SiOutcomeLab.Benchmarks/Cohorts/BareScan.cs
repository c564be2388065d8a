using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Benchmarks.Cohorts;

/// <summary>Decodes the same columns of the same files, participations too, on one thread, and does nothing with them.</summary>
internal sealed class BareScan(ILake lake, IReadOnlySet<string> columns)
{
    private const int BatchRows = 8192;

    private static readonly HashSet<string> OfParticipations = new(StringComparer.Ordinal) { "person_id", "intervention_code", "start_date", "group_id" };

    private readonly int[] _ints = new int[BatchRows];
    private readonly double[] _doubles = new double[BatchRows];
    private readonly bool[] _present = new bool[BatchRows];
    private readonly BytesBatch _batch = new();

    /// <returns>Rows of observations read.</returns>
    public async Task<long> RunAsync(IEnumerable<Submission> submissions, CancellationToken cancellationToken)
    {
        var rows = 0L;
        foreach (var submission in submissions)
        {
            rows += await DecodeAsync(submission.Observations, columns, cancellationToken);
            if (submission.Participations is { } participations) await DecodeAsync(participations, OfParticipations, cancellationToken);
        }

        return rows;
    }

    private async Task<long> DecodeAsync(LakeObject file, IReadOnlySet<string> wanted, CancellationToken cancellationToken)
    {
        await using var stream = await lake.OpenReadAsync(file, cancellationToken);
        using var reader = ParquetReader.Open(stream, leaveOpen: true);
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            foreach (var column in reader.Schema.Columns.Where(c => wanted.Contains(c.Name))) Decode(reader.OpenRowGroup(g), column);
        }

        return reader.RowCount;
    }

    private void Decode(ParquetRowGroup group, ParquetColumn column)
    {
        switch (column.PhysicalType)
        {
            case ParquetPhysicalType.Int32:
                using (var ints = group.Column<int>(column.Index))
                {
                    while (ints.Read(_ints, _present) > 0)
                    {
                    }
                }

                break;
            case ParquetPhysicalType.Double:
                using (var doubles = group.Column<double>(column.Index))
                {
                    while (doubles.Read(_doubles, _present) > 0)
                    {
                    }
                }

                break;
            default:
                using (var bytes = group.Bytes(column.Index))
                {
                    while (bytes.Read(_batch, BatchRows) > 0)
                    {
                    }
                }

                break;
        }
    }
}
