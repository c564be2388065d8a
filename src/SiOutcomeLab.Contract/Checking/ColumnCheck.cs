using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract;

/// <summary>Checks one column, block by block. Used by one thread at a time, with a log of its own.</summary>
/// <param name="log">Where this column's findings go.</param>
internal abstract class ColumnCheck(FindingLog log)
{
    /// <summary>This column's findings.</summary>
    public FindingLog Log { get; } = log;

    /// <summary>Sets the block up before the first row is read.</summary>
    public virtual void Begin(ColumnBlock block)
    {
    }

    /// <summary>Checks the next block.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="firstRow">The number of its first row in the file, from 1.</param>
    public abstract void Check(ColumnBlock block, long firstRow);

    /// <summary>Says what can only be said after the last row.</summary>
    public virtual void Finish()
    {
    }

    /// <summary>Notes the rows of a block that lack a value.</summary>
    protected void NoteNulls(ColumnBlock block, long firstRow, SubmissionPart part, string column)
    {
        if (block.Nulls == 0) return;
        var present = block.Present;
        for (var i = 0; i < present.Length; i++)
        {
            if (!present[i]) Log.Add(RowRules.NullValue, part, column, firstRow + i);
        }
    }

    /// <summary>Notes a column whose ten-digit numbers cannot be chance.</summary>
    protected void JudgeTally(BareNumberTally tally, SubmissionPart part, string column)
    {
        if (!tally.Refuses) return;
        for (var i = 0; i < tally.Valid; i++) Log.Add(FileRules.IdentityNumber, part, column);
    }
}
