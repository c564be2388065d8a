using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>Checks one column that can be judged by itself, row group by row group, in batches.</summary>
internal abstract class ColumnCheck(int columnIndex)
{
    /// <summary>Rows read at a time: small enough to stay in the processor's cache, large enough to make calls cheap.</summary>
    public const int BatchRows = 8192;

    /// <summary>The column's place in the file, from 0.</summary>
    protected int ColumnIndex { get; } = columnIndex;

    /// <summary>Checks the column's part of a row group.</summary>
    /// <param name="group">The row group.</param>
    /// <param name="firstRow">The number of its first row in the file, from 1.</param>
    /// <param name="cancellationToken">Asked once a batch.</param>
    public abstract void Check(ParquetRowGroup group, long firstRow, CancellationToken cancellationToken);

    /// <summary>Says what can only be said after the last row.</summary>
    public virtual void Finish()
    {
    }

    /// <summary>Notes a column whose ten-digit numbers cannot be chance.</summary>
    protected static void JudgeTally(BareNumberTally tally, FindingLog log, SubmissionPart part, string column)
    {
        if (!tally.Refuses) return;
        for (var i = 0; i < tally.Valid; i++) log.Add(FileRules.IdentityNumber, part, column);
    }
}
