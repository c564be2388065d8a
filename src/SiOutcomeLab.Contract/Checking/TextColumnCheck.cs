using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>Checks a text column against its verdicts.</summary>
internal sealed class TextColumnCheck(
    int columnIndex, string column, bool required, TextVerdicts verdicts, BareNumberTally? tally, FindingLog log, SubmissionPart part)
    : ColumnCheck(columnIndex)
{
    private readonly BytesBatch _batch = new();

    public override void Check(ParquetRowGroup group, long firstRow, CancellationToken cancellationToken)
    {
        using var reader = group.Bytes(ColumnIndex);
        var row = firstRow;
        for (int rows; (rows = reader.Read(_batch, BatchRows)) > 0; row += rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            verdicts.Begin(_batch);
            for (var i = 0; i < rows; i++)
            {
                if (_batch.IsNull(i))
                {
                    if (required) log.Add(RowRules.NullValue, part, column, row + i);
                }
                else if (_batch.HasDictionary)
                {
                    verdicts.Passes(_batch.Codes[i], row + i);
                }
                else
                {
                    verdicts.Passes(_batch[i], row + i);
                }
            }
        }

        verdicts.NoteUnused();
    }

    public override void Finish()
    {
        if (tally is not null) JudgeTally(tally, log, part, column);
    }
}
